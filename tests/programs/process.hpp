#pragma once

#include <chrono>
#include <map>
#include <string>
#include <sys/types.h>
#include <vector>

namespace crier::test {

/// A child process whose output goes to a file. Killed, and waited for, when the object goes.
class Process {
public:
    using Environment = std::map<std::string, std::string>;

    Process(std::vector<std::string> command, const Environment& environment, std::string output_file);
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    void signal(int number) const;
    /// The exit code, or -signal; throws when it has not ended by then.
    int wait(std::chrono::seconds most = std::chrono::seconds{30});
    [[nodiscard]] bool running();
    [[nodiscard]] pid_t pid() const noexcept { return pid_; }
    /// Standard output and error so far.
    [[nodiscard]] std::string output() const;

private:
    pid_t pid_ = -1;
    int status_ = 0;
    std::string output_file_;
};

struct Finished {
    int code = 0;
    std::string out;
    std::string err;
};

/// Runs a command to its end.
///
/// Thread: any.
[[nodiscard]] Finished run_command(const std::vector<std::string>& command,
                                   const Process::Environment& environment, const std::string& directory,
                                   const std::string& input = {});

/// A folder of its own that goes with the object.
class TempDir {
public:
    TempDir();
    ~TempDir();
    TempDir(const TempDir&) = delete;
    TempDir& operator=(const TempDir&) = delete;
    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }

private:
    std::string path_;
};

[[nodiscard]] std::string read_file(const std::string& path);
void write_file(const std::string& path, const std::string& text, unsigned mode = 0600);

/// Looks again and again, up to a deadline: true as soon as `done` says so.
template <class Done>
[[nodiscard]] bool eventually(Done done, std::chrono::milliseconds most = std::chrono::seconds{20});

void pause_briefly();

template <class Done>
bool eventually(Done done, std::chrono::milliseconds most) {
    const auto deadline = std::chrono::steady_clock::now() + most;
    while (!done()) {
        if (std::chrono::steady_clock::now() > deadline)
            return false;
        pause_briefly();
    }
    return true;
}

} // namespace crier::test
