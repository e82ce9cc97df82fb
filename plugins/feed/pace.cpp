#include "feed/pace.hpp"

#include "kit/ascii.hpp"

#include <algorithm>
#include <charconv>

namespace crier::feed {
namespace {

constexpr std::int64_t day = 86400;

/// A positive number, or 0.
std::int64_t positive(std::string_view text) {
    text = kit::trimmed(text);
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return read.ec == std::errc{} && value > 0 ? value : 0;
}

} // namespace

void Pace::ttl(std::string_view minutes) {
    ttl_ = std::min(positive(minutes), day) * 60;
}

void Pace::frequency(std::string_view times_a_period) {
    frequency_ = std::max<std::int64_t>(positive(times_a_period), 1);
}

std::int64_t Pace::seconds_of(std::string_view period) {
    period = kit::trimmed(period);
    return period == "hourly"                                                                     ? 3600
           : period == "daily" || period == "weekly" || period == "monthly" || period == "yearly" ? day
                                                                                                  : 0;
}

std::optional<std::int64_t> Pace::wait() const {
    const std::int64_t wait = std::min(std::max(ttl_, period_ / frequency_), day);
    if (wait == 0)
        return std::nullopt;
    return wait;
}

} // namespace crier::feed
