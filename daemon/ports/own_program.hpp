#pragma once

#include <cstddef>

/// This very program, run again in a process of its own for what may crash or eat memory.
namespace crier {

/// Its path, also after it was replaced on the disk.
inline constexpr const char* this_program = "/proc/self/exe";

/// ProgramRun::most_memory for it: 0 under a sanitizer, for what that maps is no use of memory, and more than
/// any limit.
[[nodiscard]] constexpr std::size_t own_memory([[maybe_unused]] std::size_t most) noexcept {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return 0;
#else
    return most;
#endif
}

} // namespace crier
