#pragma once

namespace crier::bench {

/// Prints how late posts of the schedule are: from the moment that they are due to the first byte of the
/// request, as the server saw it. 100,000 entries, connections warm, beside what a commit takes meanwhile.
/// Takes about a minute. Throws when a post did not come.
void lateness();

} // namespace crier::bench
