#pragma once

#include "core/item.hpp"
#include "core/look_rule.hpp"
#include "sdk/crier_plugin.h"

#include <optional>
#include <string>
#include <string_view>

/// From the door's plain structures to the daemon's own values. A plugin is not believed: what it hands over
/// may be shorter than this version's structures, may be no UTF-8, and may hold control characters.
namespace crier::plugin {

[[nodiscard]] Item to_item(const crier_item& raw);

[[nodiscard]] LookRule to_rule(const crier_pace& raw);

/// UTF-8 with U+FFFD for what is none; no control characters but line feed and tab.
[[nodiscard]] std::string clean_text(crier_text raw);

/// Microseconds since the epoch; nothing for CRIER_NO_TIME and for years that no calendar of ours has (before
/// 1 or after 9999).
[[nodiscard]] std::optional<Instant> to_instant(std::int64_t microseconds);

} // namespace crier::plugin
