#pragma once

#include "core/filter.hpp"
#include "core/identity.hpp"
#include "engine/accept.hpp"
#include "ports/store.hpp"

#include <string>
#include <vector>

namespace crier::engine {

/// An item of a look that was seen before.
struct Known {
    std::size_t place; ///< among the look's items
    Digest first;      ///< what it was known by when it was first seen: its post's key goes by that
};

/// What one look at a source means for one account.
struct Intake {
    std::vector<Post> posts;    ///< oldest first; of a thread the first part
    std::vector<Post> parts;    ///< of threads, but for the first ones: they go by those
    std::vector<SeenItem> seen; ///< verdicts on items not seen before, and new names of known ones
    std::size_t fresh = 0;      ///< items not seen before
    std::size_t noted = 0;      ///< not posted because it was the first run
    std::size_t filtered = 0;
    std::size_t adopted = 0; ///< known by a link that another bot had posted
    std::size_t told = 0;    ///< the same story came from another source
    bool stale = false;      ///< a push shows what only a look can judge
    std::size_t left = 0;    ///< not looked at yet: more than one look may take
    bool first_run = false;
    std::size_t empty = 0;         ///< with nothing to post in them: as if they had not shown yet
    std::vector<Story> stories;    ///< those of `posts`
    Instant spaced{};              ///< when the last of them is due; zero: nobody asks
    std::vector<Known> changed;    ///< known items that say something else than they did
    std::vector<Known> gone;       ///< known items that were taken back
    std::vector<std::size_t> made; ///< places of those that `posts` were made of, in the same order
};

struct IntakeQuery {
    const SourceSettings& source;
    const PostTarget& target;
    const AccountSettings& account;
    const ServerProfile& server;
    const CompiledFilter& filter;
    schedule::Zone zone;
    Instant now;
    bool first_run = false; ///< this account has never seen an item of this source
    /// When the first run was, where it published only some: what is dated before it (by a day, for feeds
    /// come out late) is as old as what was noted then, whenever it shows.
    std::optional<Instant> first_look = {};
    /// When it was looked at before and had none: what is dated later (or within the day before, for feeds
    /// come out late) is new all the same.
    std::optional<Instant> empty_since = {};
    AccountMemory memory = {};      ///< of the account
    Instant last_look = {};         ///< when the source was last read before; zero: never
    Instant last_showing = {};      ///< the same, and it showed items
    std::string identity = {};      ///< what the source's posts are known by; empty: its name
    Instant spaced = {};            ///< when the last post of the source on this account is due
    const Dedupe* dedupe = nullptr; ///< null: each source by itself
    std::vector<Story> told = {};   ///< what was told on this account lately, of what these items tell
    bool heard = false;             ///< what others send: each is meant, and nothing shows it again
    bool pushed = false;  ///< by a hub, perhaps late: only what is dated later than the last look counts
    bool rebased = false; ///< its items are known by something else from now on
};

/// What the store is asked about the stories of these items; with none where `dedupe` is null.
[[nodiscard]] StoryQuery story_query(const IntakeQuery& query, const std::vector<Item>& items);

/// What the store is asked about these items before take_in().
[[nodiscard]] SeenQuery seen_query(const std::string& source, const std::string& account,
                                   const std::vector<ItemIdentity>& identities);

/// Decides on each item once: pure, given what the store remembers. An item counts as seen by its identity,
/// or by its link when that link was and is one item's alone (delivery rule 4): so ids that all change at
/// once while the links stay flood nothing. So does one whose link was adopted from the account's page
/// (engine/adopt.hpp); in a first run it takes the place of one of those that may be published.
[[nodiscard]] Intake take_in(const IntakeQuery& query, const std::vector<Item>& items,
                             const std::vector<ItemIdentity>& identities, const std::vector<SeenItem>& known);

} // namespace crier::engine
