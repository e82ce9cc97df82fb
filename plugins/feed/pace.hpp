#pragma once

#include "sdk/crier_plugin.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace crier::feed {

/// When a feed says that it is worth a look: RSS's ttl, skipHours and skipDays, the syndication module's
/// period, frequency and base.
class Pace {
public:
    void ttl(std::string_view minutes);
    void period(std::string_view name) { period_ = seconds_of(name); }
    void frequency(std::string_view times_a_period);
    void base(std::string_view date);
    /// 0 to 23, in GMT; 24 is midnight, as RSS 0.91 counts.
    void skip_hour(std::string_view hour);
    /// A day of the week by its English name.
    void skip_day(std::string_view name);

    /// Of ttl and period the longer one, a day at most: many a feed says "yearly" and means nothing by it.
    /// Nothing: it says nothing of all this.
    [[nodiscard]] std::optional<sdk::Pace> get() const;

private:
    static std::int64_t seconds_of(std::string_view period);

    std::int64_t ttl_ = 0;
    std::int64_t period_ = 0;
    std::int64_t frequency_ = 1;
    std::optional<std::int64_t> base_;
    std::uint32_t skip_hours_ = 0;
    std::uint32_t skip_days_ = 0;
};

} // namespace crier::feed
