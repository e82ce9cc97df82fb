#include "plugin/file_text.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace crier::plugin {

namespace {

/// Pictures, sounds and films have a zero byte in their first lines.
constexpr std::size_t telling = 4096;

std::string read_open(int fd, std::size_t most) {
    struct stat info {};
    if (::fstat(fd, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size <= 0 ||
        static_cast<std::size_t>(info.st_size) > most)
        return {};
    std::string text(static_cast<std::size_t>(info.st_size), '\0');
    std::size_t got = 0;
    while (got < text.size()) {
        const std::size_t piece = got == 0 ? std::min(telling, text.size()) : text.size() - got;
        const ssize_t count = ::read(fd, text.data() + got, piece);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        if (got == 0 && text.find('\0') < static_cast<std::size_t>(count))
            return {};
        got += static_cast<std::size_t>(count);
    }
    text.resize(got);
    return text;
}

} // namespace

std::string text_of_file(const std::string& path, std::size_t most) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return {};
    std::string text = read_open(fd, most);
    ::close(fd);
    return text;
}

} // namespace crier::plugin
