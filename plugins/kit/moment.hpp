#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace crier::kit {

/// Microseconds since the epoch of a time of RFC 3339 ("2026-11-24T12:00:00.5+01:00"; a blank may stand for
/// the T). Nothing for anything else: a time without its zone is a guess.
[[nodiscard]] std::optional<std::int64_t> parse_moment(std::string_view text);

} // namespace crier::kit
