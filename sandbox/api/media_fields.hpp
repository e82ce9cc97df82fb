#pragma once

#include "sandbox/api/params.hpp"
#include "sandbox/state/media.hpp"

namespace crier::sandbox {

/// `focus` as "x,y"; as it was when it is not there or cannot be read.
void read_focus(const Params& params, Attachment& attachment);

} // namespace crier::sandbox
