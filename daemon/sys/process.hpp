#pragma once

namespace crier::sys {

/// No core dumps and no reading of the memory by others (the token is in it), files for the owner alone.
void protect_process();

} // namespace crier::sys
