#pragma once

#include "ports/process_figures.hpp"

namespace crier::sys {

/// From /proc and the kernel's accounts. Thread: any.
[[nodiscard]] ProcessFigures read_process_figures();

} // namespace crier::sys
