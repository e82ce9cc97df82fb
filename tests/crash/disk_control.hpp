#pragma once

#include <atomic>
#include <cstdint>

namespace crier::crash {

enum class DiskMode : std::uint32_t {
    good,
    full,       ///< a write takes half of its bytes and then none: ENOSPC
    sync_fails, ///< fsync and fdatasync: EIO
};

/// One page that the test and the library in the daemon's process share.
struct DiskControl {
    std::atomic<DiskMode> mode;
    std::atomic<std::uint32_t> refused; ///< writes and syncs that failed
};

/// Names the file of that page.
inline constexpr const char* disk_control_variable = "CRIER_CRASH_DISK_CONTROL";

} // namespace crier::crash
