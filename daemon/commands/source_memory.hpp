#pragma once

#include "commands/composition.hpp"
#include "commands/known_servers.hpp"
#include "engine/intake.hpp"

#include <boost/asio/io_context.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace crier::commands {

/// What the daemon remembers of sources, if there is a store yet, and what it would make of their items now.
/// Nothing is written.
class SourceMemory {
public:
    SourceMemory(boost::asio::io_context& context, Composition& composition, const Settings& settings);

    struct Verdict {
        engine::Intake intake;
        std::vector<SeenItem> known; ///< what was noted of these items before
    };
    /// What a look that showed these items would mean for one account.
    ///
    /// Errors: of the store; a filter that cannot be compiled.
    [[nodiscard]] Result<Verdict> judge(const SourceSettings& source, const PostTarget& target,
                                        const std::vector<Item>& items,
                                        const std::vector<ItemIdentity>& identities,
                                        const ServerProfile& server, Instant now);

private:
    [[nodiscard]] std::optional<Instant> first_run(const std::string& source,
                                                   const std::string& account) const;
    /// Under which name the store has the source.
    [[nodiscard]] const std::string& known_as(const std::string& source) const;

    boost::asio::io_context& context_;
    Composition& composition_;
    const Settings& settings_;
    bool open_;
    States states_;
    std::map<std::string, std::string> former_; ///< names that the daemon's next start changes in the store
};

} // namespace crier::commands
