#include "crash/disk.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <stdexcept>
#include <sys/mman.h>
#include <unistd.h>

namespace crier::crash {

Disk::Disk(const test::TempDir& directory, bool on)
    : file_(directory.file("disk-control")) {
    if (!on)
        return;
    const int fd = ::open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    void* page = MAP_FAILED;
    if (fd >= 0 && ::ftruncate(fd, sizeof(DiskControl)) == 0)
        page = ::mmap(nullptr, sizeof(DiskControl), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    const int error = errno;
    if (fd >= 0)
        ::close(fd);
    if (page == MAP_FAILED)
        throw std::runtime_error(file_ + ": " + std::strerror(error));
    control_ = static_cast<DiskControl*>(page);
}

Disk::~Disk() {
    if (control_ != nullptr)
        ::munmap(control_, sizeof(DiskControl));
}

void Disk::set(DiskMode mode) {
    if (control_ != nullptr)
        control_->mode = mode;
}

std::uint32_t Disk::refused() const {
    return control_ != nullptr ? control_->refused.load() : 0;
}

void Disk::add_to(test::Process::Environment& environment) const {
    if (control_ == nullptr)
        return;
    environment["LD_PRELOAD"] = CRIER_CRASH_DISK;
    environment[disk_control_variable] = file_;
}

} // namespace crier::crash
