#include "commands/outbox_edit.hpp"

#include "commands/daemon.hpp"
#include "commands/post_input.hpp"
#include "commands/table.hpp"
#include "core/post.hpp"

#include <boost/json/array.hpp>

#include <ostream>
#include <utility>

namespace crier::commands {

namespace json = boost::json;

namespace {

bool gives_edits(const OutboxOptions& options) {
    return options.text || options.spoiler_text || options.visibility || options.language ||
           !options.alts.empty();
}

/// "2:what it shows"
Result<json::object> alt_of(const std::string& given) {
    const auto colon = given.find(':');
    const std::optional<PostId> number = parse_post_id(given.substr(0, colon));
    if (colon == std::string::npos || !number)
        return Failure{Cause::usage, "--alt must say which picture: " + one_line(given, 40),
                       "--alt \"2:what the second one shows\""};
    const std::string text = given.substr(colon + 1);
    if (const Result<> good = check_characters(text, "--alt"); !good)
        return good.error();
    json::object alt;
    alt["media"] = *number;
    alt["alt"] = text;
    return alt;
}

Result<json::object> edit_of(const OutboxOptions& options) {
    json::object body;
    if (options.text) {
        const std::string text = text_or_input(*options.text);
        if (const Result<> good = check_characters(text, "the text"); !good)
            return good.error();
        body["text"] = text;
    }
    const std::pair<const char*, const std::optional<std::string>&> given[] = {
        {"spoiler_text", options.spoiler_text},
        {"visibility", options.visibility},
        {"language", options.language}};
    for (const auto& [name, value] : given) {
        if (!value)
            continue;
        if (const Result<> good = check_characters(*value, name); !good)
            return good.error();
        body[name] = *value;
    }
    json::array alts;
    for (const std::string& one : options.alts) {
        Result<json::object> alt = alt_of(one);
        if (!alt)
            return alt.error();
        alts.push_back(std::move(*alt));
    }
    if (!alts.empty())
        body["alts"] = std::move(alts);
    return body;
}

} // namespace

Result<> check_edit(const OutboxOptions& options) {
    const bool edit = options.action == "edit";
    if (gives_edits(options) && !edit)
        return Failure{Cause::usage, options.action + " changes no text",
                       "--text, --cw, --visibility, --language and --alt are for crier outbox edit ID"};
    if (edit && !gives_edits(options))
        return Failure{Cause::usage, "nothing says what is to change",
                       "crier outbox edit ID with --text, --cw, --visibility, --language or --alt"};
    if (edit && options.ids.size() != 1)
        return Failure{Cause::usage, "edit is for one post", "crier outbox edit ID --text \"...\""};
    if (options.action == "reschedule" && options.ids.size() != 2)
        return Failure{Cause::usage, "say which post, and when: crier outbox reschedule ID TIME",
                       "TIME with its zone (2026-12-24T18:00:00+01:00), how long from now (2h), or now"};
    return {};
}

int edit(const Invocation& call, Daemon& daemon, const OutboxOptions& options) {
    const std::string& id = options.ids.front();
    Result<json::object> body = json::object{};
    if (options.action == "edit")
        body = edit_of(options);
    else
        body->emplace("at", options.ids.back());
    if (!body)
        return fail(call, body.error());
    const Result<json::object> post = daemon.post("/v1/outbox/" + id + "/" + options.action, *body);
    if (!post)
        return fail(call, post.error());
    if (call.json) {
        print(call, *post);
        return exit_ok;
    }
    const std::string state{post->at("state").as_string()};
    if (state == "published") {
        call.out << "post " << id << " is to be edited on the server"
                 << (daemon.running() ? "" : ", from the daemon's next start on") << ": `crier outbox show "
                 << id << "` tells when it is done\n";
        return exit_ok;
    }
    call.out << "post " << id << " is changed and " << state << ", due "
             << show_time(from_rfc3339(std::string{post->at("due").as_string()})) << '\n';
    return exit_ok;
}

} // namespace crier::commands
