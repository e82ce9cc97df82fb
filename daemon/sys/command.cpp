#include "sys/command.hpp"

#include "sys/descriptor.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <string_view>
#include <sys/resource.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace crier::sys {
namespace {

using Moment = std::chrono::steady_clock::time_point;

/// How often it is looked whether the program has ended, which closes no pipe that a child of it still has.
constexpr std::chrono::milliseconds look_again{20};

struct Pipe {
    Descriptor read;
    Descriptor write;
};

Result<Pipe> make_pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return Failure{Cause::temporary, "no pipe: " + std::generic_category().message(errno)};
    return Pipe{Descriptor{ends[0]}, Descriptor{ends[1]}};
}

void never_block(const Descriptor& file) {
    (void)::fcntl(file.number(), F_SETFL, O_NONBLOCK);
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> list;
    list.reserve(texts.size() + 1);
    for (const std::string& text : texts)
        list.push_back(const_cast<char*>(text.c_str()));
    list.push_back(nullptr);
    return list;
}

/// A group of its own, every signal as a new program expects it, and the three streams; `errors` may be
/// `out`.
Result<pid_t> start(const Command& command, const Pipe& in, const Pipe& out, const Pipe& errors) {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawnattr_init(&attributes);
    ::posix_spawn_file_actions_adddup2(&files, in.read.number(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&files, out.write.number(), STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&files, errors.write.number(), STDERR_FILENO);
    // Of ours it has nothing else: one that outlives us must hold no door open, nor come in by it.
    ::posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    sigset_t signals;
    ::sigemptyset(&signals);
    ::posix_spawnattr_setsigmask(&attributes, &signals);
    ::sigfillset(&signals);
    ::posix_spawnattr_setsigdefault(&attributes, &signals);
    ::posix_spawnattr_setpgroup(&attributes, 0);
    ::posix_spawnattr_setflags(
        &attributes,
        static_cast<short>(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF));
    pid_t child = 0;
    const int error = ::posix_spawn(&child, command.arguments.front().c_str(), &files, &attributes,
                                    pointers(command.arguments).data(), pointers(command.environment).data());
    ::posix_spawn_file_actions_destroy(&files);
    ::posix_spawnattr_destroy(&attributes);
    if (error != 0)
        return Failure{
            error == ENOENT ? Cause::not_found : Cause::permission,
            command.arguments.front() + " cannot be run: " + std::generic_category().message(error),
            "it must be there, be executable for crier's user, and begin with #! where it is a script"};
    return child;
}

/// Writes what the program takes of its input; closes it at the end, or when it does not want more.
void feed(Descriptor& in, std::string_view& input) {
    const ssize_t written = ::write(in.number(), input.data(), input.size());
    if (written > 0)
        input.remove_prefix(static_cast<std::size_t>(written));
    if (input.empty() || (written < 0 && errno != EAGAIN && errno != EINTR))
        in = Descriptor{};
}

/// What a program writes to one pipe, as far as it is kept.
class Stream {
public:
    Stream(Descriptor pipe, std::string& kept, std::size_t most)
        : pipe_(std::move(pipe))
        , kept_(kept)
        , most_(most) {
        if (pipe_)
            never_block(pipe_);
    }

    /// False: there is nothing at the moment, or no more at all.
    bool read() {
        std::array<char, 16384> bytes; // NOLINT(cppcoreguidelines-pro-type-member-init): scratch memory
        const ssize_t count = pipe_ ? ::read(pipe_.number(), bytes.data(), bytes.size()) : 0;
        if (count > 0) {
            const auto size = static_cast<std::size_t>(count);
            const std::size_t room = most_ - kept_.size();
            kept_.append(bytes.data(), std::min(size, room));
            over_ = over_ || size > room;
            return true;
        }
        if (count == 0 || (errno != EAGAIN && errno != EINTR))
            pipe_ = Descriptor{};
        return false;
    }

    /// After its end: what is still in the pipe. What it started and left running may still write, without
    /// end.
    void read_rest() {
        while (!over_ && read())
            continue;
    }

    [[nodiscard]] int number() const noexcept { return pipe_.number(); }
    [[nodiscard]] bool over() const noexcept { return over_; }

private:
    Descriptor pipe_;
    std::string& kept_;
    std::size_t most_;
    bool over_ = false; ///< there was more than that
};

int code_of(int status) {
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// A program that does not read its input must not end this one.
class NoPipeSignal {
public:
    NoPipeSignal() {
        ::sigemptyset(&pipe_);
        ::sigaddset(&pipe_, SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
    }
    ~NoPipeSignal() {
        const timespec at_once{};
        while (::sigtimedwait(&pipe_, nullptr, &at_once) > 0)
            continue;
        ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }
    NoPipeSignal(const NoPipeSignal&) = delete;
    NoPipeSignal& operator=(const NoPipeSignal&) = delete;

private:
    sigset_t pipe_{};
    sigset_t before_{};
};

/// This side's ends of the pipes.
struct Ends {
    Descriptor in;
    Descriptor out;
    Descriptor errors; ///< none where they stand in the output
};

Ended wait_for(pid_t child, const Command& command, const std::atomic<bool>& stop, Ends ends) {
    const NoPipeSignal quiet;
    const Moment deadline = std::chrono::steady_clock::now() + command.timeout;
    std::string_view input = command.input;
    Ended ended;
    Descriptor in = std::move(ends.in);
    never_block(in);
    Stream out{std::move(ends.out), ended.output, command.most_output};
    Stream errors{std::move(ends.errors), ended.errors, command.most_errors};
    if (input.empty())
        in = Descriptor{};
    for (;;) {
        std::array<pollfd, 3> files{
            {{in.number(), POLLOUT, 0}, {out.number(), POLLIN, 0}, {errors.number(), POLLIN, 0}}};
        (void)::poll(files.data(), files.size(), static_cast<int>(look_again.count()));
        if (files[0].revents != 0)
            feed(in, input);
        if (files[1].revents != 0)
            (void)out.read();
        if (files[2].revents != 0)
            (void)errors.read();
        int status = 0;
        const bool over = ::waitpid(child, &status, WNOHANG) == child;
        if (over) {
            out.read_rest();
            errors.read_rest();
            ended.code = code_of(status);
            ended.over = out.over();
            return ended;
        }
        const bool late = std::chrono::steady_clock::now() >= deadline || stop;
        const bool useless = command.surplus == Surplus::end && out.over();
        if (!late && !useless)
            continue;
        ::kill(-child, SIGKILL);
        while (::waitpid(child, &status, 0) < 0 && errno == EINTR)
            continue;
        ended.code = code_of(status);
        ended.late = late;
        ended.over = out.over();
        return ended;
    }
}

} // namespace

Result<Ended> run_command(const Command& command, const std::atomic<bool>& stop) {
    if (stop) {
        Ended never_begun;
        never_begun.late = true;
        return never_begun;
    }
    Result<Pipe> in = make_pipe();
    if (!in)
        return in.error();
    Result<Pipe> out = make_pipe();
    if (!out)
        return out.error();
    Result<Pipe> errors = Pipe{Descriptor{}, Descriptor{}};
    if (command.errors_apart)
        errors = make_pipe();
    if (!errors)
        return errors.error();
    const Result<pid_t> child = start(command, *in, *out, command.errors_apart ? *errors : *out);
    if (!child)
        return child.error();
    // From outside, so that it holds before the program has begun to be of any size.
    if (command.most_memory > 0) {
        const rlimit most{command.most_memory, command.most_memory};
        if (::prlimit(*child, RLIMIT_DATA, &most, nullptr) != 0 && errno != ESRCH) { // it has ended already
            const int error = errno;
            ::kill(-*child, SIGKILL);
            while (::waitpid(*child, nullptr, 0) < 0 && errno == EINTR)
                continue;
            return Failure{Cause::permission,
                           command.arguments.front() +
                               ": its memory cannot be limited: " + std::generic_category().message(error),
                           "let the unit have SystemCallFilter=prlimit64, as crier's own has"};
        }
    }
    in->read = Descriptor{};
    out->write = Descriptor{};
    errors->write = Descriptor{};
    return wait_for(*child, command, stop,
                    Ends{std::move(in->write), std::move(out->read), std::move(errors->read)});
}

} // namespace crier::sys
