#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace crier::kit {

/// A date of ISO 8601, and what people make of it: 2026-11-24T12:30:00Z, 2026-11-24 12:30, 2026-11-24,
/// 2026-11, 2026, 20261124T123000Z, 20261124.
[[nodiscard]] std::optional<std::int64_t> read_iso_date(std::string_view text);

} // namespace crier::kit
