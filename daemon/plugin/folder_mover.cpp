#include "plugin/folder_mover.hpp"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace crier::plugin {

namespace {

/// Some programs name every file alike.
constexpr int most_tries = 10'000;

Failure cannot(const std::string& what, int error) {
    return Failure{
        error == ENOENT ? Cause::not_found : Cause::permission,
        what + ": " + std::generic_category().message(error),
        "crier's user must be able to write to the folder; under systemd name it in "
        "ReadWritePaths= of the unit and let its owner or group be one of the unit's, or say `after: keep`"};
}

bool exists(const std::string& path) {
    struct stat info {};
    return ::lstat(path.c_str(), &info) == 0;
}

/// `name` without its folders.
std::string last_part(const std::string& name) {
    return name.substr(name.rfind('/') + 1);
}

/// "b.jpg", "b (2).jpg", ...: one that nothing has there.
std::string free_name(const std::string& folder, const std::string& name) {
    const std::size_t dot = name.rfind('.');
    const std::string stem = name.substr(0, dot == 0 ? std::string::npos : dot);
    const std::string ending = name.substr(stem.size());
    std::string tried = name;
    for (int number = 2; number < most_tries && exists(folder + tried); ++number)
        tried = std::string{stem}.append(" (").append(std::to_string(number)).append(")").append(ending);
    return tried;
}

Result<> write_note(const std::string& path, const std::string& words) {
    const std::string beside = path + ".tmp";
    const int fd = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (fd < 0)
        return cannot(beside, errno);
    const std::string text = words + "\n";
    const bool written = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    const int error = errno;
    ::close(fd);
    if (!written)
        return cannot(beside, error);
    if (::rename(beside.c_str(), path.c_str()) != 0)
        return cannot(path, errno);
    return {};
}

} // namespace

Result<> move_files(const std::string& folder, const std::string& into, const std::vector<std::string>& names,
                    const std::string& words) {
    const std::string& main = names.front();
    if (!exists(folder + "/" + main))
        return {};
    const std::string target = folder + "/" + into + "/";
    if (::mkdir(target.c_str(), 0755) != 0 && errno != EEXIST)
        return cannot(target, errno);
    const std::string name = free_name(target, last_part(main));
    if (Result<> noted = write_note(target + name + ".log", words); !noted)
        return noted;
    for (std::size_t i = names.size(); i-- > 0;) {
        const std::string from = folder + "/" + names[i];
        const std::string to = target + (i == 0 ? name : free_name(target, last_part(names[i])));
        if (::rename(from.c_str(), to.c_str()) != 0 && errno != ENOENT)
            return cannot(from, errno);
    }
    return {};
}

} // namespace crier::plugin
