#include "bench/apart.hpp"

#include <chrono>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <malloc.h>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace crier::bench {
namespace {

/// MiB of this process; "VmRSS" now, "VmHWM" at its most.
double own_memory(const std::string& field) {
    std::ifstream status{"/proc/self/status"};
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(field + ":"))
            return std::stod(line.substr(field.size() + 1)) / 1024;
    throw std::runtime_error("/proc/self/status has no " + field);
}

Apart measure(const std::function<void()>& work) {
    ::malloc_trim(0); // what the parent has freed would be used again, and not be seen
    Apart result;
    std::ofstream{"/proc/self/clear_refs"} << 5; // the peak begins anew
    const double before = own_memory("VmRSS");
    const auto begun = std::chrono::steady_clock::now();
    work();
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    result.peak_mib = own_memory("VmHWM") - before;
    return result;
}

} // namespace

Apart apart(const std::function<void()>& work) {
    int ends[2];
    if (::pipe(ends) != 0)
        throw std::runtime_error("there is no pipe to be had");
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        try {
            const Apart result = measure(work);
            ::_exit(::write(ends[1], &result, sizeof result) == sizeof result ? 0 : 1);
        } catch (const std::exception&) {
            ::_exit(1);
        }
    }
    ::close(ends[1]);
    Apart result;
    const bool whole = child > 0 && ::read(ends[0], &result, sizeof result) == sizeof result;
    ::close(ends[0]);
    int status = 0;
    if (child > 0)
        ::waitpid(child, &status, 0);
    if (!whole || status != 0)
        throw std::runtime_error("what was to be measured in a process of its own failed there");
    return result;
}

} // namespace crier::bench
