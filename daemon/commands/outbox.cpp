#include "admin/order_json.hpp"
#include "commands/commands.hpp"
#include "commands/daemon.hpp"
#include "commands/forms_text.hpp"
#include "commands/outbox_edit.hpp"
#include "commands/table.hpp"
#include "commands/undo.hpp"
#include "core/text/plain.hpp"

#include <algorithm>
#include <iterator>
#include <ostream>

namespace crier::commands {

namespace json = boost::json;

namespace {

/// More than a person reads; what is taken from a script is taken in pieces.
constexpr int most_listed = 1'000'000;

/// "&state=held&origin=blog": what the options ask for.
std::string filters(const OutboxOptions& options) {
    const std::pair<const char*, const std::string&> parameters[] = {
        {"state", options.state},   {"since", options.since},   {"account", options.account},
        {"origin", options.origin}, {"reason", options.reason}, {"grep", options.grep}};
    std::string text;
    for (const auto& [name, value] : parameters)
        if (!value.empty())
            text += std::string{"&"} + name + "=" + text::url_encode(value);
    return text;
}

void add_row(Table& table, const json::object& post) {
    const std::string reason = text_of(post, "reason");
    table.add({text_of(post, "id"), text_of(post, "state"), text_of(post, "account"),
               show_time(from_rfc3339(text_of(post, "due"))), text_of(post, "origin"),
               one_line(text_of(post, "text"), 40),
               one_line(reason.empty() ? text_of(post, "restraint") : reason, 60)});
}

/// As it comes: a daemon answers with a piece of a long list at a time.
int list(const Invocation& call, Daemon& daemon, const OutboxOptions& options) {
    Table table({"ID", "STATE", "ACCOUNT", "DUE", "ORIGIN", "TEXT", "WHY"});
    std::string after;
    for (int left = options.limit; left > 0;) {
        const int wanted = std::min(left, static_cast<int>(admin::most_listed));
        std::string path = "/v1/outbox?limit=" + std::to_string(wanted) + filters(options);
        if (!after.empty())
            path += "&after=" + text::url_encode(after);
        const Result<json::object> answer = daemon.get(path);
        if (!answer)
            return fail(call, answer.error());
        const json::array& posts = answer->at("posts").as_array();
        if (posts.empty() && left == options.limit && !call.json) {
            call.out << "nothing in the outbox that fits\n";
            return exit_ok;
        }
        for (const json::value& post : posts) {
            if (call.json)
                print(call, post.as_object());
            else
                add_row(table, post.as_object());
        }
        if (!call.json && !posts.empty())
            table.print_piece(call.out);
        if (!call.out) // nobody reads on
            return exit_failed;
        left -= static_cast<int>(posts.size());
        after = text_of(*answer, "after");
        if (after.empty())
            return exit_ok;
    }
    call.err << "there are more than these " << options.limit << ": --limit "
             << std::min(options.limit * 2, most_listed) << " shows more\n";
    return exit_ok;
}

std::string time_of(const json::object& object, const char* name) {
    return show_time(from_rfc3339(text_of(object, name)));
}

/// What is to become of it now that it is published, and what has.
void show_amendment(const Invocation& call, const json::object& amendment) {
    const bool waits = !text_of(amendment, "next").empty();
    const std::string note = text_of(amendment, "note");
    if (text_of(amendment, "edits") != "0")
        call.out << "edited: "
                 << (text_of(amendment, "edits") == "1" ? "once" : text_of(amendment, "edits") + " times")
                 << '\n';
    const bool removes = text_of(amendment, "kind") == "remove";
    if (waits)
        call.out << "to be " << (removes ? "deleted" : "edited") << ": asked for "
                 << time_of(amendment, "asked") << ", not before " << time_of(amendment, "next") << '\n';
    if (waits && !removes) {
        if (const std::string warning = text_of(amendment, "spoiler_text"); !warning.empty())
            call.out << "its warning then: " << one_line(warning, 200) << '\n';
        call.out << "its text then: " << one_line(text_of(amendment, "text"), 400) << '\n';
    }
    if (!note.empty())
        call.out << "note: " << one_line(note, 200) << '\n';
}

void show_post(const Invocation& call, const json::object& post) {
    const std::pair<const char*, const char*> rows[] = {{"post", "id"},
                                                        {"account", "account"},
                                                        {"origin", "origin"},
                                                        {"state", "state"},
                                                        {"because", "reason"},
                                                        {"restraint", "restraint"},
                                                        {"due", "due"},
                                                        {"next", "next"},
                                                        {"expires", "expires"},
                                                        {"planned for", "planned"},
                                                        {"changed by a person", "edited"},
                                                        {"visibility", "visibility"},
                                                        {"language", "language"},
                                                        {"warning", "spoiler_text"},
                                                        {"replies to", "in_reply_to"},
                                                        {"address", "status_url"}};
    const auto number = [&](const char* name) {
        const json::value* value = post.if_contains(name);
        return value != nullptr && value->is_int64() ? value->get_int64() : 1;
    };
    if (number("parts") > 1) {
        call.out << "thread: part " << number("part") << " of " << number("parts") << '\n';
    }
    const std::string_view times[] = {"due", "next", "expires", "planned", "edited"};
    const auto state = parse_post_state(text_of(post, "state"));
    for (const auto& [label, name] : rows) {
        std::string value = text_of(post, name);
        if (value.empty() || (name == std::string_view{"next"} && state && is_final(*state)))
            continue;
        if (std::find(std::begin(times), std::end(times), name) != std::end(times))
            value = show_time(from_rfc3339(value));
        call.out << label << ": " << value << '\n';
    }
    for (const json::value& media : post.at("media").as_array()) {
        const std::string file = text_of(media.as_object(), "file");
        call.out << "media: " << (file.empty() ? text_of(media.as_object(), "url") : file)
                 << " (alt: " << text_of(media.as_object(), "alt") << ")" << media_text(media.as_object())
                 << '\n';
    }
    if (const json::value* tries = post.if_contains("tries"))
        for (const json::value& value : tries->as_array()) {
            const json::object& attempt = value.as_object();
            call.out << "attempt " << text_of(attempt, "number") << ": " << time_of(attempt, "started")
                     << ", "
                     << (text_of(attempt, "outcome").empty() ? "outcome not recorded"
                                                             : text_of(attempt, "outcome"))
                     << (text_of(attempt, "http") == "0" ? "" : " " + text_of(attempt, "http")) << ' '
                     << one_line(text_of(attempt, "detail"), 120) << '\n';
        }
    if (const json::value* value = post.if_contains("amendment"))
        show_amendment(call, value->as_object());
    call.out << '\n' << text_of(post, "text") << '\n' << forms_text(post);
}

int show(const Invocation& call, Daemon& daemon, const std::string& id) {
    const Result<json::object> post = daemon.get("/v1/outbox/" + id);
    if (!post)
        return fail(call, post.error());
    if (call.json)
        print(call, *post);
    else
        show_post(call, *post);
    return exit_ok;
}

int act(const Invocation& call, Daemon& daemon, const OutboxOptions& options, const std::string& id) {
    json::object body;
    body["anyway"] = options.anyway;
    const Result<json::object> post = daemon.post("/v1/outbox/" + id + "/" + options.action, body);
    if (!post)
        return fail(call, post.error());
    if (call.json)
        print(call, *post);
    else
        call.out << "post " << id << " is now " << text_of(*post, "state") << '\n';
    return exit_ok;
}

int remove(const Invocation& call, Daemon& daemon, const std::string& path) {
    const Result<json::object> undone = daemon.post(path, json::object{});
    if (!undone)
        return fail(call, undone.error());
    if (call.json)
        print(call, *undone);
    else
        show_undone(call, *undone, true, daemon.running());
    return undone->at("left").as_array().empty() ? exit_ok : exit_failed;
}

/// keep, pin, unpin: what waits to be done with a published post, and its place.
int act_on_published(const Invocation& call, Daemon& daemon, const std::string& action,
                     const std::string& id) {
    const Result<json::object> post = daemon.post("/v1/outbox/" + id + "/" + action, json::object{});
    if (!post)
        return fail(call, post.error());
    if (call.json) {
        print(call, *post);
        return exit_ok;
    }
    const bool there = text_of(*post, "state") == "published";
    if (action == "keep")
        call.out << "post " << id << " stays as it is\n";
    else
        call.out << "post " << id << (there ? " is to be " : " is, once it is published, to be ") << action
                 << "ned" << (there && !daemon.running() ? ", from the daemon's next start on" : "") << '\n';
    return exit_ok;
}

int keep_all(const Invocation& call, Daemon& daemon, const OutboxOptions& options) {
    const Result<json::object> answer =
        daemon.post("/v1/outbox/keep?" + filters(options).substr(1), json::object{});
    if (!answer)
        return fail(call, answer.error());
    if (call.json)
        print(call, *answer);
    else
        call.out << text::counted(answer->at("kept").to_number<std::size_t>(), "post stays", "posts stay")
                 << '\n';
    return exit_ok;
}

int act_on_all(const Invocation& call, Daemon& daemon, const OutboxOptions& options) {
    json::object body;
    body["anyway"] = options.anyway;
    const Result<json::object> answer =
        daemon.post("/v1/outbox/" + options.action + "?" + filters(options).substr(1), body);
    if (!answer)
        return fail(call, answer.error());
    const json::array& left = answer->at("left").as_array();
    if (call.json)
        print(call, *answer);
    else
        call.out << text_of(*answer, "done") << (text_of(*answer, "done") == "1" ? " post" : " posts") << ": "
                 << options.action << '\n';
    if (!call.json)
        for (const json::value& one : left)
            call.err << "post " << text_of(one.as_object(), "id")
                     << " is left as it is: " << text_of(one.as_object(), "error") << '\n';
    return left.empty() ? exit_ok : exit_failed;
}

/// All of them are read before anything is done to the first.
Result<> check_ids(const OutboxOptions& options) {
    if (Result<> edit = check_edit(options); !edit)
        return edit;
    const bool one = options.action == "edit" || options.action == "reschedule";
    if (options.action == "list" && !options.ids.empty())
        return Failure{Cause::usage, "list takes no post's number",
                       "crier outbox show " + one_line(options.ids.front(), 40)};
    const bool filtered = !filters(options).empty();
    if (filtered && !options.ids.empty())
        return Failure{Cause::usage, "posts are named by number or by what they have in common, not by both",
                       "leave one of the two out"};
    const bool by_number = options.action == "show" || options.action == "pin" || options.action == "unpin";
    if (by_number && filtered)
        return Failure{Cause::usage, options.action + " takes posts' numbers",
                       "`crier outbox list` takes filters"};
    if (options.action != "list" && options.limit != OutboxOptions{}.limit)
        return Failure{Cause::usage, "--limit is for the list: " + options.action + " means all that fit",
                       "name posts by their numbers, or more closely what they have in common"};
    if (options.action != "list" && options.ids.empty() && !filtered)
        return Failure{
            Cause::usage, "say which post: crier outbox " + options.action + " ID",
            "`crier outbox list` shows them; or say what they have in common: --origin blog --state held"};
    for (const std::string& id : options.ids)
        if (!parse_post_id(id) && !(one && &id != &options.ids.front()))
            return Failure{Cause::usage, (id.empty() ? "\"\"" : one_line(id, 40)) + " is no post's number",
                           "`crier outbox list` shows them; several with blanks between: crier outbox " +
                               options.action + " 1 2"};
    return {};
}

} // namespace

int outbox(const Invocation& call, const OutboxOptions& options) {
    const Settings settings = load_for_daemon(call);
    if (const Result<> good = check_ids(options); !good)
        return fail(call, good.error());
    Daemon daemon{call, settings};
    if (options.action == "list")
        return list(call, daemon, options);
    if (options.action == "edit" || options.action == "reschedule")
        return edit(call, daemon, options);
    const std::string& action = options.action;
    const bool published = action == "keep" || action == "pin" || action == "unpin";
    if (options.ids.empty() && action == "delete")
        return remove(call, daemon, "/v1/outbox/delete?" + filters(options).substr(1));
    if (options.ids.empty() && action == "keep")
        return keep_all(call, daemon, options);
    if (options.ids.empty())
        return act_on_all(call, daemon, options);
    // One that fails does not keep the others from being done.
    int worst = exit_ok;
    for (const std::string& id : options.ids)
        worst = std::max(worst, action == "show"     ? show(call, daemon, id)
                                : action == "delete" ? remove(call, daemon, "/v1/outbox/" + id + "/delete")
                                : published          ? act_on_published(call, daemon, action, id)
                                                     : act(call, daemon, options, id));
    return worst;
}

} // namespace crier::commands
