#pragma once

#include "config/scope.hpp"

#include <optional>

namespace crier::config {

/// One entry of the schedule; nothing when it is too wrong to be one. `path` is that of the list.
[[nodiscard]] std::optional<EntrySettings> read_entry(Scope& scope, Ref at, int index, const Path& list);

/// One source; `at` is the value under its name.
[[nodiscard]] std::optional<SourceSettings> read_source(Scope& scope, const std::string& name, Ref at,
                                                        const Path& path);

} // namespace crier::config
