#pragma once

#include "programs/process.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace crier::bench {

/// Debian's feed2toot with its defaults, its configuration and cache in a folder. It says "{title} {link}".
class FeedToTootSetup {
public:
    /// `limit`: of the newest items that it looks at (its own default: 10).
    FeedToTootSetup(const test::TempDir& directory, const std::string& server, const std::string& feed,
                    std::size_t limit, const std::string& access_token);

    [[nodiscard]] const std::vector<std::string>& command() const noexcept { return command_; }
    [[nodiscard]] const test::Process::Environment& environment() const noexcept { return environment_; }
    /// A lock that a killed run has left is taken away, as its user or its timeout would.
    void unlock() const;

private:
    std::string lock_;
    std::vector<std::string> command_;
    test::Process::Environment environment_;
};

} // namespace crier::bench
