#include "commands/commands.hpp"
#include "commands/daemon.hpp"
#include "commands/table.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <ostream>
#include <vector>

namespace crier::commands {

namespace json = boost::json;

namespace {

struct Line {
    std::string due;
    std::string what;
    std::string where;
    std::string note;
};

} // namespace

/// The schedule's next occurrences and the outbox's unfinished posts, in one list by time.
int next(const Invocation& call, int count) {
    const Settings settings = load_for_daemon(call);
    Daemon daemon{call, settings};
    const Result<json::object> upcoming = daemon.get("/v1/next?n=" + std::to_string(count));
    if (!upcoming)
        return fail(call, upcoming.error());
    std::vector<Line> lines;
    for (const json::value& value : upcoming->at("next").as_array()) {
        Line line;
        line.due = std::string{value.at("due").as_string()};
        if (const json::value* source = value.as_object().if_contains("source")) {
            line.what = "source:" + std::string{source->as_string()};
            line.note = one_line(std::string{value.at("title").as_string()}, 50);
            lines.push_back(std::move(line));
            continue;
        }
        line.what = "entry:" + std::string{value.at("entry").as_string()};
        for (const EntrySettings& entry : settings.schedule)
            if ("entry:" + entry.name == line.what)
                for (const PostTarget& target : entry.targets)
                    line.where += (line.where.empty() ? "" : ", ") + target.account;
        lines.push_back(std::move(line));
    }
    for (const char* state : {"waiting", "ready", "uploading", "sending", "retrying", "doubt"}) {
        const Result<json::object> posts =
            daemon.get("/v1/outbox?limit=" + std::to_string(count) + "&state=" + state);
        if (!posts)
            return fail(call, posts.error());
        for (const json::value& post : posts->at("posts").as_array()) {
            Line line;
            line.due = std::string{post.at("next").as_string()};
            line.what = "post " + std::to_string(post.at("id").as_int64());
            line.where = std::string{post.at("account").as_string()};
            line.note = std::string{post.at("state").as_string()} + ": " +
                        one_line(std::string{post.at("text").as_string()}, 50);
            if (const auto parts = post.at("parts").as_int64(); parts > 1)
                line.note = "part " + std::to_string(post.at("part").as_int64()) + " of " +
                            std::to_string(parts) + ", " + line.note;
            lines.push_back(std::move(line));
        }
    }
    std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.due < b.due; });
    if (lines.size() > static_cast<std::size_t>(count))
        lines.resize(static_cast<std::size_t>(count));
    Table table({"WHEN", "WHAT", "WHERE", "NOTE"});
    for (const Line& line : lines) {
        if (call.json) {
            json::object object;
            object["due"] = line.due;
            object["what"] = line.what;
            object["account"] = line.where;
            object["note"] = line.note;
            print(call, object);
        } else {
            table.add({show_time(from_rfc3339(line.due)), line.what, line.where, line.note});
        }
    }
    if (!call.json) {
        if (table.empty())
            call.out << "nothing is planned\n";
        else
            table.print(call.out);
    }
    return exit_ok;
}

} // namespace crier::commands
