#include "commands/undo.hpp"

#include "commands/commands.hpp"
#include "commands/daemon.hpp"
#include "commands/table.hpp"
#include "core/text/plain.hpp"
#include "engine/target.hpp"

#include <iostream>
#include <ostream>
#include <string>

namespace crier::commands {

namespace json = boost::json;

namespace {

const json::array& list_of(const json::object& undone, std::string_view name) {
    return undone.at({name.data(), name.size()}).as_array();
}

void list_posts(const Invocation& call, const json::array& posts, const char* when) {
    Table table({"ID", "ACCOUNT", "ORIGIN", when, "TEXT", "ADDRESS"});
    const std::string_view field = std::string_view{when} == "PUBLISHED" ? "published" : "due";
    for (const json::value& post : posts)
        table.add({text_of(post, "id"), text_of(post, "account"), text_of(post, "origin"),
                   show_time(from_rfc3339(text_of(post, field))), one_line(text_of(post, "text"), 60),
                   text_of(post, "status_url")});
    table.print(call.out);
}

/// How many there are beside those that the answer lists.
void tell_more(const Invocation& call, const json::object& undone, std::string_view name) {
    const auto count = undone.at("counts").at({name.data(), name.size()}).to_number<std::size_t>();
    const std::size_t listed = list_of(undone, name).size();
    if (count > listed)
        call.out << "... and " << count - listed << " more\n";
}

void show_group(const Invocation& call, const json::object& undone, std::string_view name,
                const std::string& head, const char* when) {
    const json::array& posts = list_of(undone, name);
    if (posts.empty())
        return;
    call.out << head << '\n';
    list_posts(call, posts, when);
    tell_more(call, undone, name);
}

bool takes_back_anything(const json::object& undone) {
    return !list_of(undone, "delete").empty() || !list_of(undone, "cancel").empty() ||
           !list_of(undone, "doubt").empty();
}

/// Empty: whatever posted.
std::string origin_of(const UndoOptions& options) {
    if (!options.source.empty())
        return "source:" + options.source;
    return options.entry.empty() ? std::string{} : "entry:" + options.entry;
}

/// The account, origin and time of the options.
Result<json::object> order_of(const UndoOptions& options) {
    if (!options.source.empty() && !options.entry.empty())
        return Failure{Cause::usage, "--source and --entry: one of them", "or neither, for all that posted"};
    json::object order;
    order["since"] = options.since;
    order["account"] = options.account;
    order["origin"] = origin_of(options);
    return order;
}

std::string as_query(const json::object& order) {
    std::string query;
    for (const auto& field : order)
        if (!field.value().as_string().empty())
            query += (query.empty() ? "?" : "&") + std::string{field.key()} + "=" +
                     text::url_encode(std::string{field.value().as_string()});
    return query;
}

/// On standard error, so that what is piped on stays what it is.
bool agreed(const Invocation& call) {
    call.err << "Delete and cancel all of these, and pause what made them? [y/N] " << std::flush;
    std::string answer;
    return std::getline(std::cin, answer) && (answer == "y" || answer == "Y" || answer == "yes");
}

int nothing_to_undo(const Invocation& call, const Settings& settings, const UndoOptions& options,
                    const std::string& since) {
    const std::string origin = origin_of(options);
    if (!origin.empty() && !settings.accounts.empty())
        if (const auto target = engine::Target::parse(origin, settings); !target)
            return fail(call, target.error());
    call.out << "nothing of it was posted or waits since " << show_time(from_rfc3339(since)) << '\n';
    return exit_ok;
}

} // namespace

void show_deletions(const Invocation& call, const json::array& deletions, bool running) {
    for (const json::value& one : deletions) {
        const std::string waits = text_of(one, "waits");
        call.out << text_of(one, "account") << ": "
                 << text::counted(one.at("count").to_number<std::size_t>(), "deletion", "deletions");
        if (!waits.empty())
            call.out << ", and none is made now: " << waits;
        else if (!running)
            call.out << ", from the daemon's next start; at the server's pace until "
                     << show_time(from_rfc3339(text_of(one, "until"))) << " if it started now";
        else
            call.out << ", the last by " << show_time(from_rfc3339(text_of(one, "until")))
                     << ", at the server's pace";
        call.out << '\n';
    }
}

void show_undone(const Invocation& call, const json::object& undone, bool done, bool running) {
    const std::string would = done ? "" : "would be ";
    show_group(call, undone, "delete", would + "deleted on the server:", "PUBLISHED");
    show_group(call, undone, "cancel", would + "cancelled, for nothing of it has left:", "DUE");
    show_group(
        call, undone, "doubt",
        "in doubt: " + would + "sent no more, looked for, deleted where it is found, else held:", "DUE");
    for (const json::value& post : list_of(undone, "left"))
        call.out << "left as it is: post " << text_of(post, "id") << ": " << text_of(post, "why") << ' '
                 << text_of(post, "status_url") << '\n';
    tell_more(call, undone, "left");
    for (const json::value& origin : list_of(undone, "pause"))
        call.out << (done ? "paused: " : "would be paused: ") << std::string_view{origin.as_string()} << '\n';
    tell_more(call, undone, "pause");
    show_deletions(call, list_of(undone, "deletions"), running);
}

int undo(const Invocation& call, const UndoOptions& options) {
    const Settings settings = load_for_daemon(call);
    Result<json::object> order = order_of(options);
    if (!order)
        return fail(call, order.error());
    if (!options.yes && !options.dry_run && !options.interactive)
        return fail(call, Failure{Cause::usage, "crier undo asks first, and there is no terminal to ask on",
                                  "--yes does it, --dry-run lists what it would do"});
    Daemon daemon{call, settings};
    Result<json::object> undone = daemon.get("/v1/undo" + as_query(*order));
    if (!undone)
        return fail(call, undone.error());
    const std::string since = text_of(*undone, "since");
    const bool anything = takes_back_anything(*undone);
    const bool ask = anything && !options.yes && !options.dry_run;
    if (!call.json && anything && (ask || options.dry_run))
        show_undone(call, *undone, false, daemon.running());
    if (ask && !agreed(call)) {
        call.err << "nothing is changed\n";
        return exit_failed;
    }
    if (anything && !options.dry_run) {
        (*order)["since"] = since; // the same moment, however long the answer took
        undone = daemon.post("/v1/undo", *order);
        if (!undone)
            return fail(call, undone.error());
    }
    const bool left = !list_of(*undone, "left").empty();
    if (call.json) {
        (*undone)["dry_run"] = options.dry_run;
        print(call, *undone);
        return left ? exit_failed : exit_ok;
    }
    if (!anything && !left)
        return nothing_to_undo(call, settings, options, since);
    if (!options.dry_run || !anything) {
        show_undone(call, *undone, true, daemon.running());
        if (anything)
            call.out << "`crier status` shows how far it is, `crier outbox keep ID` keeps a post after all, "
                        "`crier resume` lets what is paused go on\n";
    }
    return left ? exit_failed : exit_ok;
}

} // namespace crier::commands
