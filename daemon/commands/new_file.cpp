#include "commands/new_file.hpp"

#include "sys/descriptor.hpp"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace crier::commands {

namespace {

Failure not_written(const std::string& path, int error) {
    const bool refused = error == EACCES || error == EPERM || error == EROFS;
    return Failure{refused ? Cause::permission : Cause::temporary,
                   path + ": " + std::error_code{error, std::generic_category()}.message()};
}

std::string folder_of(const std::string& path) {
    const std::string folder = path.substr(0, path.rfind('/') + 1);
    return folder.empty() ? "." : folder;
}

/// Never more than the owner and the group of a service, and not before they own it.
void hand_over_secret(int fd, const std::string& path, const std::string& like) {
    struct stat there {};
    const std::string& model = like.empty() ? path : like;
    if (::stat(model.c_str(), &there) == 0) {
        struct stat mine {};
        const bool handed = ::fchown(fd, there.st_uid, there.st_gid) == 0 ||
                            (::fstat(fd, &mine) == 0 && mine.st_gid == there.st_gid);
        // 0644 was a mistake, and not meant for a group: it does not live on.
        if (handed && (there.st_mode & 0777U) == 0640U)
            (void)::fchmod(fd, 0640);
    } else if (::geteuid() == 0 && ::stat(folder_of(path).c_str(), &there) == 0 && there.st_uid != 0) {
        (void)!::fchown(fd, there.st_uid, there.st_gid); // of the service, whose folder it is
    }
}

/// Some file systems know no fsync; what can be asked of them has been.
bool onto_disk(int fd) {
    return ::fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP;
}

} // namespace

NewFile::NewFile(std::string path, std::string beside)
    : path_(std::move(path))
    , beside_(std::move(beside)) {}

NewFile::NewFile(NewFile&& other) noexcept
    : path_(std::move(other.path_))
    , beside_(std::exchange(other.beside_, {})) {}

NewFile::~NewFile() {
    if (!beside_.empty())
        (void)::unlink(beside_.c_str());
}

Result<NewFile> NewFile::write(std::string path, std::string_view text, Readers readers,
                               const std::string& like) {
    const std::string beside = path + "." + std::to_string(::getpid()) + ".new";
    const bool is_secret = readers == Readers::owner || readers == Readers::secret;
    const int fd =
        ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, is_secret ? 0600 : 0644);
    if (fd < 0)
        return not_written(path, errno);
    NewFile file{std::move(path), beside};
    struct stat there {};
    const bool replaces = ::stat(file.path_.c_str(), &there) == 0;
    if (readers == Readers::secret)
        hand_over_secret(fd, file.path_, like);
    else if (replaces)
        (void)!::fchown(fd, there.st_uid, there.st_gid); // as root; others have only their own
    if (readers == Readers::service)
        (void)::fchmod(fd, 0644);
    else if (readers == Readers::usual && replaces)
        (void)::fchmod(fd, there.st_mode & 0777U);
    const bool whole = sys::write_all(fd, text) && onto_disk(fd);
    const int error = errno;
    if (::close(fd) != 0 || !whole)
        return not_written(file.path_, whole ? errno : error);
    return file;
}

Result<> NewFile::place() {
    if (::rename(beside_.c_str(), path_.c_str()) != 0)
        return not_written(path_, errno);
    beside_.clear();
    const int fd = ::open(folder_of(path_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        (void)onto_disk(fd);
        (void)::close(fd);
    }
    return {};
}

} // namespace crier::commands
