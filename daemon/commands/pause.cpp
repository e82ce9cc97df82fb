#include "commands/commands.hpp"
#include "commands/daemon.hpp"
#include "commands/table.hpp"
#include "commands/undo.hpp"
#include "core/text/plain.hpp"

#include <boost/json/array.hpp>

#include <ostream>

namespace crier::commands {

namespace json = boost::json;

namespace {

int tell(const Invocation& call, const PauseOptions& options, const std::string& path) {
    const Settings settings = load_for_daemon(call);
    Daemon daemon{call, settings};
    json::object body;
    body["target"] = options.target;
    if (!options.length.empty())
        body["for"] = options.length;
    if (!options.why.empty())
        body["why"] = options.why;
    if (!options.since.empty())
        body["since"] = options.since;
    const Result<json::object> answer = daemon.post(path, body);
    if (!answer)
        return fail(call, answer.error());
    if (call.json) {
        print(call, *answer);
        return exit_ok;
    }
    const bool paused = answer->at("paused").as_bool();
    call.out << (options.target.empty() ? "everything" : options.target)
             << (paused ? " is paused" : " goes on");
    if (!daemon.running() && daemon.shared())
        call.out << ", wherever it is worked on";
    else if (!daemon.running())
        call.out << ", from the daemon's next start";
    call.out << '\n';
    if (paused)
        call.out << "`crier resume" << (options.target.empty() ? "" : " " + options.target)
                 << "` lets it go on\n";
    if (const json::value* taken = answer->if_contains("taken_as_posted"))
        call.out << "what was due before " << show_time(from_rfc3339(text_of(*answer, "since")))
                 << " counts as posted: " << text::counted(taken->to_number<std::size_t>(), "post", "posts")
                 << " cancelled (`crier outbox "
                 << "list --reason restored` shows them; `retry ID --anyway` sends one all the same)\n"
                 << text::counted(answer->at("waiting").to_number<std::size_t>(), "post goes out",
                                  "posts go out")
                 << ", and what the sources have had since\n";
    if (const json::value* deletions = answer->if_contains("deletions");
        deletions != nullptr && !deletions->as_array().empty()) {
        call.out << "what was undone is deleted all the same, and stays seen: only what is new is posted "
                    "(`crier outbox keep` keeps what is still there)\n";
        show_deletions(call, deletions->as_array(), daemon.running());
    }
    if (const json::value* in_flight = answer->if_contains("in_flight"))
        for (const json::value& id : in_flight->as_array())
            call.out << "post " << id.as_int64() << " is on its way and ends first\n";
    return exit_ok;
}

} // namespace

int pause(const Invocation& call, const PauseOptions& options) {
    return tell(call, options, "/v1/pause");
}

int resume(const Invocation& call, const PauseOptions& options) {
    return tell(call, options, "/v1/resume");
}

} // namespace crier::commands
