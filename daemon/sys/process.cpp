#include "sys/process.hpp"

#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace crier::sys {
namespace {

/// A closed standard stream would give its number to the next file, and messages would be written into it.
void fill_standard_streams() {
    for (int stream = 0; stream <= 2; ++stream)
        if (::fcntl(stream, F_GETFD) < 0)
            (void)::open("/dev/null", O_RDWR); // the lowest free number: this one
}

/// Each account and feed may hold a connection: as many files as are allowed without asking.
void raise_file_limit() {
    constexpr rlim_t most = 65536;
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0)
        return;
    const rlim_t wanted = std::min(files.rlim_max, most);
    if (files.rlim_cur >= wanted)
        return;
    files.rlim_cur = wanted;
    (void)::setrlimit(RLIMIT_NOFILE, &files);
}

} // namespace

void protect_process() {
    (void)::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    const rlimit none{0, 0};
    (void)::setrlimit(RLIMIT_CORE, &none);
    ::umask(0077);
    fill_standard_streams();
    (void)::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
    raise_file_limit();
}

bool has_standard_output() {
    return ::fcntl(STDOUT_FILENO, F_GETFD) >= 0;
}

void outlive_readers() {
    std::signal(SIGPIPE, SIG_IGN);
}

} // namespace crier::sys
