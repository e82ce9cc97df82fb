#pragma once

namespace crier::bench {

/// Prints what a large schedule costs: to be ready, in memory, and to be read, beside yaml-cpp's bare events
/// on the same file.
void large();

} // namespace crier::bench
