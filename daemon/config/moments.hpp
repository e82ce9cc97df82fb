#pragma once

#include "config/scope.hpp"

#include <optional>
#include <string>
#include <string_view>

/// Moments as they are written: RFC 3339 with an offset, or the local time of a zone.
namespace crier::config {

/// The zone that local times are in, and what it is called.
struct ZoneNamed {
    const std::string& name;
    const schedule::Zone& zone;
};

/// A moment; a local time that is left out or comes twice is told of. Nothing, with a problem, for all else.
[[nodiscard]] std::optional<Instant> read_moment(Scope& scope, Ref at, const ZoneNamed& in, const Path& path);

/// A moment, or the begin of a day.
[[nodiscard]] std::optional<Instant> read_start(Scope& scope, Ref at, const ZoneNamed& in, const Path& path);

/// A moment, or the end of a day: the last instant that is in it.
[[nodiscard]] std::optional<Instant> read_end(Scope& scope, Ref at, const ZoneNamed& in, const Path& path);

/// "2026-12-24", and there is such a day.
[[nodiscard]] bool is_day(std::string_view text);

} // namespace crier::config
