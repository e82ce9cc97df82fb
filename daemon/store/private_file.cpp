#include "store/private_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace crier::store {

Failure file_failure(const std::string& path) {
    const int error = errno;
    const std::string message = path + ": " + std::generic_category().message(error);
    if (error == ENOSPC || error == EDQUOT || error == EIO || error == EMFILE || error == ENFILE)
        return Failure{Cause::temporary, message, "nothing was lost; make room, or look at the disk"};
    return Failure{Cause::permission, message,
                   "the folder of `store:` must exist and be writable for user " +
                       std::to_string(::geteuid()) + "; under systemd, StateDirectory= makes it"};
}

Result<> make_private(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return file_failure(path);
    ::close(fd);
    return {};
}

namespace {

bool sync(const std::string& path, int flags) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | flags);
    if (fd < 0)
        return false;
    const bool synced = ::fsync(fd) == 0;
    const int error = errno;
    ::close(fd);
    errno = error;
    return synced;
}

} // namespace

Result<> make_durable(const std::string& path) {
    if (!sync(path, 0))
        return file_failure(path);
    const std::string folder = path.substr(0, path.rfind('/') + 1);
    if (!sync(folder.empty() ? "." : folder, O_DIRECTORY))
        return file_failure(folder);
    return {};
}

} // namespace crier::store
