#include "sys/token_file.hpp"

#include "sys/descriptor.hpp"
#include "sys/shell_word.hpp"
#include "sys/token_source.hpp"

#include <climits>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <optional>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace crier::sys {
namespace {

constexpr std::size_t longest_file = 4096;
constexpr mode_t too_open = S_IWGRP | S_IXGRP | S_IRWXO;
constexpr mode_t changeable = S_IWGRP | S_IWOTH;

/// The bytes of a file on their way to becoming a Secret; wiped when they go.
struct Bytes {
    std::array<char, longest_file + 1> data{};
    std::size_t size = 0;

    Bytes() = default;
    Bytes(const Bytes&) = delete;
    Bytes& operator=(const Bytes&) = delete;
    ~Bytes() { ::explicit_bzero(data.data(), data.size()); }
    [[nodiscard]] std::string_view text() const noexcept { return {data.data(), size}; }
};

std::string in_words(int error) {
    return std::generic_category().message(error);
}

std::string octal(mode_t mode) {
    std::string text = "0000";
    for (std::size_t i = 0; i < 3; ++i)
        text[3 - i] = static_cast<char>('0' + ((mode >> (3U * i)) & 7U));
    return text;
}

/// Of the folder that it really stands in, behind all links.
bool owns_folder(uid_t user, const std::string& path) {
    char resolved[PATH_MAX];
    if (::realpath(path.c_str(), resolved) == nullptr)
        return false;
    std::string folder = resolved;
    folder.resize(folder.rfind('/') + 1);
    struct stat info {};
    return ::stat(folder.c_str(), &info) == 0 && info.st_uid == user;
}

/// Ours, root's, and for root a service's in the service's folder: whose folder it is can put there what he
/// likes in any case.
bool is_trusted(uid_t owner, const std::string& path) {
    return owner == ::geteuid() || owner == 0 || (::geteuid() == 0 && owns_folder(owner, path));
}

std::optional<Failure> refusal(int file, const std::string& path, const std::string& what, Exposed exposed) {
    struct stat info {};
    if (::fstat(file, &info) != 0)
        return Failure{Cause::token, what + ": " + in_words(errno)};
    if (!S_ISREG(info.st_mode))
        return Failure{Cause::token, what + " is not a regular file", "name the file that holds the token"};
    if (!is_trusted(info.st_uid, path))
        return Failure{Cause::token,
                       what + " belongs to another user (uid " + std::to_string(info.st_uid) + ")",
                       ::geteuid() == 0 ? "run this as that user, or put the file into a folder of his"
                                        : "chown it to the user that crier runs as"};
    if ((info.st_mode & (exposed == Exposed::taken ? changeable : too_open)) != 0)
        return Failure{Cause::token,
                       what + " is open to others (mode " + octal(info.st_mode) +
                           "): the token may be known to them",
                       "chmod 600 " + shell_word(path) + "; if others use this machine, make a new token"};
    return std::nullopt;
}

std::optional<Failure> load(int file, const std::string& what, Bytes& bytes) {
    while (bytes.size < bytes.data.size()) {
        const auto size = ::read(file, bytes.data.data() + bytes.size, bytes.data.size() - bytes.size);
        if (size == 0)
            return std::nullopt;
        if (size > 0)
            bytes.size += static_cast<std::size_t>(size);
        else if (errno != EINTR)
            return Failure{Cause::token, what + " cannot be read: " + in_words(errno)};
    }
    return Failure{Cause::token, what + " is longer than 4 KiB: that is no token",
                   "write only the token into it"};
}

Failure cannot_open(int error, const std::string& what, const std::string& missing) {
    if (error == ENOENT || error == ENOTDIR)
        return {Cause::not_found, what + " is not there", missing};
    if (error == EACCES || error == EPERM)
        return {Cause::token, what + " may not be read by the user that crier runs as",
                "chown it to that user with mode 0600, or use LoadCredential= in the unit"};
    return {Cause::token, what + " cannot be opened: " + in_words(error)};
}

} // namespace

Result<Secret> read_private_file(const std::string& path, const std::string& what, const std::string& missing,
                                 Exposed exposed) {
    // O_NONBLOCK: opening a pipe that nobody writes must not hang the daemon.
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)};
    if (!file)
        return cannot_open(errno, what, missing);
    if (auto failure = refusal(file.number(), path, what, exposed))
        return std::move(*failure);
    Bytes bytes;
    if (auto failure = load(file.number(), what, bytes))
        return std::move(*failure);
    return Secret{std::string{bytes.text()}};
}

Result<Secret> read_token_file(const std::string& path, const std::string& what, const std::string& missing,
                               Exposed exposed) {
    const Result<Secret> text = read_private_file(path, what, missing, exposed);
    if (text)
        return parse_token(text->reveal(), what);
    Failure failure = text.error();
    if (failure.cause == Cause::not_found)
        failure.cause = Cause::token;
    return failure;
}

} // namespace crier::sys
