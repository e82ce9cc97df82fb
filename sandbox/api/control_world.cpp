// Tokens, the clock, a fresh start, and what the timeline page asks for.
#include "sandbox/api/control.hpp"
#include "sandbox/api/params.hpp"
#include "sandbox/api/reply.hpp"
#include "sandbox/api/timeline.hpp"
#include "sandbox/content/page.hpp"

#include <algorithm>
#include <utility>

namespace crier::sandbox {

namespace json = boost::json;

namespace {

json::object done() {
    json::object body;
    body["ok"] = true;
    return body;
}

} // namespace

Response put_token(Control& control) {
    Response refused;
    if (!only_known(control.body, {"account", "token", "scopes"}, refused))
        return refused;
    Params fields;
    fields.tree = control.body;
    const std::string account = fields.text("account").value_or("");
    Token token;
    token.value = fields.text("token").value_or("");
    token.scopes = fields.list("scopes").value_or(
        parse_scopes(fields.text("scopes").value_or("write:statuses write:media")));
    if (account.empty() || token.value.empty())
        return control_error("`account` and `token` are needed",
                             R"({"account":"bot","token":"another-token"})");
    const auto unknown = std::find_if_not(token.scopes.begin(), token.scopes.end(), known_scope);
    if (unknown != token.scopes.end())
        return control_error("there is no scope " + *unknown, "for example write:statuses write:media");
    token.account = control.world.accounts.account(account, control.now).id;
    token.app = "crier-sandbox";
    token.created = control.now;
    control.world.accounts.put_token(std::move(token));
    return json_reply(done());
}

Response delete_token(Control& control) {
    Response refused;
    if (!only_known(control.body, {"token", "how"}, refused))
        return refused;
    Params fields;
    fields.tree = control.body;
    const std::string token = fields.text("token").value_or("");
    const std::string how = fields.text("how").value_or("revoked");
    if (how != "revoked" && how != "deleted")
        return control_error("`how` is wrong", "it must be revoked or deleted");
    const bool known =
        how == "revoked" ? control.world.accounts.revoke(token) : control.world.accounts.erase(token);
    return known ? json_reply(done())
                 : control_error("there is no such token", "PUT /sandbox/tokens makes one", 404);
}

Response get_clock(Control& control) {
    json::object body;
    body["now"] = rfc3339(control.now);
    return json_reply(body);
}

/// What becomes due by it happens before the answer.
Response put_clock(Control& control) {
    Response refused;
    if (!only_known(control.body, {"advance", "at"}, refused))
        return refused;
    const json::value* const advance = control.body.if_contains("advance");
    const json::value* const at = control.body.if_contains("at");
    Clock& clock = control.world.clock;
    if (advance != nullptr && advance->is_number()) {
        const double seconds = advance->to_number<double>();
        if (seconds < -3e9 || seconds > 3e9)
            return control_error("that is too far", "`advance` is a number of seconds");
        clock.advance(std::chrono::microseconds{static_cast<std::int64_t>(seconds * 1e6)});
    } else if (at != nullptr && at->is_string() && parse_rfc3339(std::string{at->get_string()})) {
        clock.set(*parse_rfc3339(std::string{at->get_string()}), control.machine);
    } else {
        return control_error(
            "the clock stays as it is",
            R"({"advance": 3600} moves it by seconds, {"at": "2026-01-05T09:00:00Z"} sets it)");
    }
    control.now = clock.at(control.machine);
    control.world.tick(control.now);
    return get_clock(control);
}

Response reset_world(Control& control) {
    control.world.reset(control.machine);
    return json_reply(done());
}

Response get_page_list(Control& control) {
    Response response = html_reply(timeline_list(page_statuses(control.world)));
    response.set("Cache-Control", "no-store");
    response.set("Sandbox-Total", std::to_string(control.world.statuses.all().size()));
    return response;
}

Response get_page_script(Control& /*control*/) {
    return typed_reply("text/javascript; charset=utf-8", std::string{page_script()});
}

} // namespace crier::sandbox
