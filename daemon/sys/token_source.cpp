#include "sys/token_source.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace crier::sys {
namespace {

constexpr std::size_t longest_token = 4096;

const char* const how_to_get_one = "on your server: Preferences > Development > your application > Your "
                                   "access token (docs: README, A real account)";

/// What people paste by mistake, told apart without showing it.
Result<Secret> read_value(std::string text, const std::string& where) {
    while (!text.empty() &&
           (text.back() == '\n' || text.back() == '\r' || text.back() == ' ' || text.back() == '\t'))
        text.pop_back();
    Secret token{std::move(text)};
    const std::string_view value = token.reveal();
    if (value.empty())
        return Failure{Cause::token, where + " is empty",
                       std::string{"put the access token there: "} + how_to_get_one};
    if (value.substr(0, 7) == "Bearer " || value.substr(0, 7) == "bearer ")
        return Failure{Cause::token, where + " begins with \"Bearer\"",
                       "put the token alone there; crier adds that word"};
    for (const char c : value)
        if (c <= ' ' || c >= 127)
            return Failure{Cause::token,
                           where + " holds a blank, a line break or another character that no token has",
                           "put the token alone there, on one line, without quotes"};
    return token;
}

class VariableToken final : public TokenSource {
public:
    VariableToken(std::string name, const Environment& environment)
        : name_(std::move(name))
        , environment_(environment) {}
    Result<Secret> read() override {
        const auto value = environment_.get(name_);
        if (!value)
            return Failure{
                Cause::token, "the environment variable " + name_ + " is not set",
                "under systemd: put " + name_ +
                    "=... into /etc/crier/crier.env (mode 0600) and restart; the token: " + how_to_get_one};
        return read_value(std::string{*value}, "the environment variable " + name_);
    }

private:
    std::string name_;
    const Environment& environment_;
};

class Descriptor {
public:
    explicit Descriptor(const std::string& path)
        : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
    ~Descriptor() {
        if (fd_ >= 0)
            ::close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const noexcept { return fd_; }

private:
    int fd_;
};

/// Of what was opened, not of its name: a symbolic link cannot be exchanged in between.
Result<> check_mode(int fd, const std::string& path) {
    struct stat info {};
    if (::fstat(fd, &info) != 0 || !S_ISREG(info.st_mode))
        return Failure{Cause::token, path + " is no regular file"};
    if ((info.st_mode & 07) != 0)
        return Failure{Cause::token, path + " may be read by everybody on this machine",
                       "chmod 600 " + path +
                           " (or 640 with the daemon's group); take the token as leaked and make a new one"};
    if ((info.st_mode & 030) != 0)
        return Failure{Cause::token, path + " may be changed by its group", "chmod 640 " + path};
    if (info.st_uid != ::geteuid() && info.st_uid != 0)
        return Failure{Cause::token, path + " belongs to another user (" + std::to_string(info.st_uid) + ")",
                       "chown it to the daemon's user or to root"};
    return {};
}

Result<Secret> read_open_file(int fd, const std::string& path) {
    std::string text(longest_token + 1, '\0');
    const ssize_t length = ::read(fd, text.data(), text.size());
    if (length < 0)
        return Failure{Cause::token, path + ": " + std::strerror(errno)};
    if (static_cast<std::size_t>(length) > longest_token)
        return Failure{Cause::token, path + " is too long for a token",
                       "it must hold the token and nothing else"};
    text.resize(static_cast<std::size_t>(length));
    return read_value(std::move(text), path);
}

class FileToken final : public TokenSource {
public:
    explicit FileToken(std::string path)
        : path_(std::move(path)) {}
    Result<Secret> read() override {
        const Descriptor file{path_};
        if (file.get() < 0)
            return Failure{Cause::token, "the token file " + path_ + ": " + std::strerror(errno),
                           "make it with mode 0600 and the token in it: " + std::string{how_to_get_one}};
        if (const Result<> mode = check_mode(file.get(), path_); !mode)
            return mode.error();
        return read_open_file(file.get(), path_);
    }

private:
    std::string path_;
};

/// systemd keeps credentials where only the service may read them, with modes of its own.
class CredentialToken final : public TokenSource {
public:
    CredentialToken(std::string name, const Environment& environment)
        : name_(std::move(name))
        , environment_(environment) {}
    Result<Secret> read() override {
        const auto directory = environment_.get("CREDENTIALS_DIRECTORY");
        if (!directory)
            return Failure{Cause::token, "there is no credential " + name_ + ": systemd has given none",
                           "add LoadCredential=" + name_ + ":/etc/crier/" + name_ +
                               " to the unit (systemctl edit crier) and restart"};
        const std::string path = std::string{*directory} + "/" + name_;
        const Descriptor file{path};
        if (file.get() < 0)
            return Failure{Cause::token, "the credential " + name_ + ": " + std::strerror(errno),
                           "add LoadCredential=" + name_ + ":/etc/crier/" + name_ +
                               " to the unit (systemctl edit crier) and restart"};
        return read_open_file(file.get(), "the credential " + name_);
    }

private:
    std::string name_;
    const Environment& environment_;
};

} // namespace

std::unique_ptr<TokenSource> make_token_source(const TokenRef& ref, const Environment& environment) {
    switch (ref.kind) {
    case TokenRef::Kind::file:
        return std::make_unique<FileToken>(ref.name);
    case TokenRef::Kind::credential:
        return std::make_unique<CredentialToken>(ref.name, environment);
    case TokenRef::Kind::env:
        break;
    }
    return std::make_unique<VariableToken>(ref.name, environment);
}

} // namespace crier::sys
