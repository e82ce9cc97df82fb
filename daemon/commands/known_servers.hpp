#pragma once

#include "commands/invocation.hpp"
#include "core/delivery/reply.hpp"
#include "core/schedule/forecast.hpp"
#include "ports/store.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>

namespace crier::commands {

/// What the store remembers; nothing where there is none yet, or where it does not read.
[[nodiscard]] std::optional<States> known_states(const Invocation& call, const Settings& settings);

/// What the daemon has learned of the accounts' servers, from its store; Mastodon's defaults where it has not
/// met one yet. Asks no server unless told to.
class KnownServers {
public:
    KnownServers(const Invocation& call, const Settings& settings)
        : KnownServers(known_states(call, settings)) {}
    explicit KnownServers(const std::optional<States>& states);
    /// Asks each account's server; false when one does not answer, which has then been told of.
    [[nodiscard]] bool ask(const Invocation& call, const Settings& settings);
    /// Somebody has asked it what it is.
    [[nodiscard]] bool knows(const std::string& account) const { return profiles_.count(account) > 0; }
    /// What a command has just been told.
    void learn(const std::string& account, ServerProfile profile) {
        profiles_.insert_or_assign(account, std::move(profile));
    }
    [[nodiscard]] const ServerProfile& of(const std::string& account) const;
    /// The limits of each account's server. Refers to this.
    [[nodiscard]] schedule::Forecast::TableOf tables() const;

private:
    std::map<std::string, ServerProfile> profiles_;
    ServerProfile unknown_;
};

} // namespace crier::commands
