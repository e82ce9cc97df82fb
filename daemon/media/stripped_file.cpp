#include "media/stripped_file.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <string_view>
#include <system_error>
#include <unistd.h>

namespace crier::media {
namespace {

Failure no_room(const std::string& path) {
    return Failure{Cause::temporary, path + ": " + std::generic_category().message(errno),
                   "make room, or make the directory writable"};
}

/// False with errno.
bool write_whole(int to, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t n = ::write(to, bytes.data(), bytes.size());
        if (n >= 0)
            bytes.remove_prefix(static_cast<std::size_t>(n));
        else if (errno != EINTR)
            return false;
    }
    return true;
}

/// By the kernel, where it can.
bool copy_range(const FileBytes& from, std::uint64_t at, std::uint64_t end, int to) {
    constexpr std::uint64_t at_once = 1U << 20U;
    while (at < end) {
        auto offset = static_cast<off_t>(at);
        const std::uint64_t want = std::min(at_once, end - at);
        const ssize_t n = ::copy_file_range(from.descriptor(), &offset, to, nullptr, want, 0);
        if (n > 0) {
            at += static_cast<std::uint64_t>(n);
            continue;
        }
        if (n < 0 && errno == EINTR)
            continue;
        const std::string bytes =
            from.read(at, static_cast<std::size_t>(std::min<std::uint64_t>(want, 64U << 10U)));
        if (bytes.empty()) {
            errno = EIO;
            return false;
        }
        if (!write_whole(to, bytes))
            return false;
        at += bytes.size();
    }
    return true;
}

} // namespace

Result<> write_pieces(const FileBytes& from, const std::vector<Piece>& pieces, const std::string& to) {
    const int file = ::open(to.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0)
        return no_room(to);
    const bool whole = std::all_of(pieces.begin(), pieces.end(), [&](const Piece& piece) {
        return piece.text.empty() ? copy_range(from, piece.from, piece.to, file)
                                  : write_whole(file, piece.text);
    });
    Result<> result;
    if (!whole)
        result = no_room(to);
    ::close(file);
    if (!whole)
        ::unlink(to.c_str());
    return result;
}

} // namespace crier::media
