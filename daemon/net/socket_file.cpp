#include "net/socket_file.hpp"

#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <system_error>
#include <unistd.h>

namespace crier::net {

using boost::system::error_code;
using Local = boost::asio::local::stream_protocol;

namespace {

constexpr mode_t owner_and_group = 0660;

/// What connecting says: 0 or EAGAIN (no room in the queue) when somebody listens, ECONNREFUSED when nobody.
int knock(const std::string& path) noexcept {
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return errno;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), path.size());
    const int code =
        ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ? 0 : errno;
    ::close(fd);
    return code;
}

Failure no_access(const std::string& path, const std::string& why) {
    return Failure{Cause::permission, path + ": " + why,
                   "the folder of `admin: socket:` must exist and be writable for the daemon; under systemd, "
                   "RuntimeDirectory= makes it"};
}

/// Nothing is at the path afterwards, or it is told who is.
Result<> make_way(const std::string& path) {
    struct stat info {};
    if (::lstat(path.c_str(), &info) != 0)
        return {};
    if (!S_ISSOCK(info.st_mode))
        return Failure{Cause::config, path + " is there already, and no socket",
                       "name another path under `admin: socket:`"};
    const int code = knock(path);
    if (code == 0 || code == EAGAIN)
        return Failure{Cause::conflict, "another daemon listens at " + path,
                       "stop it, or name another path under `admin: socket:`"};
    if (code != ECONNREFUSED && code != ENOENT)
        return no_access(path, std::generic_category().message(code));
    ::unlink(path.c_str()); // left behind by one that was killed
    return {};
}

} // namespace

bool somebody_listens(const std::string& path) noexcept {
    if (path.empty() || path.size() >= sizeof(sockaddr_un::sun_path))
        return false;
    const int code = knock(path);
    return code == 0 || code == EAGAIN;
}

Result<> SocketFile::listen(Acceptor& acceptor, const std::string& path) {
    if (path.empty() || path.size() >= sizeof(sockaddr_un::sun_path))
        return Failure{Cause::config, "'" + path + "' is too short or too long for a socket's name",
                       "107 bytes is the most; name another path under `admin: socket:`"};
    if (Result<> free = make_way(path); !free)
        return free;
    error_code error;
    acceptor.open(Local{}, error);
    if (!error)
        acceptor.bind(Local::endpoint{path}, error);
    if (error)
        return no_access(path, error.message());
    path_ = path;
    struct stat info {};
    if (::lstat(path.c_str(), &info) == 0) {
        device_ = info.st_dev;
        inode_ = info.st_ino;
    }
    // bind() makes the file and listen() opens the door: between them nobody gets in by another mode.
    if (::chmod(path.c_str(), owner_and_group) != 0)
        return no_access(path, std::generic_category().message(errno));
    acceptor.listen(boost::asio::socket_base::max_listen_connections, error);
    if (error)
        return no_access(path, error.message());
    return {};
}

void SocketFile::remove() noexcept {
    struct stat info {};
    if (!path_.empty() && ::lstat(path_.c_str(), &info) == 0 && info.st_dev == device_ &&
        info.st_ino == inode_)
        ::unlink(path_.c_str());
    path_.clear();
}

} // namespace crier::net
