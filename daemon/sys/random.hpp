#pragma once

#include "ports/random.hpp"

#include <memory>

namespace crier::sys {

/// For jitter and back-off; no key is made of it. Seeded by the kernel.
[[nodiscard]] std::unique_ptr<Random> make_system_random();

} // namespace crier::sys
