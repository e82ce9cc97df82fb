#include "commands/commands.hpp"
#include "commands/daemon.hpp"
#include "commands/table.hpp"

#include <boost/json/value_from.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace crier::commands {

namespace json = boost::json;

namespace {

struct Line {
    std::string due;
    std::string what;
    std::vector<std::string> accounts;
    std::string note;
};

std::string with(std::string text, const std::string& more) {
    if (!text.empty() && !more.empty())
        text += "; ";
    return text + more;
}

Line planned_line(const json::object& upcoming) {
    Line line;
    line.due = text_of(upcoming, "due");
    if (upcoming.contains("source")) {
        line.what = "source:" + text_of(upcoming, "source");
        line.note = one_line(text_of(upcoming, "title"), 50);
    } else {
        line.what = "entry:" + text_of(upcoming, "entry");
    }
    for (const json::value& account : upcoming.at("accounts").as_array())
        line.accounts.emplace_back(account.as_string());
    line.note = with(std::move(line.note), text_of(upcoming, "note"));
    return line;
}

Line post_line(const json::object& post) {
    Line line;
    line.due = text_of(post, "next");
    line.what = "post " + text_of(post, "id");
    line.accounts = {text_of(post, "account")};
    line.note = text_of(post, "state") + ": " + one_line(text_of(post, "text"), 50);
    if (post.at("parts").as_int64() > 1)
        line.note = "part " + text_of(post, "part") + " of " + text_of(post, "parts") + ", " + line.note;
    line.note = with(std::move(line.note), text_of(post, "restraint"));
    return line;
}

struct Rest {
    std::string words;
    std::string until; ///< RFC 3339 in UTC; empty: nobody knows
};

/// Accounts from which nothing leaves now, and why.
using Resting = std::map<std::string, Rest, std::less<>>;

Resting resting_in(const json::object& status) {
    Resting resting;
    for (const json::value& value : status.at("accounts").as_array()) {
        const json::object& account = value.as_object();
        const std::string state = text_of(account, "state");
        if (state != "paused" && state != "held")
            continue;
        const std::string until = text_of(account, "until");
        Rest rest;
        rest.until = until;
        rest.words = text_of(account, "name") + " is " + state +
                     (until.empty() ? "" : " until " + show_time(from_rfc3339(until)));
        resting.emplace(text_of(account, "name"), std::move(rest));
    }
    return resting;
}

json::object line_json(const Line& line) {
    json::object object;
    object["due"] = line.due;
    object["what"] = line.what;
    object["accounts"] = json::value_from(line.accounts);
    object["note"] = line.note;
    return object;
}

Result<std::vector<Line>> next_lines(Daemon& daemon, int count) {
    const std::string number = std::to_string(count);
    const Result<json::object> upcoming = daemon.get("/v1/next?n=" + number);
    if (!upcoming)
        return upcoming.error();
    std::vector<Line> lines;
    for (const json::value& value : upcoming->at("next").as_array())
        lines.push_back(planned_line(value.as_object()));
    for (const char* state : {"waiting", "ready", "uploading", "sending", "retrying", "doubt"}) {
        const Result<json::object> posts =
            daemon.get("/v1/outbox?order=due&limit=" + number + "&state=" + state);
        if (!posts)
            return posts.error();
        for (const json::value& post : posts->at("posts").as_array())
            lines.push_back(post_line(post.as_object()));
    }
    const Result<json::object> status = daemon.get("/v1/status");
    if (!status)
        return status.error();
    const Resting resting = resting_in(*status);
    for (Line& line : lines)
        for (const std::string& account : line.accounts)
            if (const auto found = resting.find(account);
                found != resting.end() && (found->second.until.empty() || line.due < found->second.until))
                line.note = with(std::move(line.note), found->second.words);
    std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.due < b.due; });
    if (lines.size() > static_cast<std::size_t>(count))
        lines.resize(static_cast<std::size_t>(count));
    return lines;
}

} // namespace

/// The schedule's next occurrences and the outbox's unfinished posts, in one list by time.
int next(const Invocation& call, int count) {
    const Settings settings = load_for_daemon(call);
    Daemon daemon{call, settings};
    const Result<std::vector<Line>> lines = next_lines(daemon, count);
    if (!lines)
        return fail(call, lines.error());
    Table table({"WHEN", "WHAT", "WHERE", "NOTE"});
    for (const Line& line : *lines) {
        if (call.json) {
            print(call, line_json(line));
            continue;
        }
        std::string accounts;
        for (const std::string& account : line.accounts)
            accounts += (accounts.empty() ? "" : ", ") + account;
        table.add({show_time(from_rfc3339(line.due)), line.what, accounts, line.note});
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
