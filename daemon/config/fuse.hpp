#pragma once

#include "config/scope.hpp"

#include <optional>

namespace crier::config {

/// A `fuse`, over `base`: its numbers, or `off`. Nothing when it was not given.
[[nodiscard]] std::optional<Fuse> read_fuse(Scope& scope, const GivenNode& given, const Fuse& base,
                                            const Path& path);

} // namespace crier::config
