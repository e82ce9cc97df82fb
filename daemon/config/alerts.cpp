#include "config/alerts.hpp"

#include "config/accounts.hpp"
#include "config/address.hpp"
#include "config/command.hpp"
#include "config/each_text.hpp"
#include "config/words.hpp"
#include "core/nearest.hpp"
#include "core/text/plain.hpp"

#include <utility>

namespace crier::config {
namespace {

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
    each_text(given.value, path, [&](Ref word, const Path& at) {
        if (const auto kind = parse_alert_kind(word.text())) {
            alerts.on.set(static_cast<std::size_t>(*kind));
            return;
        }
        const std::string near = nearest(word.text(), names);
        scope.problems().error(at, word, quoted(word.text()) + " is nothing that there are alerts for",
                               near.empty() ? text::enumerate(names, "or") : "did you mean '" + near + "'?");
    });
}

} // namespace

AlertSettings read_alerts(Scope& scope, const GivenNode& given, const Path& path) {
    AlertSettings alerts;
    if (!given || !given.value)
        return alerts;
    AlertsDraft said = preset<AlertsDraft>(alerts_section());
    scope.reader.fill(alerts_section(), &said, given.value, path);
    alerts.command = read_command(scope, said.command, Path{&path, "command"},
                                  MissingProgram{true, "nobody is told of anything until it is there"});
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
