#pragma once

namespace crier::bench {

/// Prints what the next firing of each kind of rule costs, in UTC and in a zone with daylight saving, beside
/// what Python's libraries take for the same one in the same minute. Throws when Python cannot be had.
void next_costs();

} // namespace crier::bench
