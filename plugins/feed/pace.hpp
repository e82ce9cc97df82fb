#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace crier::feed {

/// How often a feed says that it is worth a look: RSS's ttl, the syndication module's period and frequency.
///
/// skipHours and skipDays are left alone: they go by the clock, and a plugin has none.
class Pace {
public:
    void ttl(std::string_view minutes);
    void period(std::string_view name) { period_ = seconds_of(name); }
    void frequency(std::string_view times_a_period);

    /// Seconds; the longer of the two, a day at most: many a feed says "yearly" and means nothing by it.
    [[nodiscard]] std::optional<std::int64_t> wait() const;

private:
    static std::int64_t seconds_of(std::string_view period);

    std::int64_t ttl_ = 0;
    std::int64_t period_ = 0;
    std::int64_t frequency_ = 1;
};

} // namespace crier::feed
