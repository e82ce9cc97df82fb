#include "store/owner_lock.hpp"

#include "store/private_file.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <sys/file.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace crier::store {
namespace {

std::string twice(std::int64_t count) {
    const std::string digits = std::to_string(count);
    return digits + ' ' + digits + '\n';
}

/// The second line: microseconds since the epoch. It stands there twice, or it was cut off while it was
/// written.
std::optional<Instant> mark_in(std::string_view text) {
    const auto line = text.find('\n');
    if (line == std::string_view::npos)
        return std::nullopt;
    text.remove_prefix(line + 1);
    std::int64_t count = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), count);
    if (read.ec != std::errc{} || count <= 0 || text != twice(count))
        return std::nullopt;
    return Instant{Duration{count}};
}

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

std::optional<long> owner_in(int file) {
    char text[32] = {};
    const ssize_t length = ::pread(file, text, sizeof text - 1, 0);
    return length > 0 ? std::optional{std::strtol(text, nullptr, 10)} : std::nullopt;
}

} // namespace

OwnerLock::~OwnerLock() {
    if (fd_ < 0)
        return;
    if (alive_) {
        mark_ = alive_;
        (void)write();
    }
    ::close(fd_);
}

OwnerLock::OwnerLock(OwnerLock&& other) noexcept
    : fd_(std::exchange(other.fd_, -1))
    , mark_(other.mark_)
    , alive_(other.alive_) {}

OwnerLock& OwnerLock::operator=(OwnerLock&& other) noexcept {
    std::swap(fd_, other.fd_);
    std::swap(mark_, other.mark_);
    std::swap(alive_, other.alive_);
    return *this;
}

Result<OwnerLock> OwnerLock::take(const std::string& path, std::chrono::milliseconds patience) {
    const std::string file = path + ".lock";
    OwnerLock lock;
    lock.fd_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock.fd_ < 0)
        return file_failure(file);
    if (!lock_within(lock.fd_, patience)) {
        if (errno != EWOULDBLOCK)
            return file_failure(file);
        const std::optional<long> owner = owner_in(lock.fd_);
        const std::string who = owner ? " (process " + std::to_string(*owner) + ")" : "";
        return Failure{Cause::conflict, path + " is in use by another crier" + who,
                       "one daemon owns a store; stop that one, or give this one a `store:` of its own"};
    }
    char before[96] = {};
    const ssize_t length = ::pread(lock.fd_, before, sizeof before - 1, 0);
    lock.mark_ = mark_in({before, static_cast<std::size_t>(std::max<ssize_t>(length, 0))});
    if (!lock.write())
        return file_failure(file);
    return lock;
}

std::optional<long> OwnerLock::owner_of(const std::string& path) {
    const int fd = ::open((path + ".lock").c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return std::nullopt;
    std::optional<long> owner;
    if (::flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        owner = owner_in(fd);
    ::close(fd); // and what was locked is free again
    return owner;
}

bool OwnerLock::write() {
    std::string text = std::to_string(::getpid()) + "\n";
    if (mark_)
        text += twice(mark_->time_since_epoch().count());
    const auto size = static_cast<ssize_t>(text.size());
    return ::pwrite(fd_, text.data(), text.size(), 0) == size && ::ftruncate(fd_, size) == 0;
}

void OwnerLock::set_mark(Instant alive) {
    mark_.reset();
    if (alive != Instant{})
        mark_ = alive;
    (void)write();
}

void OwnerLock::leave_mark(Instant alive) {
    if (fd_ < 0 || alive == Instant{} || (mark_ && alive <= *mark_))
        return;
    alive_ = alive;
    if (mark_ && alive < *mark_ + std::chrono::seconds{1})
        return;
    mark_ = alive;
    alive_.reset();
    (void)write(); // without it, the next start asks the servers instead
}

} // namespace crier::store
