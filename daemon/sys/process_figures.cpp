#include "sys/process_figures.hpp"

#include <charconv>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>
#include <vector>

namespace crier::sys {
namespace {

/// A small file of /proc; empty: it cannot be read.
std::string read_small(const char* path) {
    const int file = ::open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return {};
    std::string text(8192, '\0');
    const ssize_t size = ::read(file, text.data(), text.size());
    ::close(file);
    text.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
    return text;
}

/// The numbered word, from 0, as a number.
std::optional<std::uint64_t> word_at(std::string_view text, std::size_t index) {
    std::size_t from = 0;
    for (std::size_t i = 0;; ++i) {
        from = text.find_first_not_of(" \n", from);
        if (from == std::string_view::npos)
            return std::nullopt;
        const std::size_t to = std::min(text.find_first_of(" \n", from), text.size());
        if (i < index) {
            from = to;
            continue;
        }
        std::uint64_t value = 0;
        const auto read = std::from_chars(text.data() + from, text.data() + to, value);
        return read.ec == std::errc{} ? std::optional{value} : std::nullopt;
    }
}

/// As `ls /proc/self/fd` counts, but for the directory that is open for it.
std::optional<std::uint64_t> count_files() {
    struct Close {
        void operator()(DIR* directory) const noexcept { ::closedir(directory); }
    };
    const std::unique_ptr<DIR, Close> directory{::opendir("/proc/self/fd")};
    if (!directory)
        return std::nullopt;
    std::uint64_t count = 0;
    while (const dirent* entry = ::readdir(directory.get()))
        count += entry->d_name[0] != '.' ? 1U : 0U;
    return count > 0 ? count - 1 : 0;
}

/// The kernel says how long after its own start that was.
std::optional<Instant> read_start() {
    const std::string stat = read_small("/proc/self/stat");
    const std::size_t name_end = stat.rfind(')'); // a name may hold blanks
    if (name_end == std::string::npos)
        return std::nullopt;
    const auto ticks = word_at(std::string_view{stat}.substr(name_end + 1), 19);
    timespec real{};
    timespec boot{};
    if (!ticks || ::clock_gettime(CLOCK_REALTIME, &real) != 0 || ::clock_gettime(CLOCK_BOOTTIME, &boot) != 0)
        return std::nullopt;
    const auto micros = [](const timespec& time) {
        return Duration{std::chrono::seconds{time.tv_sec}} +
               std::chrono::floor<Duration>(std::chrono::nanoseconds{time.tv_nsec});
    };
    const std::int64_t per_second = ::sysconf(_SC_CLK_TCK);
    const Duration after_boot{static_cast<std::int64_t>(*ticks) * (1'000'000 / per_second)};
    return Instant{micros(real) - micros(boot) + after_boot};
}

Duration duration_of(const timeval& time) {
    return std::chrono::seconds{time.tv_sec} + std::chrono::microseconds{time.tv_usec};
}

} // namespace

ProcessFigures read_process_figures() {
    ProcessFigures figures;
    const std::string memory = read_small("/proc/self/statm");
    const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    if (const auto pages = word_at(memory, 0))
        figures.virtual_bytes = *pages * page;
    if (const auto pages = word_at(memory, 1))
        figures.resident_bytes = *pages * page;
    if (rusage used{}; ::getrusage(RUSAGE_SELF, &used) == 0)
        figures.cpu = duration_of(used.ru_utime) + duration_of(used.ru_stime);
    figures.open_files = count_files();
    if (rlimit files{}; ::getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur != RLIM_INFINITY)
        figures.most_files = files.rlim_cur;
    // Reckoned once: the wall clock may be set, and a start that moves looks like a restart.
    static const std::optional<Instant> started = read_start();
    figures.started = started;
    return figures;
}

} // namespace crier::sys
