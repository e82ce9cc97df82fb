#include "bench/peers/feed2exec.hpp"

#include <filesystem>
#include <unistd.h>

namespace crier::bench {
namespace {

constexpr const char* program = "/usr/bin/feed2exec";

} // namespace

bool FeedToExecSetup::installed() {
    return std::filesystem::exists(program);
}

FeedToExecSetup::FeedToExecSetup(const test::TempDir& directory, const std::string& feed)
    : database_("/dev/shm/crier-bench-feed2exec-" + std::to_string(::getpid()))
    , command_{program, "--config", directory.file("feed2exec.ini"), "--database", database_, "fetch"}
    , environment_{{"HOME", directory.path()}, {"LC_ALL", "C.UTF-8"}} {
    const std::string ini = "[DEFAULT]\noutput = feed2exec.plugins.echo\n[feed]\nurl = " + feed + "\n";
    test::write_file(directory.file("feed2exec.ini"), ini);
}

FeedToExecSetup::~FeedToExecSetup() {
    for (const char* end : {"", "-journal", "-wal", "-shm"}) {
        std::error_code ignored;
        std::filesystem::remove(database_ + end, ignored);
    }
}

} // namespace crier::bench
