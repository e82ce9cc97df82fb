#pragma once

#include "core/identity.hpp"
#include "core/item.hpp"
#include "core/posted_record.hpp"
#include "ports/store.hpp"

#include <string>
#include <vector>

/// Moving over from a bot that kept a record of what it posted.
namespace crier::engine {

/// What is to be remembered of one source for one account, so that only what that bot had not posted and
/// would have posted next is left for the first look.
struct MovedIn {
    std::vector<SeenItem> seen;
    SourceAccount first_run;       ///< is over: since the bot's last look
    std::size_t posted = 0;        ///< of the items: by the record
    std::size_t old = 0;           ///< not by the record, and too old to be its next ones
    std::vector<std::size_t> left; ///< places of those that will be posted, unless a filter refuses them

    MovedIn() = default;
};

/// Pure. `items` are those of a look at the source now, in its own order. By ids, one counts as posted whose
/// id or link is in the record; of the others one is left that the bot would look at and that is dated no
/// earlier than a day before its last look (feeds come out late), or has no date while its feed is in the
/// record.
[[nodiscard]] MovedIn move_in(const std::string& source, const std::string& account,
                              const std::vector<Item>& items, const std::vector<ItemIdentity>& identities,
                              const PostedRecord& record, Instant now);

} // namespace crier::engine
