#include "commands/known_servers.hpp"

#include "commands/composition.hpp"
#include "commands/run_coroutine.hpp"
#include "core/rates/table.hpp"
#include "engine/profile_text.hpp"
#include "mastodon/publisher.hpp"

#include <utility>

namespace crier::commands {

std::optional<States> known_states(const Invocation& call, const Settings& settings) {
    boost::asio::io_context context{1};
    NoLog log;
    Composition composition{context, call, settings, log};
    if (!composition.open_store(Composition::Access::read))
        return std::nullopt;
    Result<States> states = run_coroutine(context, composition.store().load());
    if (!states)
        return std::nullopt;
    return std::move(*states);
}

KnownServers::KnownServers(const std::optional<States>& states) {
    if (!states)
        return; // the defaults serve
    for (const AccountState& state : states->accounts)
        if (auto profile = engine::profile_from_text(state.profile))
            profiles_.emplace(state.account, std::move(*profile));
}

bool KnownServers::ask(const Invocation& call, const Settings& settings) {
    boost::asio::io_context context{1};
    NoLog log;
    Composition composition{context, call, settings, log};
    bool all = true;
    for (const auto& [name, account] : settings.accounts) {
        const auto token = composition.token(account);
        const auto publisher =
            mastodon::make_publisher(account, composition.http(), *token, composition.clock());
        Result<ServerProfile> profile = run_coroutine(context, publisher->profile());
        if (profile)
            profiles_.insert_or_assign(name, std::move(*profile));
        else
            (void)fail(call, profile.error());
        all = all && profile.has_value();
    }
    return all;
}

const ServerProfile& KnownServers::of(const std::string& account) const {
    const auto found = profiles_.find(account);
    return found == profiles_.end() ? unknown_ : found->second;
}

schedule::Forecast::TableOf KnownServers::tables() const {
    return [this](const std::string& account) -> const std::vector<rates::Rule>& {
        return rates::table_of(of(account).software);
    };
}

} // namespace crier::commands
