#pragma once

#include "programs/process.hpp"
#include "programs/sandbox.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace crier::bench {

/// A program that posts the sandbox's feed, as somebody would run it. Both say "{title} {link}".
class FeedBot {
public:
    virtual ~FeedBot() = default;

    /// What its operator or cron does: a run begins; a daemon that runs already goes on.
    virtual void run() = 0;
    virtual void signal(int number) = 0;
    /// Until it has done what it does with so many items in the feed so far. Bounded in time.
    virtual void settle(std::size_t items) = 0;
};

/// feed2toot, looking at so many of the newest items.
[[nodiscard]] std::unique_ptr<FeedBot> feed2toot(const test::TempDir& directory, const std::string& url,
                                                 std::size_t limit);

/// crier with the defaults of an account; the feed is looked at each second, for the rows are many.
[[nodiscard]] std::unique_ptr<FeedBot> crier_daemon(const test::TempDir& directory, const std::string& url);

} // namespace crier::bench
