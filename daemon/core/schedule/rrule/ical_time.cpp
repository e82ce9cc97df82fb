#include "core/schedule/rrule/ical_time.hpp"

#include "core/ascii.hpp"

#include <algorithm>

namespace crier::schedule {

std::optional<IcalTime> IcalTime::parse(std::string_view text) {
    const std::string shown = ascii::upper(text);
    IcalTime out;
    out.utc = ascii::has_shape(shown, "99999999T999999Z");
    out.date = ascii::has_shape(shown, "99999999");
    if (!out.utc && !out.date && !ascii::has_shape(shown, "99999999T999999"))
        return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t digits) {
        return ascii::number_of(text.substr(at, digits));
    };
    const std::chrono::year_month_day date{std::chrono::year{number(0, 4)} / number(4, 2) / number(6, 2)};
    if (!date.ok() || date.year() < std::chrono::year{1600} || date.year() > std::chrono::year{2500})
        return std::nullopt;
    out.time = std::chrono::local_days{date};
    if (out.date)
        return out;
    const int hour = number(9, 2);
    const int minute = number(11, 2);
    const int second = number(13, 2);
    if (hour > 23 || minute > 59 || second > 60)
        return std::nullopt;
    out.time +=
        std::chrono::hours{hour} + std::chrono::minutes{minute} + std::chrono::seconds{std::min(second, 59)};
    return out;
}

} // namespace crier::schedule
