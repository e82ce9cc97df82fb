#pragma once

#include <csignal>
#include <functional>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace crier::test {

/// A process of its own that can be killed. It says things through a pipe, a line at a time.
///
/// To be made while this process has one thread: no store may be open.
class Child {
public:
    using Say = std::function<void(const std::string& line)>;

    explicit Child(const std::function<void(const Say&)>& work) {
        int ends[2];
        if (::pipe(ends) != 0)
            throw std::runtime_error("pipe");
        pid_ = ::fork();
        if (pid_ < 0)
            throw std::runtime_error("fork");
        if (pid_ == 0) {
            ::close(ends[0]);
            int code = 0;
            try {
                work([&](const std::string& line) {
                    const std::string whole = line + "\n";
                    if (::write(ends[1], whole.data(), whole.size()) < 0)
                        ::_exit(3);
                });
            } catch (...) {
                code = 2;
            }
            ::_exit(code);
        }
        ::close(ends[1]);
        read_ = ends[0];
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() {
        kill();
        ::close(read_);
    }

    [[nodiscard]] pid_t pid() const noexcept { return pid_; }

    /// The next line; empty when there will be none.
    [[nodiscard]] std::string line() {
        std::string text;
        char c = 0;
        while (::read(read_, &c, 1) == 1) {
            if (c == '\n')
                return text;
            text += c;
        }
        return {};
    }

    void kill() {
        if (pid_ <= 0)
            return;
        ::kill(pid_, SIGKILL);
        (void)wait();
    }

    /// Its exit code, or minus the signal that ended it.
    int wait() {
        int status = 0;
        ::waitpid(pid_, &status, 0);
        pid_ = 0;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    }

private:
    pid_t pid_ = 0;
    int read_ = -1;
};

} // namespace crier::test
