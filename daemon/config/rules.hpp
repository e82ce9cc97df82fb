#pragma once

#include "config/scope.hpp"
#include "core/schedule/rule.hpp"

#include <optional>
#include <string>

namespace crier::config {

/// When an entry fires: its cron, every or at. Nothing, with a problem, when that is wrong. `at` is the
/// entry.
[[nodiscard]] std::optional<schedule::Rule> read_rule(Scope& scope, const EntryDraft& said, Ref at,
                                                      const std::string& zone_name,
                                                      const schedule::Zone* zone, const Path& path);

/// By how much `every` is shifted when nothing says so: a share of the step that the name gives, in whole
/// minutes for steps of an hour and more, else in whole seconds.
[[nodiscard]] Duration offset_of(std::string_view entry, Duration period);

} // namespace crier::config
