// How long a program takes to be ready, how much memory it has then, and how often it wakes while it idles;
// or how long it takes from its start to its end, and its memory at its peak.
//
//   crier-bench-process (--notify|--line) RUNS IDLE_SECONDS COMMAND...
//   crier-bench-process --end COMMAND...
//
// Ready is what the program says: READY=1 to $NOTIFY_SOCKET (--notify), or a first byte on its standard
// output
// (--line). It is started RUNS times; the last one is left alone for IDLE_SECONDS. Prints one JSON object.

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void die(const std::string& what) {
    throw std::runtime_error(what + ": " + std::strerror(errno));
}

/// A datagram socket as systemd would give it.
class Notifications {
public:
    explicit Notifications(const std::string& directory)
        : path_(directory + "/notify")
        , socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path_.copy(address.sun_path, sizeof address.sun_path - 1);
        if (socket_ < 0 || ::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
            die(path_);
    }
    ~Notifications() { ::close(socket_); }
    Notifications(const Notifications&) = delete;
    Notifications& operator=(const Notifications&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] int descriptor() const { return socket_; }
    [[nodiscard]] bool ready() const {
        char text[4096];
        const ssize_t size = ::recv(socket_, text, sizeof text, 0);
        return size > 0 &&
               std::string(text, static_cast<std::size_t>(size)).find("READY=1") != std::string::npos;
    }

private:
    std::string path_;
    int socket_;
};

long field(const std::string& file, const std::string& name) {
    std::ifstream in{file};
    for (std::string line; std::getline(in, line);)
        if (line.compare(0, name.size() + 1, name + ":") == 0)
            return std::strtol(line.c_str() + name.size() + 1, nullptr, 10);
    return 0;
}

/// How often its threads have gone to sleep.
long switches(pid_t pid) {
    long sum = 0;
    for (const auto& task : std::filesystem::directory_iterator("/proc/" + std::to_string(pid) + "/task"))
        sum += field(task.path().string() + "/status", "voluntary_ctxt_switches");
    return sum;
}

struct Started {
    pid_t pid = -1;
    double milliseconds = 0;
};

Started start(const std::vector<char*>& command, const Notifications* notifications) {
    int out[2];
    if (::pipe2(out, O_CLOEXEC) != 0)
        die("pipe");
    const auto begun = Clock::now();
    const pid_t pid = ::fork();
    if (pid < 0)
        die("fork");
    if (pid == 0) {
        if (notifications != nullptr)
            ::setenv("NOTIFY_SOCKET", notifications->path().c_str(), 1);
        else
            ::dup2(out[1], 1);
        const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
        if (notifications != nullptr)
            ::dup2(nothing, 1);
        ::dup2(nothing, 2);
        ::execvp(command[0], command.data());
        ::_exit(127);
    }
    ::close(out[1]);
    pollfd wait{notifications != nullptr ? notifications->descriptor() : out[0], POLLIN, 0};
    Started started;
    started.pid = pid;
    for (;;) {
        if (::poll(&wait, 1, 120'000) <= 0 || ::waitpid(pid, nullptr, WNOHANG) == pid)
            throw std::runtime_error("the program did not get ready");
        if (notifications == nullptr || notifications->ready())
            break;
    }
    started.milliseconds = std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
    ::close(out[0]);
    return started;
}

void end(pid_t pid) {
    ::kill(pid, SIGTERM);
    ::waitpid(pid, nullptr, 0);
}

/// One run to its end, whose words on standard error are passed on. This program is small, so what a child
/// has before it becomes the command is below any peak.
int whole_run(const std::vector<char*>& command) {
    const auto begun = Clock::now();
    const pid_t pid = ::fork();
    if (pid == 0) {
        const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
        ::dup2(nothing, 1);
        ::execvp(command[0], command.data());
        ::_exit(127);
    }
    int status = 0;
    rusage used{};
    if (pid < 0 || ::wait4(pid, &status, 0, &used) != pid)
        return 1;
    const double milliseconds = std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
    std::printf("{\"run_ms\":%.2f,\"peak_kb\":%ld}\n", milliseconds, used.ru_maxrss);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

int usage() {
    std::fprintf(stderr, "usage: crier-bench-process (--notify|--line) RUNS IDLE_SECONDS COMMAND...\n"
                         "       crier-bench-process --end COMMAND...\n");
    return 2;
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 3)
        return usage();
    if (std::string{argv[1]} == "--end") {
        std::vector<char*> whole{argv + 2, argv + argc};
        whole.push_back(nullptr);
        return whole_run(whole);
    }
    if (argc < 5)
        return usage();
    const bool notify = std::string{argv[1]} == "--notify";
    const int runs = std::max(std::atoi(argv[2]), 1);
    const int idle = std::max(std::atoi(argv[3]), 0);
    std::vector<char*> command{argv + 4, argv + argc};
    command.push_back(nullptr);
    std::string directory = std::filesystem::temp_directory_path().string() + "/crier-bench-XXXXXX";
    if (::mkdtemp(directory.data()) == nullptr)
        die(directory);
    int code = 0;
    try {
        const Notifications notifications{directory};
        std::vector<double> times;
        long memory = 0;
        long wakes = 0;
        for (int run = 1; run <= runs; ++run) {
            const Started started = start(command, notify ? &notifications : nullptr);
            times.push_back(started.milliseconds);
            if (run == runs) {
                // What belongs to the start is over after a moment.
                std::this_thread::sleep_for(std::chrono::seconds{std::min(idle, 3)});
                const long before = switches(started.pid);
                std::this_thread::sleep_for(std::chrono::seconds{idle});
                wakes = switches(started.pid) - before;
                memory = field("/proc/" + std::to_string(started.pid) + "/status", "VmRSS");
            }
            end(started.pid);
        }
        std::sort(times.begin(), times.end());
        std::printf("{\"start_ms\":%.2f,\"start_ms_best\":%.2f,\"rss_kb\":%ld,\"wakes\":%ld,\"idle_s\":%d}\n",
                    times[times.size() / 2], times.front(), memory, wakes, idle);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "crier-bench-process: %s\n", error.what());
        code = 1;
    }
    std::filesystem::remove_all(directory);
    return code;
}
