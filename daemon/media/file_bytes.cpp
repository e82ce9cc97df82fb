#include "media/file_bytes.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace crier::media {

Result<FileBytes> FileBytes::open(const std::string& file) {
    // Without waiting: opening a pipe would wait for its writer.
    const int fd = ::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    const int error = errno;
    struct stat info {};
    if (fd < 0 || ::fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        if (fd >= 0)
            ::close(fd);
        const bool passing = fd < 0 && (error == EMFILE || error == ENFILE || error == ENOMEM);
        return Failure{passing ? Cause::temporary : Cause::not_found,
                       "cannot read " + file + ": " +
                           (fd < 0 ? std::generic_category().message(error) : "it is no regular file"),
                       "put the file there, readable for crier"};
    }
    return FileBytes{fd, static_cast<std::uint64_t>(info.st_size)};
}

FileBytes::~FileBytes() {
    if (fd_ >= 0)
        ::close(fd_);
}

FileBytes::FileBytes(FileBytes&& other) noexcept
    : fd_(std::exchange(other.fd_, -1))
    , size_(other.size_) {}

std::string FileBytes::read(std::uint64_t at, std::size_t count) const {
    std::string bytes(count, '\0');
    std::size_t have = 0;
    while (have < count) {
        const ssize_t n = ::pread(fd_, bytes.data() + have, count - have, static_cast<off_t>(at + have));
        if (n > 0)
            have += static_cast<std::size_t>(n);
        else if (n == 0 || errno != EINTR)
            break;
    }
    bytes.resize(have);
    return bytes;
}

} // namespace crier::media
