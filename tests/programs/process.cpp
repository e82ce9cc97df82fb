#include "programs/process.hpp"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <spawn.h>
#include <sstream>
#include <stdexcept>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace crier::test {

namespace {

/// What posix_spawn wants of a list of strings.
class Pointers {
public:
    explicit Pointers(std::vector<std::string> strings)
        : strings_(std::move(strings)) {
        for (std::string& string : strings_)
            pointers_.push_back(string.data());
        pointers_.push_back(nullptr);
    }
    char* const* data() { return pointers_.data(); }

private:
    std::vector<std::string> strings_;
    std::vector<char*> pointers_;
};

std::vector<std::string> environment_list(const Process::Environment& environment) {
    std::vector<std::string> list{"PATH=/usr/bin:/bin"};
    // Sanitizers are told by the environment how strict to be.
    for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS"})
        if (const char* value = std::getenv(name))
            list.push_back(std::string{name} + "=" + value);
    for (const auto& [name, value] : environment)
        list.push_back(name + "=" + value);
    return list;
}

pid_t spawn(const std::vector<std::string>& command, const Process::Environment& environment,
            const std::string& in, const std::string& out, const std::string& err) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, in.empty() ? "/dev/null" : in.c_str(), O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (err == out)
        posix_spawn_file_actions_adddup2(&actions, 1, 2);
    else
        posix_spawn_file_actions_addopen(&actions, 2, err.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    Pointers arguments{command};
    Pointers variables{environment_list(environment)};
    pid_t pid = -1;
    const int error =
        posix_spawn(&pid, command.front().c_str(), &actions, nullptr, arguments.data(), variables.data());
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0)
        throw std::runtime_error(command.front() + ": " + std::strerror(error));
    return pid;
}

int code_of(int status) {
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

} // namespace

void pause_briefly() {
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
}

Process::Process(std::vector<std::string> command, const Environment& environment, std::string output_file)
    : pid_(spawn(command, environment, {}, output_file, output_file))
    , output_file_(std::move(output_file)) {}

Process::~Process() {
    if (running()) {
        signal(SIGKILL);
        ::waitpid(pid_, &status_, 0);
    }
}

void Process::signal(int number) const {
    if (pid_ > 0)
        ::kill(pid_, number);
}

bool Process::running() {
    if (pid_ <= 0)
        return false;
    if (::waitpid(pid_, &status_, WNOHANG) == pid_)
        pid_ = -1;
    return pid_ > 0;
}

int Process::wait(std::chrono::seconds most) {
    if (!eventually([this] { return !running(); }, most))
        throw std::runtime_error("the process did not end; it said:\n" + output());
    return code_of(status_);
}

std::string Process::output() const {
    return read_file(output_file_);
}

Finished run_command(const std::vector<std::string>& command, const Process::Environment& environment,
                     const std::string& directory, const std::string& input) {
    static std::atomic<int> number{0};
    const std::string base = directory + "/command-" + std::to_string(++number);
    if (!input.empty())
        write_file(base + ".in", input);
    const pid_t pid =
        spawn(command, environment, input.empty() ? "" : base + ".in", base + ".out", base + ".err");
    int status = 0;
    if (!eventually([&] { return ::waitpid(pid, &status, WNOHANG) == pid; }, std::chrono::seconds{60})) {
        ::kill(pid, SIGKILL);
        ::waitpid(pid, &status, 0);
        throw std::runtime_error("the command did not end: " + command.front() + " " + command.at(1));
    }
    return Finished{code_of(status), read_file(base + ".out"), read_file(base + ".err")};
}

TempDir::TempDir() {
    std::string pattern = std::filesystem::temp_directory_path().string() + "/crier-test-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr)
        throw std::runtime_error(pattern + ": " + std::strerror(errno));
    path_ = pattern;
}

TempDir::~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string read_file(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

void write_file(const std::string& path, const std::string& text, unsigned mode) {
    // Beside and renamed, as a careful operator does it.
    const std::string beside = path + ".new";
    std::ofstream{beside, std::ios::binary} << text;
    ::chmod(beside.c_str(), mode);
    std::filesystem::rename(beside, path);
}

} // namespace crier::test
