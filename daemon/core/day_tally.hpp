#pragma once

#include "core/post.hpp"
#include "core/time.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// What went out on which day, and how late.
namespace crier {

struct DayCount {
    std::int64_t published = 0;
    std::int64_t failed = 0;
    std::map<std::string, std::int64_t, std::less<>> by_account; ///< published
};

struct LatePost {
    PostId id = 0;
    std::string account;
    Instant due{};
    Duration late{};
};

/// How long after it was due the request to publish was made, of all that were published. A percentile is the
/// value of a post that was there (nearest rank); zero where there is none.
struct Lateness {
    std::size_t count = 0;
    Duration p50{};
    Duration p90{};
    Duration p99{};
    Duration most{};
    std::vector<LatePost> worst; ///< at most ten, the latest first; none that was in time
};

struct Counted {
    std::vector<DayCount> days;
    Lateness lateness;

    Counted() = default; // no aggregate: docs/ARCHITECTURE.md, "Traps"
};

/// Takes posts in any order; costs eight bytes for each.
class DayTally {
public:
    static constexpr std::size_t most_worst = 10;

    /// Rising: when each day begins, and behind them when the last one ends.
    explicit DayTally(std::vector<Instant> days);

    /// `at`: when the request that published it was made. What lies outside all days does not count.
    void published(PostId id, std::string_view account, Instant due, Instant at);
    void failed(Instant at);

    [[nodiscard]] Counted finish();

private:
    [[nodiscard]] DayCount* day_of(Instant at);

    std::vector<Instant> days_;
    Counted counted_;
    std::vector<Duration> late_;
};

} // namespace crier
