#pragma once

#include "core/settings.hpp"

#include <optional>
#include <string_view>

namespace crier::schedule {

/// The delay that `jitter` gives this occurrence of this entry: the same after a restart.
[[nodiscard]] Duration jitter_of(std::string_view entry, Instant nominal, Duration jitter);

/// When an occurrence leaves: after its jitter, and after the quiet times of the entry and of the account.
/// Nothing: it falls into one, and the entry leaves out what does.
[[nodiscard]] std::optional<Instant> due_of(const EntrySettings& entry, const AccountSettings& account,
                                            Instant nominal);

} // namespace crier::schedule
