#include "store/owner_lock.hpp"

#include "store/private_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace crier::store {

OwnerLock::~OwnerLock() {
    if (fd_ >= 0)
        ::close(fd_);
}

OwnerLock::OwnerLock(OwnerLock&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)) {}

OwnerLock& OwnerLock::operator=(OwnerLock&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
}

namespace {

constexpr std::chrono::milliseconds between_tries{20};

/// As flock(2) without waiting, until it is free or `patience` is over; errno says why not.
bool lock_within(int file, std::chrono::milliseconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK || std::chrono::steady_clock::now() >= until)
            return false;
        std::this_thread::sleep_for(between_tries);
    }
    return true;
}

} // namespace

Result<OwnerLock> OwnerLock::take(const std::string& path, std::chrono::milliseconds patience) {
    const std::string file = path + ".lock";
    OwnerLock lock;
    lock.fd_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock.fd_ < 0)
        return file_failure(file);
    if (!lock_within(lock.fd_, patience)) {
        if (errno != EWOULDBLOCK)
            return file_failure(file);
        char owner[32] = {};
        const ssize_t length = ::pread(lock.fd_, owner, sizeof owner - 1, 0);
        const std::string who =
            length > 0 ? " (process " + std::string(owner, static_cast<std::size_t>(length)) + ")" : "";
        return Failure{Cause::conflict, path + " is in use by another crier" + who,
                       "one daemon owns a store; stop that one, or give this one a `store:` of its own"};
    }
    const std::string self = std::to_string(::getpid());
    if (::ftruncate(lock.fd_, 0) != 0 || ::pwrite(lock.fd_, self.data(), self.size(), 0) < 0)
        return file_failure(file);
    return lock;
}

} // namespace crier::store
