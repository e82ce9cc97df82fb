#pragma once

#include "programs/process.hpp"

#include <string>
#include <vector>

namespace crier::bench {

/// Debian's feed2exec on one feed. Its database is in memory (/dev/shm): it commits each new item by itself,
/// which on a busy disk takes minutes, and is not what is measured. Goes with the object.
class FeedToExecSetup {
public:
    FeedToExecSetup(const test::TempDir& directory, const std::string& feed);
    ~FeedToExecSetup();
    FeedToExecSetup(const FeedToExecSetup&) = delete;
    FeedToExecSetup& operator=(const FeedToExecSetup&) = delete;

    [[nodiscard]] static bool installed();
    /// A look at the feed; with "--catchup" behind it, one that takes all items for seen.
    [[nodiscard]] const std::vector<std::string>& command() const noexcept { return command_; }
    [[nodiscard]] const test::Process::Environment& environment() const noexcept { return environment_; }

private:
    std::string database_;
    std::vector<std::string> command_;
    test::Process::Environment environment_;
};

} // namespace crier::bench
