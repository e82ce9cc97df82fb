#pragma once

#include "config/scope.hpp"

namespace crier::config {

/// When nothing leaves: of an account, or of one entry. `path`: of what has both keys.
[[nodiscard]] QuietTimes read_quiet(Scope& scope, const Given<QuietDraft>& hours, const GivenNode& blackout,
                                    const std::string& timezone, const Path& path);

} // namespace crier::config
