#include "plugin/object_file.hpp"

#include <cerrno>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace crier::plugin {

namespace {

Result<> check_owner(const std::string& path, const struct stat& info) {
    if (info.st_uid != 0 && info.st_uid != ::geteuid())
        return Failure{Cause::permission,
                       path + " belongs to user " + std::to_string(info.st_uid) +
                           ", who could have put anything into it",
                       "chown it to root, or to the user that crier runs as"};
    if ((info.st_mode & (S_IWGRP | S_IWOTH)) != 0 && (info.st_mode & S_ISVTX) == 0)
        return Failure{Cause::permission, path + " can be changed by others than its owner",
                       "chmod go-w " + path};
    return {};
}

} // namespace

Result<> check_object_file(const std::string& path) {
    if (path.empty() || path.front() != '/')
        return Failure{Cause::config, "'" + path + "' is no absolute path",
                       "a shared object is named by its whole path, such as /opt/crier/weather.so"};
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0)
        return Failure{errno == ENOENT ? Cause::not_found : Cause::permission,
                       path + ": " + std::generic_category().message(errno),
                       "it must be there, and readable for the user that crier runs as"};
    if (!S_ISREG(info.st_mode))
        return Failure{Cause::config, path + " is no regular file", "name the shared object itself"};
    if (Result<> owned = check_owner(path, info); !owned)
        return owned;
    const std::string folder = path.substr(0, path.rfind('/') + 1);
    if (::stat(folder.c_str(), &info) != 0)
        return Failure{Cause::permission, folder + ": " + std::generic_category().message(errno)};
    return check_owner(folder, info);
}

} // namespace crier::plugin
