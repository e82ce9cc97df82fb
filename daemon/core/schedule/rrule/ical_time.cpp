#include "core/schedule/rrule/ical_time.hpp"

#include "core/ascii.hpp"

#include <algorithm>

namespace crier::schedule {

std::optional<IcalTime> IcalTime::parse(std::string_view text) {
    const auto digits = [&](std::size_t at, std::size_t count) {
        int value = 0;
        for (const char c : text.substr(at, count))
            value = ascii::is_digit(c) && value >= 0 ? value * 10 + (c - '0') : -1;
        return value;
    };
    IcalTime out;
    out.utc = text.size() == 16 && ascii::lower(text.back()) == 'z';
    out.date = text.size() == 8;
    if (!out.utc && !out.date && text.size() != 15)
        return std::nullopt;
    const int year = digits(0, 4);
    const int month = digits(4, 2);
    const int day = digits(6, 2);
    if (year < 1600 || year > 2500 || month < 0 || day < 0)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{year} / month / day};
    if (!date.ok())
        return std::nullopt;
    out.time = std::chrono::local_days{date};
    if (out.date)
        return out;
    const int hour = digits(9, 2);
    const int minute = digits(11, 2);
    const int second = digits(13, 2);
    if (ascii::lower(text[8]) != 't' || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
        second > 60)
        return std::nullopt;
    out.time +=
        std::chrono::hours{hour} + std::chrono::minutes{minute} + std::chrono::seconds{std::min(second, 59)};
    return out;
}

} // namespace crier::schedule
