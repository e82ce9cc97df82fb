#include "sys/command.hpp"

#include "sys/descriptor.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <string_view>
#include <sys/wait.h>
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
        return Failure{Cause::temporary, std::string{"no pipe: "} + std::strerror(errno)};
    return Pipe{Descriptor{ends[0]}, Descriptor{ends[1]}};
}

void never_block(const Descriptor& file) {
    (void)::fcntl(file.number(), F_SETFL, O_NONBLOCK);
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> list;
    for (const std::string& text : texts)
        list.push_back(const_cast<char*>(text.c_str()));
    list.push_back(nullptr);
    return list;
}

/// A group of its own, every signal as a new program expects it, and the three streams.
Result<pid_t> start(const Command& command, const Pipe& in, const Pipe& out) {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawnattr_init(&attributes);
    ::posix_spawn_file_actions_adddup2(&files, in.read.number(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&files, out.write.number(), STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&files, out.write.number(), STDERR_FILENO);
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
            command.arguments.front() + " cannot be run: " + std::strerror(error),
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

void drain(Descriptor& out, std::string& output, std::size_t most) {
    std::array<char, 4096> bytes{};
    const ssize_t count = ::read(out.number(), bytes.data(), bytes.size());
    if (count > 0)
        output.append(bytes.data(), std::min(static_cast<std::size_t>(count), most - output.size()));
    else if (count == 0 || (errno != EAGAIN && errno != EINTR))
        out = Descriptor{};
}

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

Ended wait_for(pid_t child, const Command& command, const std::atomic<bool>& stop, Descriptor in,
               Descriptor out) {
    const NoPipeSignal quiet;
    const Moment deadline = std::chrono::steady_clock::now() + command.timeout;
    std::string_view input = command.input;
    Ended ended;
    never_block(in);
    never_block(out);
    if (input.empty())
        in = Descriptor{};
    for (;;) {
        std::array<pollfd, 2> files{{{in.number(), POLLOUT, 0}, {out.number(), POLLIN, 0}}};
        (void)::poll(files.data(), files.size(), static_cast<int>(look_again.count()));
        if (files[0].revents != 0)
            feed(in, input);
        if (files[1].revents != 0)
            drain(out, ended.output, command.most_output);
        int status = 0;
        const bool over = ::waitpid(child, &status, WNOHANG) == child;
        if (over) {
            ended.code = code_of(status);
            while (out && ended.output.size() < command.most_output) {
                const std::size_t before = ended.output.size();
                drain(out, ended.output, command.most_output);
                if (ended.output.size() == before)
                    break; // what it started and left running may still write
            }
            return ended;
        }
        if (std::chrono::steady_clock::now() < deadline && !stop)
            continue;
        ::kill(-child, SIGKILL);
        while (::waitpid(child, &status, 0) < 0 && errno == EINTR)
            continue;
        ended.code = code_of(status);
        ended.late = true;
        return ended;
    }
}

} // namespace

Result<Ended> run_command(const Command& command, const std::atomic<bool>& stop) {
    Result<Pipe> in = make_pipe();
    if (!in)
        return in.error();
    Result<Pipe> out = make_pipe();
    if (!out)
        return out.error();
    const Result<pid_t> child = start(command, *in, *out);
    if (!child)
        return child.error();
    in->read = Descriptor{};
    out->write = Descriptor{};
    return wait_for(*child, command, stop, std::move(in->write), std::move(out->read));
}

} // namespace crier::sys
