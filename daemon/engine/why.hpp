#pragma once

#include "engine/engine.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>
#include <vector>

/// `crier why`: one chain from where a thing came from to now.
namespace crier::engine {

/// One link of the chain.
struct WhyStep {
    std::string what; ///< for programs: "seen", "verdict", "made", "attempt", an Obstacle's word, ...
    std::optional<Instant> at;  ///< nothing: it is so now
    std::string account;        ///< whose matter it is; empty: of none alone
    std::optional<PostId> post; ///< likewise
    std::string text;           ///< for people
    std::optional<Instant> until;
    std::string action; ///< what a person can do; empty: nothing need be done
    std::string then;   ///< what comes after `until`, where that is known

    WhyStep() = default;
};

struct Why {
    std::string kind; ///< post, item, entry, source, account
    std::string name; ///< as it goes by: a post's number, an item's address, a name
    std::vector<WhyStep> chain;

    Why() = default;
};

/// `about`: a post's number; the address of a published status, of an item, or the item's id; the name of an
/// account, source or entry, with its kind before it ("entry:greeting") where several have it. `running`: a
/// daemon answers, not a command on a stopped one's store.
///
/// Errors: not_found names what was looked for and what comes near; usage: several things have the name; the
/// store's.
[[nodiscard]] boost::asio::awaitable<Result<Why>> why_of(Engine& engine, std::string about, bool running);

} // namespace crier::engine
