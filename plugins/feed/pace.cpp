#include "feed/pace.hpp"

#include "feed/dates.hpp"
#include "kit/ascii.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

namespace crier::feed {
namespace {

constexpr std::int64_t day = 86400;

constexpr std::array<std::string_view, 7> weekdays{"sunday",   "monday", "tuesday", "wednesday",
                                                   "thursday", "friday", "saturday"};

/// A number from 0 on; nothing for anything else.
std::optional<std::int64_t> whole(std::string_view text) {
    text = kit::trimmed(text);
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return read.ec == std::errc{} && value >= 0 ? std::optional{value} : std::nullopt;
}

} // namespace

void Pace::ttl(std::string_view minutes) {
    ttl_ = std::min(whole(minutes).value_or(0), day) * 60;
}

void Pace::frequency(std::string_view times_a_period) {
    frequency_ = std::max<std::int64_t>(whole(times_a_period).value_or(1), 1);
}

void Pace::base(std::string_view date) {
    base_ = parse_date(date);
}

void Pace::skip_hour(std::string_view hour) {
    if (const auto number = whole(hour); number && *number <= 24)
        skip_hours_ |= 1U << static_cast<unsigned>(*number % 24);
}

void Pace::skip_day(std::string_view name) {
    name = kit::trimmed(name);
    for (std::size_t i = 0; i < weekdays.size(); ++i)
        if (kit::same_but_case(name, weekdays[i]))
            skip_days_ |= 1U << i;
}

std::int64_t Pace::seconds_of(std::string_view period) {
    period = kit::trimmed(period);
    return period == "hourly"                                                                     ? 3600
           : period == "daily" || period == "weekly" || period == "monthly" || period == "yearly" ? day
                                                                                                  : 0;
}

std::optional<sdk::Pace> Pace::get() const {
    const std::int64_t by_period = period_ / frequency_;
    sdk::Pace pace;
    pace.step = std::min(std::max(ttl_, by_period), day);
    pace.skip_hours = skip_hours_;
    pace.skip_days = skip_days_;
    // A ttl counts from the look.
    if (by_period > 0 && by_period >= ttl_)
        pace.base = base_;
    if (pace.step == 0 && skip_hours_ == 0 && skip_days_ == 0)
        return std::nullopt;
    return pace;
}

} // namespace crier::feed
