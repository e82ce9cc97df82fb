#include "media/picture_serve.hpp"

#include "media/picture_wire.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <string>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace crier::media {

namespace {

int say(PictureCode code, const std::string& words) {
    (void)std::fprintf(stderr, "%s\n", words.c_str());
    return code;
}

/// Decoders read what strangers made. They have both files already: so from here on nothing can be opened
/// that is not there to be read by everybody's programs (libraries, their modules), and nothing be written
/// but the result.
void lock_in(std::uint64_t most_bytes) {
    (void)::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    // An attempt that is too large is thrown away, so there is room for one.
    constexpr std::uint64_t least = std::uint64_t{256} << 20U;
    constexpr std::uint64_t room = 8;
    const std::uint64_t most = std::max(least, most_bytes * room);
    const rlimit file{most, most};
    (void)::setrlimit(RLIMIT_FSIZE, &file);
    (void)std::signal(SIGXFSZ, SIG_IGN); // an error of the write instead
    const rlimit none{0, 0};
    (void)::setrlimit(RLIMIT_CORE, &none);
    landlock_ruleset_attr rules{};
    rules.handled_access_fs =
        LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE |
        LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
        LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
        LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
        LANDLOCK_ACCESS_FS_MAKE_SYM;
    const long ruleset = ::syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
    if (ruleset < 0)
        return; // a kernel without it: the limits and the process's own end remain
    for (const char* path :
         {"/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/proc", "/sys/devices/system/cpu"}) {
        landlock_path_beneath_attr readable{};
        readable.parent_fd = ::open(path, O_PATH | O_CLOEXEC);
        if (readable.parent_fd < 0)
            continue;
        struct stat there {};
        const bool folder = ::fstat(readable.parent_fd, &there) == 0 && S_ISDIR(there.st_mode);
        readable.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | (folder ? LANDLOCK_ACCESS_FS_READ_DIR : 0U);
        (void)::syscall(SYS_landlock_add_rule, static_cast<int>(ruleset), LANDLOCK_RULE_PATH_BENEATH,
                        &readable, 0);
        ::close(readable.parent_fd);
    }
    (void)::syscall(SYS_landlock_restrict_self, static_cast<int>(ruleset), 0);
    ::close(static_cast<int>(ruleset));
}

} // namespace

std::string pictures_object() {
#ifdef CRIER_WITH_VIPS
    std::array<char, 4096> own{};
    const ssize_t length = ::readlink("/proc/self/exe", own.data(), own.size() - 1);
    if (length <= 0)
        return {};
    const std::string program{own.data(), static_cast<std::size_t>(length)};
    const std::string folder = program.substr(0, program.rfind('/') + 1);
    const std::string beside = folder + "crier-pictures.so";
    return ::access(beside.c_str(), R_OK) == 0 ? beside
                                               : folder + CRIER_PICTURES_FROM_BIN "/crier-pictures.so";
#else
    return {};
#endif
}

int serve_picture(const PictureJob& job) {
    const std::string path = pictures_object();
    if (path.empty())
        return say(picture_no_library, "built without libvips");
    const int from = ::open(job.from.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (from < 0)
        return say(picture_undecodable,
                   job.from + ": " + std::strerror(errno)); // NOLINT(concurrency-mt-unsafe)
    const int to = ::open(job.to.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (to < 0)
        return say(picture_no_room, job.to + ": " + std::strerror(errno)); // NOLINT(concurrency-mt-unsafe)
    void* const object = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (object == nullptr)
        return say(picture_no_library, ::dlerror()); // NOLINT(concurrency-mt-unsafe): one thread
    const auto make = reinterpret_cast<PictureFunction>(::dlsym(object, picture_function));
    if (make == nullptr)
        return say(picture_no_library, path + " is of another build");
    lock_in(job.limits.bytes);
    std::array<char, 512> words{};
    PictureOrder order;
    order.from = from;
    order.to = to;
    order.suffix = job.suffix.c_str();
    order.most_bytes = job.limits.bytes;
    order.most_pixels = job.limits.pixels;
    order.bare = job.bare ? 1 : 0;
    order.words = words.data();
    order.words_size = words.size();
    const int code = make(&order);
    if (code != picture_made)
        (void)std::fprintf(stderr, "%s\n", words.data());
    // Without the destructors of what was loaded: there is nothing left to be done.
    ::_exit(code);
}

} // namespace crier::media
