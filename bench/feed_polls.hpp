#pragma once

namespace crier::bench {

/// A look at a feed that has nothing new: `crier run --once` beside feed2toot, with and without validators.
void feed_polls();

} // namespace crier::bench
