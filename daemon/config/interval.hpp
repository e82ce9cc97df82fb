#pragma once

#include "config/scope.hpp"
#include "core/settings.hpp"

namespace crier::config {

/// How often to look at `source`, whose `url` is read already: always after the same time, or between two
/// bounds by how often it publishes. `publishes`: it is a stranger's, so that its dates tell; that is what
/// goes by them where nothing is said, if it is fetched.
void read_interval(Scope& scope, const GivenNode& said, bool publishes, SourceSettings& source,
                   const Path& path);

} // namespace crier::config
