#include "commands/new_file.hpp"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace crier::commands {

namespace {

/// What is gathered before it is written.
constexpr std::size_t piece = 65536;

std::string folder_of(const std::string& path) {
    const std::string folder = path.substr(0, path.rfind('/') + 1);
    return folder.empty() ? "." : folder;
}

Failure not_written(const std::string& path, int error) {
    const std::string message = path + ": " + std::error_code{error, std::generic_category()}.message();
    if (error == ENOENT || error == ENOTDIR)
        return Failure{Cause::not_found, "the folder of " + path + " is not there",
                       "mkdir -p " + folder_of(path)};
    if (error == EACCES || error == EPERM || error == EROFS)
        return Failure{Cause::permission, message, "name a folder that this user may write to"};
    return Failure{Cause::temporary, message, "a full disk?"};
}

Failure is_there_already(const std::string& path) {
    return Failure{Cause::conflict, path + " is there already", "name another file"};
}

bool is_taken(const std::string& path) {
    struct stat info {};
    return ::lstat(path.c_str(), &info) == 0;
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

/// What lies there by this name is of a process that had our number and was killed: in a container that is
/// always the same.
int open_new(const std::string& path, mode_t mode) {
    constexpr int how = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    const int fd = ::open(path.c_str(), how, mode);
    if (fd >= 0 || errno != EEXIST || ::unlink(path.c_str()) != 0)
        return fd;
    return ::open(path.c_str(), how, mode);
}

} // namespace

NewFile::NewFile(std::string path, std::string beside, int fd)
    : path_(std::move(path))
    , beside_(std::move(beside))
    , fd_(fd) {}

NewFile::NewFile(NewFile&& other) noexcept
    : path_(std::move(other.path_))
    , beside_(std::exchange(other.beside_, {}))
    , fd_(std::move(other.fd_))
    , gathered_(std::move(other.gathered_)) {}

NewFile::~NewFile() {
    if (!beside_.empty())
        (void)::unlink(beside_.c_str());
}

Result<NewFile> NewFile::begin(std::string path, Readers readers, const std::string& like) {
    const std::string beside = path + "." + std::to_string(::getpid()) + ".new";
    const bool is_secret = readers == Readers::owner || readers == Readers::secret;
    const int fd = open_new(beside, is_secret ? 0600 : 0644);
    if (fd < 0)
        return not_written(path, errno);
    NewFile file{std::move(path), beside, fd};
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
    return file;
}

Result<NewFile> NewFile::write(std::string path, std::string_view text, Readers readers,
                               const std::string& like) {
    Result<NewFile> file = begin(std::move(path), readers, like);
    if (!file)
        return file;
    if (const Result<> appended = file->append(text); !appended)
        return appended.error();
    if (Result<> finished = file->finish(); !finished)
        return finished.error();
    return file;
}

Result<> NewFile::append(std::string_view text) {
    gathered_ += text;
    if (gathered_.size() < piece)
        return {};
    const std::string whole = std::exchange(gathered_, {});
    return sys::write_all(fd_.number(), whole) ? Result<>{} : not_written(path_, errno);
}

Result<> NewFile::finish() {
    if (!fd_)
        return {};
    const sys::Descriptor fd = std::move(fd_);
    const std::string rest = std::exchange(gathered_, {});
    if (!sys::write_all(fd.number(), rest) || !onto_disk(fd.number()))
        return not_written(path_, errno);
    return {};
}

Result<> NewFile::place(Over over) {
    if (Result<> finished = finish(); !finished)
        return finished;
    if (Result<> named = give_name(over); !named)
        return named;
    beside_.clear();
    const sys::Descriptor folder{::open(folder_of(path_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (folder)
        (void)onto_disk(folder.number());
    return {};
}

Result<> NewFile::give_name(Over over) {
    if (over == Over::nothing) {
        if (::link(beside_.c_str(), path_.c_str()) == 0) {
            (void)::unlink(beside_.c_str());
            return {};
        }
        if (errno == EEXIST)
            return is_there_already(path_);
        if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS)
            return not_written(path_, errno);
        if (is_taken(path_)) // a file system without second names
            return is_there_already(path_);
    }
    if (::rename(beside_.c_str(), path_.c_str()) != 0)
        return not_written(path_, errno);
    return {};
}

Result<> place_both(NewFile& fresh, NewFile& other, NewFile::Over over) {
    if (Result<> finished = other.finish(); !finished)
        return finished;
    if (Result<> placed = fresh.place(NewFile::Over::nothing); !placed)
        return placed;
    if (Result<> placed = other.place(over); !placed) {
        (void)::unlink(fresh.path_.c_str());
        return placed;
    }
    return {};
}

} // namespace crier::commands
