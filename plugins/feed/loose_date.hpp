#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace crier::feed {

/// A date as people write it who have read no specification: "24.11.2026 um 12:00 Uhr", "lunes, 24 de
/// noviembre de 2026", "2026年11月24日 午後1:05", "12:30, Nov 24th 2026". Nothing where a part of it is not
/// understood, or where day and month could change places ("11/10/2026").
[[nodiscard]] std::optional<std::int64_t> read_loose_date(std::string_view text);

} // namespace crier::feed
