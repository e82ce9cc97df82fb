#pragma once

#include "core/delivery/machine.hpp"
#include "core/settings.hpp"
#include "ports/clock.hpp"
#include "ports/log.hpp"
#include "ports/store.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <optional>
#include <string>

/// What an account's lane makes of a store that was put back (delivery rule 20): docs/STORE.md, "Backup and
/// restore".
namespace crier::engine {

/// An absence after which a page is looked at before the first post: a restart takes less.
inline constexpr Duration short_absence = std::chrono::minutes{10};

/// At the start: held where the file was put back; to be compared with the account's page where that is not
/// known. True when `state` is to be written.
[[nodiscard]] bool take_up_memory(const States& states, Instant now, AccountState& state, Log& log);

/// Held until a person says since when nothing was posted.
void hold_restored(AccountState& state, std::string_view why, Instant now);

/// Due before the moment until which all was posted, by a life that this store does not know; and not from a
/// person.
[[nodiscard]] bool counts_as_posted(const AccountMemory& memory, const Post& post);
[[nodiscard]] delivery::Decision take_as_posted(Post post, Instant posted_until);

/// What `crier resume --since` did in the outbox.
struct Believed {
    std::size_t taken_as_posted = 0;
    std::size_t waiting = 0; ///< what goes out: due since, held ones not counted

    Believed() = default;
};

/// Cancels all that the account has unsent and that was due before `since`, in batches; but for what a person
/// posted since the store was put back, that is after `knows_until`.
///
/// Errors: the store's; what was cancelled before stays so, and a repeat goes on.
[[nodiscard]] boost::asio::awaitable<Result<Believed>> cancel_posted(Store& store, std::string account,
                                                                     std::optional<Instant> knows_until,
                                                                     Instant since, Instant now);

} // namespace crier::engine
