#include "commands/known_servers.hpp"

#include "commands/composition.hpp"
#include "commands/run_coroutine.hpp"
#include "engine/profile_text.hpp"

#include <utility>

namespace crier::commands {

KnownServers::KnownServers(const Invocation& call, const Settings& settings) {
    boost::asio::io_context context{1};
    NoLog log;
    Composition composition{context, call, settings, log};
    if (!composition.open_store(Composition::Access::read))
        return; // none yet: the defaults serve
    const Result<States> states = run_coroutine(context, composition.store().load());
    if (!states)
        return;
    for (const AccountState& state : states->accounts)
        if (auto profile = engine::profile_from_text(state.profile))
            profiles_.emplace(state.account, std::move(*profile));
}

const ServerProfile& KnownServers::of(const std::string& account) const {
    const auto found = profiles_.find(account);
    return found == profiles_.end() ? unknown_ : found->second;
}

} // namespace crier::commands
