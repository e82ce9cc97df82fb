#include "plugin/file_source.hpp"

#include "plugin/cursor.hpp"
#include "plugin/document.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace crier::plugin {

namespace asio = boost::asio;

namespace {

/// Without waiting for anybody: a pipe is refused, and a file that grows while it is read is cut off.
Result<std::string> read_file(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    struct stat info {};
    ssize_t read = fd >= 0 && ::fstat(fd, &info) == 0 ? 1 : -1;
    const bool regular = read > 0 && S_ISREG(info.st_mode);
    std::string bytes;
    std::array<char, 64U << 10U> piece{};
    while (regular && read > 0 && bytes.size() <= most_bytes) {
        read = ::read(fd, piece.data(), piece.size());
        if (read > 0)
            bytes.append(piece.data(), static_cast<std::size_t>(read));
        else if (read < 0 && errno == EINTR)
            read = 1;
    }
    const int error = errno;
    if (fd >= 0)
        ::close(fd);
    if (read < 0)
        return Failure{Cause::permission, path + ": " + std::generic_category().message(error),
                       "the user that crier runs as must be able to read it (under systemd also see "
                       "ReadOnlyPaths= of the unit)"};
    if (!regular)
        return Failure{Cause::config, path + " is no regular file", "put the path of one into `url`"};
    if (bytes.size() > most_bytes)
        return Failure{Cause::server, path + " has more than the " + std::to_string(most_bytes >> 20U) +
                                          " MiB that are read"};
    return bytes;
}

} // namespace

asio::awaitable<Result<SourceYield>> FileSource::poll(std::string cursor) {
    Result<std::string> bytes = read_file(path_);
    if (!bytes)
        co_return bytes.error();
    Document document;
    document.material.bytes = std::move(*bytes);
    document.material.base_url = path_;
    document.material.asked = path_;
    document.material.now = clock_.now();
    document.place = path_;
    std::string known = take_up(document, cursor, path_);
    // Who may write that file may not choose files for the bot to publish.
    co_return alone(co_await read_document(reader_, std::move(document), std::move(known), Files::none));
}

} // namespace crier::plugin
