#include "sandbox/api/throttle.hpp"

#include "sandbox/api/reply.hpp"

#include <algorithm>

namespace crier::sandbox {
namespace {

bool pages(const Params& params) {
    return params.has("page") || params.has("min_id") || params.has("max_id") || params.has("since_id");
}

/// Counts one window, if there is such a limit.
void count(Call& call, const char* name, std::int64_t limit, std::chrono::seconds window,
           const std::string& key) {
    if (limit > 0)
        call.rates.push_back(call.world.rates.count(RateLimit{name, limit, window}, key, call.now));
}

std::string reset_text(const World& world, Time reset) {
    const RateTell tell = world.settings.facts().rates;
    if (tell == RateTell::unix_seconds)
        return std::to_string(unix_seconds(std::chrono::ceil<std::chrono::seconds>(reset)));
    return rfc3339(reset, tell == RateTell::milliseconds ? 3 : 6);
}

/// As the server words it, GoToSocial's without a reason before.
Response too_many_reply(const Facts& facts) {
    return facts.errors == ErrorShape::gotosocial ? error_reply(429, facts.too_many)
                                                  : error_reply(facts, 429, facts.too_many);
}

} // namespace

std::optional<Response> throttle(Call& call) {
    using std::chrono::minutes;
    const Settings& settings = call.world.settings;
    const Request& request = call.request;
    if (!request.path.starts_with("/api/") && !settings.facts().rates_by_address)
        return std::nullopt;
    const bool known = call.token.has_value() && !settings.facts().rates_by_address;
    const std::string user = known ? call.token->account : request.peer;
    if (known) {
        count(call, "token", settings.requests_per_5_minutes, minutes{5}, call.token->value);
        count(call, "user", settings.user_requests_per_5_minutes, minutes{5}, user);
    } else {
        count(call, "address", settings.anonymous_per_5_minutes, minutes{5}, request.peer);
    }
    if (request.method == "POST" && (request.path == "/api/v1/media" || request.path == "/api/v2/media"))
        count(call, "media", settings.media_per_30_minutes, minutes{30}, user);
    if (request.method == "DELETE" && request.path.starts_with("/api/v1/statuses/"))
        count(call, "deletes", settings.deletes_per_30_minutes, minutes{30}, user);
    if (pages(call.params))
        count(call, "pages", settings.pages_per_15_minutes, minutes{15}, user);
    if (request.method == "POST" && request.path == "/api/v1/apps")
        count(call, "apps", settings.apps_per_10_minutes, minutes{10}, request.peer);
    const bool writes = (request.method == "POST" && request.path == "/api/v1/statuses") ||
                        (request.method == "PUT" && request.path.starts_with("/api/v1/statuses/"));
    if (writes && call.account != nullptr && settings.statuses_per_3_hours > 0)
        call.family =
            call.world.rates.look(RateLimit{"statuses", settings.statuses_per_3_hours, std::chrono::hours{3}},
                                  call.account->id, call.now);
    const auto over = std::find_if(call.rates.begin(), call.rates.end(),
                                   [](const RateView& view) { return view.exceeded; });
    if (over == call.rates.end())
        return std::nullopt;
    call.rates = {*over};
    call.family.reset();
    return too_many_reply(settings.facts());
}

void add_rate_headers(const Call& call, Response& response) {
    if (call.world.settings.facts().rates == RateTell::nothing)
        return;
    auto view = tightest(call.rates);
    if (call.family && (!view || call.family->remaining <= view->remaining))
        view = call.family;
    if (!view)
        return;
    response.set("X-RateLimit-Limit", std::to_string(view->limit));
    response.set("X-RateLimit-Remaining", std::to_string(view->remaining));
    response.set("X-RateLimit-Reset", reset_text(call.world, view->reset));
}

Response too_many(const World& world, Time now, Time until, std::string_view form) {
    Response response = too_many_reply(world.settings.facts());
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(until - now).count();
    if (form == "retry_after")
        response.set("Retry-After", std::to_string(seconds));
    if (form == "retry_after_date")
        response.set("Retry-After", http_date(std::chrono::ceil<std::chrono::seconds>(until)));
    if (form == "none" || form.starts_with("retry_after"))
        return response;
    response.set("X-RateLimit-Limit", "300");
    response.set("X-RateLimit-Remaining", "0");
    const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(until.time_since_epoch()).count();
    response.set("X-RateLimit-Reset",
                 form == "unix" ? std::to_string(unix_seconds(std::chrono::ceil<std::chrono::seconds>(until)))
                 : form == "millis" ? std::to_string(milliseconds)
                                    : reset_text(world, until));
    return response;
}

} // namespace crier::sandbox
