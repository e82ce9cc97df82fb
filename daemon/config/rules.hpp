#pragma once

#include "config/moments.hpp"
#include "core/schedule/calendar.hpp"

#include <optional>
#include <string>

namespace crier::config {

/// When an entry fires, by all that it says of it: its rules, and what they are narrowed to. Nothing, with a
/// problem, when that is wrong. `at` is the entry; without a zone (it was told of) local times are not read.
[[nodiscard]] std::optional<schedule::Calendar> read_calendar(Scope& scope, const EntryDraft& said, Ref at,
                                                              const std::string& zone_name,
                                                              const schedule::Zone* zone, const Path& path);

/// By how much `every` is shifted when nothing says so: a share of the step that the name gives, in whole
/// minutes for steps of an hour and more, else in whole seconds.
[[nodiscard]] Duration offset_of(std::string_view entry, Duration period);

} // namespace crier::config
