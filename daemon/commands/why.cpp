#include "commands/commands.hpp"
#include "commands/daemon.hpp"
#include "commands/table.hpp"
#include "core/text/plain.hpp"

#include <boost/json/array.hpp>

#include <ostream>

namespace crier::commands {

namespace json = boost::json;

namespace {

/// Of what a line is, where the chain has several of it.
std::string whose(const json::object& step, const std::string& kind) {
    std::string text;
    if (kind != "account" && kind != "post")
        text = text_of(step, "account");
    if (kind != "post" && step.at("post").is_int64())
        text += (text.empty() ? "" : ", ") + ("post " + std::to_string(step.at("post").as_int64()));
    return text.empty() ? text : "[" + text + "] ";
}

} // namespace

int why(const Invocation& call, const std::string& about) {
    const Settings settings = load_for_daemon(call);
    Daemon daemon{call, settings};
    const Result<json::object> answer = daemon.get("/v1/why?about=" + text::url_encode(about));
    if (!answer)
        return fail(call, answer.error());
    if (call.json) {
        print(call, *answer);
        return exit_ok;
    }
    const std::string kind = text_of(*answer, "kind");
    call.out << kind << ' ' << one_line(text_of(*answer, "name"), 200) << '\n';
    const std::string margin(25, ' ');
    for (const json::value& value : answer->at("chain").as_array()) {
        const json::object& step = value.as_object();
        const std::string at = text_of(step, "at");
        std::string when = at.empty() ? "now" : show_time(from_rfc3339(at));
        when.resize(margin.size() - 2, ' ');
        call.out << "  " << when << "  " << whose(step, kind) << one_line(text_of(step, "text"), 400);
        if (const std::string until = text_of(step, "until"); !until.empty())
            call.out << ", until " << show_time(from_rfc3339(until));
        if (const std::string then = text_of(step, "then"); !then.empty())
            call.out << "; then " << then;
        call.out << '\n';
        if (const std::string action = text_of(step, "action"); !action.empty())
            call.out << "  " << margin << "> " << one_line(action, 400) << '\n';
    }
    return exit_ok;
}

} // namespace crier::commands
