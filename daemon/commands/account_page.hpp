#pragma once

#include "commands/composition.hpp"
#include "core/settings.hpp"
#include "mastodon/look_back.hpp"

#include <optional>
#include <string>

/// What an account shows to everybody, for commands that look at it.
namespace crier::commands {

/// A time (2026-11-24T09:00:00Z), or how long ago (7d).
[[nodiscard]] Result<Instant> since_of(const std::string& text, Instant now);

/// Reads back to `since`, or to the account's first status: a page a second, beside a running daemon or not,
/// never with the token that posts. On a terminal it says how far it is.
///
/// Errors: config (no `handle`, or none of that name there), server or network: the first page cannot be
/// read. That a later one cannot is in what is returned.
[[nodiscard]] Result<mastodon::LookBack> read_page(const Invocation& call, const Settings& settings,
                                                   const AccountSettings& account,
                                                   std::optional<Instant> since);

/// "120 statuses read, back to 2026-11-19 09:00:00 UTC".
[[nodiscard]] std::string told(const mastodon::LookBack& page);

} // namespace crier::commands
