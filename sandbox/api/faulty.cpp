#include "sandbox/api/faulty.hpp"

#include "sandbox/api/reply.hpp"
#include "sandbox/api/throttle.hpp"

#include <boost/json/object.hpp>

#include <utility>

namespace crier::sandbox {
namespace {

std::string_view words_of(const Fault& fault, std::string_view otherwise) {
    return fault.text.empty() ? otherwise : std::string_view{fault.text};
}

Response internal_error() {
    boost::json::object body;
    body["status"] = 500;
    body["error"] = "Internal Server Error";
    return json_reply(body, 500);
}

Response gateway_page(const Fault& fault, int status) {
    Response response = proxy_page(status);
    if (fault.wait > 0)
        response.set("Retry-After", std::to_string(static_cast<std::int64_t>(fault.wait)));
    return response;
}

Response faulty_reply(const World& world, Time now, const Fault& fault) {
    const std::string& what = fault.what;
    const Facts& facts = world.settings.facts();
    if (what == "401" && facts.errors == ErrorShape::mastodon)
        return unauthorized(words::token_invalid, world.settings.language);
    if (what == "401")
        return error_reply(facts, 401, words_of(fault, "Unauthorized"));
    if (what == "403")
        return error_reply(facts, 403, words_of(fault, "This action is not allowed"));
    if (what == "404")
        return error_reply(facts, 404, words_of(fault, "Record not found"));
    if (what == "422")
        return error_reply(facts, 422, words_of(fault, "Record invalid"));
    if (what == "429") {
        // Without a time: a minute, so that nobody waits for hours by mistake.
        const double seconds = fault.wait > 0 ? fault.wait : 60;
        const auto wait = std::chrono::microseconds{static_cast<std::int64_t>(seconds * 1e6)};
        Response response = too_many(world, now, now + wait, fault.form);
        if (!fault.text.empty())
            response.body = error_reply(429, fault.text).body;
        return response;
    }
    if (what == "500")
        return internal_error();
    if (what == "500_html")
        return proxy_page(500);
    if (what == "empty_200")
        return html_reply({});
    if (what == "garbage_200")
        return typed_reply("application/json; charset=utf-8", R"({"id":"1130000)");
    return gateway_page(fault, what == "502" ? 502 : what == "503" ? 503 : 504);
}

} // namespace

bool stands_in_front(const Fault& fault) {
    return fault.what != "media_pending" && fault.what != "no_v2" && replay_of(fault.what).empty();
}

Outcome faulty_outcome(const World& world, Time now, const Fault& fault) {
    Outcome outcome;
    if (fault.what == "hang")
        outcome.ending = Ending::hang;
    else if (fault.what == "cut")
        outcome.ending = Ending::cut;
    else if (fault.what == "reset")
        outcome.ending = Ending::reset;
    else if (fault.what == "cut_body")
        outcome.ending = Ending::cut_body;
    else
        outcome.response = faulty_reply(world, now, fault);
    if (fault.what == "cut_body") // when nothing was done that could be cut
        outcome.response = internal_error();
    return outcome;
}

} // namespace crier::sandbox
