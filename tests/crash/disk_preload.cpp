// Loaded into the daemon before the C library: the files of its store meet a full disk, or one that cannot
// sync, while the control page says so. What SQLite gets is what the kernel would have given it.

#include "disk_control.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <string>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

using crier::crash::DiskControl;
using crier::crash::DiskMode;

namespace {

DiskControl* open_control() {
    const char* path = std::getenv(crier::crash::disk_control_variable);
    const int fd = path != nullptr ? ::open(path, O_RDWR | O_CLOEXEC) : -1;
    if (fd < 0)
        return nullptr;
    void* page = ::mmap(nullptr, sizeof(DiskControl), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    ::close(fd);
    return page == MAP_FAILED ? nullptr : static_cast<DiskControl*>(page);
}

/// Whether this file meets `mode` now. Counted, so that the test can say how often.
bool meets(int fd, DiskMode mode) {
    static DiskControl* const control = open_control();
    if (control == nullptr || control->mode.load() != mode)
        return false;
    char link[64];
    char target[4096];
    std::snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    const ssize_t length = ::readlink(link, target, sizeof target - 1);
    if (length <= 0)
        return false;
    target[length] = '\0';
    return std::strstr(target, "crier.db") != nullptr && ++control->refused > 0;
}

template <class Function>
Function next(const char* name) {
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

using Pwrite = ssize_t (*)(int, const void*, std::size_t, off_t);
using Sync = int (*)(int);

ssize_t limited_pwrite(int fd, const void* bytes, std::size_t size, off_t at) {
    static const auto real = next<Pwrite>("pwrite64");
    if (!meets(fd, DiskMode::full))
        return real(fd, bytes, size, at);
    if (size >= 1024)
        return real(fd, bytes, size / 2, at); // and the rest does not fit
    errno = ENOSPC;
    return -1;
}

int failing_sync(int fd, Sync real) {
    if (!meets(fd, DiskMode::sync_fails))
        return real(fd);
    errno = EIO;
    return -1;
}

} // namespace

extern "C" {

ssize_t pwrite(int fd, const void* bytes, std::size_t size, off_t at) {
    return limited_pwrite(fd, bytes, size, at);
}

ssize_t pwrite64(int fd, const void* bytes, std::size_t size, off_t at) {
    return limited_pwrite(fd, bytes, size, at);
}

int fdatasync(int fd) {
    static const auto real = next<Sync>("fdatasync");
    return failing_sync(fd, real);
}

int fsync(int fd) {
    static const auto real = next<Sync>("fsync");
    return failing_sync(fd, real);
}

} // extern "C"
