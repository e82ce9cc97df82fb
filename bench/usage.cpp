#include "bench/usage.hpp"

#include "programs/process.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <unistd.h>

namespace crier::bench {

Spent spent(pid_t pid) {
    Spent spent;
    const std::string process = "/proc/" + std::to_string(pid);
    for (const auto& task : std::filesystem::directory_iterator(process + "/task")) {
        double nanoseconds = 0;
        std::ifstream{task.path() / "schedstat"} >> nanoseconds;
        spent.cpu += nanoseconds / 1e9;
    }
    std::istringstream stat{test::read_file(process + "/stat")};
    std::string field;
    for (int i = 1; i <= 15; ++i) // stime is the fifteenth
        stat >> field;
    spent.kernel = std::stod(field) / static_cast<double>(::sysconf(_SC_CLK_TCK));
    return spent;
}

namespace {

double mebibytes(pid_t pid, std::string_view line_of) {
    std::ifstream status{"/proc/" + std::to_string(pid) + "/status"};
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(line_of))
            return std::stod(line.substr(line_of.size())) / 1024;
    return 0;
}

} // namespace

double peak(pid_t pid) {
    return mebibytes(pid, "VmHWM:");
}

double resident(pid_t pid) {
    return mebibytes(pid, "VmRSS:");
}

} // namespace crier::bench
