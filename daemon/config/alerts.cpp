#include "config/alerts.hpp"

#include "config/accounts.hpp"
#include "config/address.hpp"
#include "config/words.hpp"
#include "core/nearest.hpp"

#include <utility>

namespace crier::config {
namespace {

std::vector<Ref> words_of(Ref given) {
    if (given.is(Kind::scalar))
        return {given};
    std::vector<Ref> words;
    for (const Ref word : given)
        words.push_back(word);
    return words;
}

/// A program by its path: there is no shell that would look for it, nor split what stands in one text.
std::vector<std::string> read_command(Scope& scope, const GivenNode& given, const Path& path) {
    std::vector<std::string> command;
    if (!given || !given.value)
        return command;
    for (const Ref word : words_of(given.value))
        command.emplace_back(word.text());
    std::string& program = command.front();
    if (program.find('/') == std::string::npos) {
        scope.problems().error(
            path, given.at, quoted(program) + " is no path of a program",
            "in full, and its arguments after it: command: [/usr/local/bin/notify, --now]");
        return command;
    }
    program = scope.files.absolute(given.at, program);
    if (!file_exists(scope.context, program))
        scope.problems().warning(path, given.at, "there is no program " + program,
                                 command.size() == 1 && program.find(' ') != std::string::npos
                                     ? "there is no shell: each argument is an item of the list"
                                     : "nobody is told of anything until it is there");
    return command;
}

/// Never shown: it may well be a secret.
std::string read_address(Scope& scope, const GivenText& given, const Path& path) {
    if (!given || given.value.empty())
        return {};
    const auto address = parse_address(given.value);
    if (!address) {
        scope.problems().error(path, given.at, address.error().message, address.error().hint);
        return {};
    }
    if (!address->https && !is_private(address->host))
        scope.problems().warning(path, given.at, "without https, anyone on the way can read it",
                                 "write https:// if the server has it");
    return std::string{given.value};
}

void read_on(Scope& scope, const GivenNode& given, const Path& path, AlertSettings& alerts) {
    if (!given || !given.value)
        return;
    std::vector<std::string_view> names;
    for (std::size_t i = 0; i < alert_kinds; ++i)
        names.push_back(to_text(static_cast<AlertKind>(i)));
    alerts.on.reset();
    int index = 0;
    for (const Ref word : words_of(given.value)) {
        const Path below{&path, {}, index++};
        if (const auto kind = parse_alert_kind(word.text())) {
            alerts.on.set(static_cast<std::size_t>(*kind));
            continue;
        }
        const std::string near = nearest(word.text(), names);
        scope.problems().error(given.value.is(Kind::list) ? below : path, word,
                               quoted(word.text()) + " is nothing that there are alerts for",
                               near.empty() ? alternatives(names, "or") : "did you mean '" + near + "'?");
    }
}

} // namespace

AlertSettings read_alerts(Scope& scope, const GivenNode& given, const Path& path) {
    AlertSettings alerts;
    if (!given || !given.value)
        return alerts;
    AlertsDraft said = preset<AlertsDraft>(alerts_section());
    scope.reader.fill(alerts_section(), &said, given.value, path);
    alerts.command = read_command(scope, said.command, Path{&path, "command"});
    const Path webhook{&path, "webhook"};
    alerts.webhook = read_address(scope, said.webhook.value.url, Path{&webhook, "url"});
    if (said.webhook.value.token)
        alerts.webhook_token = read_token(scope, said.webhook.value.token, Path{&webhook, "token"});
    const Path heartbeat{&path, "heartbeat"};
    alerts.heartbeat = read_address(scope, said.heartbeat.value.url, Path{&heartbeat, "url"});
    alerts.heartbeat_every = said.heartbeat.value.every.value;
    read_on(scope, said.on, Path{&path, "on"}, alerts);
    alerts.silent_for = said.silent_for.value;
    alerts.repeat = said.repeat.value;
    if (!said.command && !said.webhook && !said.heartbeat)
        scope.problems().error(
            path, given.at, "nothing says whom to tell",
            "for example command: [/usr/local/bin/notify], or webhook: {url: https://...}");
    return alerts;
}

} // namespace crier::config
