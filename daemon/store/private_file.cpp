#include "store/private_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/statvfs.h>
#include <system_error>
#include <unistd.h>

namespace crier::store {

bool is_on_read_only(const std::string& path) {
    struct statvfs info {};
    const std::string folder = path.substr(0, path.rfind('/') + 1);
    return ::statvfs(folder.empty() ? "." : folder.c_str(), &info) == 0 && (info.f_flag & ST_RDONLY) != 0;
}

Failure no_access(const std::string& path, std::string_view why, bool read_only) {
    if (read_only)
        return Failure{
            Cause::temporary, path + ": its file system is mounted read-only",
            "nothing was lost; `dmesg` says whether the disk failed, `mount -o remount,rw` makes it writable "
            "again, and the next try goes on"};
    const std::string user = std::to_string(::geteuid());
    return Failure{
        Cause::permission, path + ": user " + user + " may not write there: " + std::string{why},
        "it and its folder must be writable, also for who only reads (SQLite keeps its log beside it): run "
        "this as the daemon's user, or give both to user " +
            user};
}

Failure file_failure(const std::string& path) {
    const int error = errno;
    const std::string message = path + ": " + std::generic_category().message(error);
    if (error == ENOSPC || error == EDQUOT || error == EIO || error == EMFILE || error == ENFILE)
        return Failure{Cause::temporary, message, "nothing was lost; make room, or look at the disk"};
    if (error == EROFS)
        return no_access(path, {}, true);
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
