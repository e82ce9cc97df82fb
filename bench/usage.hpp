#pragma once

#include <sys/types.h>

namespace crier::bench {

/// Seconds of the processor.
struct Spent {
    double cpu = 0;
    double kernel = 0; ///< of `cpu`
};

/// By the process and all its threads so far, to the scheduler's nanosecond; the kernel's share to its tick.
[[nodiscard]] Spent spent(pid_t pid);

/// The most that it has held so far, in MiB.
[[nodiscard]] double peak(pid_t pid);

/// MiB of its memory now.
[[nodiscard]] double resident(pid_t pid);

} // namespace crier::bench
