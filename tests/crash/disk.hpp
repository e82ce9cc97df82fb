#pragma once

#include "disk_control.hpp"
#include "programs/process.hpp"

#include <cstdint>
#include <string>

namespace crier::crash {

/// The disk below the daemon's store, which can be made full or unable to sync while it runs.
///
/// It is the daemon's process that meets it, by a library loaded before the C library; the kernel's own files
/// are well.
class Disk {
public:
    /// `on` false: nothing is loaded, and the disk is always good.
    Disk(const test::TempDir& directory, bool on);
    ~Disk();
    Disk(const Disk&) = delete;
    Disk& operator=(const Disk&) = delete;

    void set(DiskMode mode);
    /// Writes and syncs that failed so far.
    [[nodiscard]] std::uint32_t refused() const;
    /// For the daemon.
    void add_to(test::Process::Environment& environment) const;

private:
    std::string file_;
    DiskControl* control_ = nullptr;
};

} // namespace crier::crash
