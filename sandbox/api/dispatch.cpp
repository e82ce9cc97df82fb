#include "sandbox/api/dispatch.hpp"

#include "sandbox/api/access.hpp"
#include "sandbox/api/draft.hpp"
#include "sandbox/api/reply.hpp"
#include "sandbox/api/router.hpp"
#include "sandbox/api/throttle.hpp"

#include <utility>

namespace crier::sandbox {
namespace {

/// Pleroma's plug: any answer that was given under the key is given again.
std::optional<Response> kept_answer(Call& call, const std::string& key) {
    const auto* const known = call.world.idempotency.find(call.account->id, key, call.now);
    if (known == nullptr)
        return std::nullopt;
    call.status_id = known->id;
    Response response = typed_reply(known->answer.content_type, known->answer.body);
    response.status = known->answer.status;
    response.set("idempotent-replayed", "true");
    response.set("idempotency-key", key);
    response.set("x-original-request-id", std::to_string(known->answer.request));
    return response;
}

void keep_answer(Call& call, const std::string& key, const Response& response) {
    IdempotencyMap::Known known;
    known.id = call.status_id;
    known.until = call.now + std::chrono::seconds{call.world.settings.facts().key_seconds};
    known.answer = {response.status, std::string{response.header("Content-Type")}, response.body,
                    call.request.number};
    call.world.idempotency.keep(call.account->id, key, std::move(known), call.now);
}

Response answer(Call& call, const Route& route) {
    if (auto refused = refuse_access(call, route.access, route.scopes))
        return std::move(*refused);
    const std::string key =
        call.replay == ReplayMode::errors && call.account != nullptr && call.request.method != "GET"
            ? without_edges(call.request.header("Idempotency-Key"))
            : std::string{};
    if (key.empty())
        return route.answer(call);
    if (auto kept = kept_answer(call, key))
        return std::move(*kept);
    Response response = route.answer(call);
    keep_answer(call, key, response);
    return response;
}

bool accepts_json(const Request& request) {
    const std::string_view accept = request.header("Accept");
    const auto has = [&](std::string_view type) { return accept.find(type) != std::string_view::npos; };
    return !request.path.starts_with("/api/") || accept.empty() || has("application/json") ||
           has("application/*") || has("*/*");
}

Response carry_out(Call& call, bool counted) {
    identify(call);
    if (!counted)
        if (auto refused = throttle(call))
            return std::move(*refused);
    if (call.world.settings.facts().needs_agent && call.request.header("User-Agent").empty())
        return error_reply(418, "I'm a teapot: no user-agent sent with request");
    if (call.world.settings.facts().negotiates && !accepts_json(call.request))
        return error_reply(call, 406, "no format can be offered for requested Accept header");
    if (call.params.malformed && call.world.settings.facts().errors != ErrorShape::nothing)
        return exception_reply(call, 400);
    if (call.fault && call.fault->what == "no_v2")
        return exception_reply(call, 404);
    const Route* const route = find_route(call.request.method, call.request.path, call.captures);
    if (route == nullptr)
        return exception_reply(call, 404);
    return answer(call, *route);
}

} // namespace

Done dispatch(World& world, const Request& request, Time now, const std::optional<Fault>& fault,
              bool counted) {
    Call call{world, request, now,  parse_params(request), world.settings.replay, fault, {}, nullptr, {}, {},
              {},    {},      false};
    if (fault)
        if (const auto mode = replay_named(replay_of(fault->what)))
            call.replay = *mode;
    Done done;
    done.response = carry_out(call, counted);
    if (world.settings.facts().closes_unannounced)
        done.response.closes = Closing::unannounced;
    done.ask_again = call.ask_again;
    done.status_id = std::move(call.status_id);
    add_rate_headers(call, done.response);
    if (world.settings.mastodon() && request.path.starts_with("/api/") &&
        done.response.header("Cache-Control").empty())
        done.response.set("Cache-Control", "private, no-store");
    return done;
}

} // namespace crier::sandbox
