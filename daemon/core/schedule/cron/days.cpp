#include "core/schedule/cron/days.hpp"

#include <bit>
#include <cstdint>

namespace crier::schedule {
namespace {

using std::chrono::days;
using std::chrono::local_days;

using DayBits = std::uint32_t; ///< bit 1 is the first of the month

constexpr DayBits from_first_to(unsigned last) {
    return static_cast<DayBits>((std::uint64_t{2} << last) - 2);
}

/// What the day fields need to know of a month.
struct MonthShape {
    unsigned length;
    unsigned first_weekday; ///< of its first day; 0 is Sunday

    [[nodiscard]] unsigned weekday(unsigned day) const { return (first_weekday + day - 1) % 7; }

    /// The days that are such weekdays; may go beyond the month's end.
    [[nodiscard]] DayBits on_weekdays(std::uint64_t weekdays) const {
        const std::uint64_t first_week =
            (weekdays >> first_weekday | weekdays << (7 - first_weekday)) & std::uint64_t{0x7f};
        constexpr std::uint64_t each_week = 1U | 1U << 7 | 1U << 14 | 1U << 21 | 1U << 28;
        return static_cast<DayBits>((first_week * each_week) << 1);
    }

    /// The working day nearest to `day`, within the month: Saturday the 1st goes forward, Sunday the last
    /// back.
    [[nodiscard]] unsigned workday_near(unsigned day) const {
        constexpr unsigned sunday = 0;
        constexpr unsigned saturday = 6;
        if (weekday(day) == saturday)
            return day == 1 ? 3 : day - 1;
        if (weekday(day) == sunday)
            return day == length ? day - 2 : day + 1;
        return day;
    }
};

DayBits days_by_number(const Cron& cron, const MonthShape& month) {
    auto found = static_cast<DayBits>(cron.days.to_ulong());
    const FloatingDays& floating = cron.floating;
    if (floating.from_end.any())
        for (unsigned back = 0; back < month.length; ++back)
            if (floating.from_end[back])
                found |= DayBits{1} << (month.length - back);
    if (floating.workdays.any()) {
        // A month without such a day has none near it either.
        for (unsigned day = 1; day <= month.length; ++day)
            if (floating.workdays[day])
                found |= DayBits{1} << month.workday_near(day);
        if (floating.workdays[0])
            found |= DayBits{1} << month.workday_near(month.length);
    }
    return found;
}

DayBits days_by_weekday(const Cron& cron, const MonthShape& month) {
    DayBits found = month.on_weekdays(cron.weekdays.to_ullong());
    if (cron.floating.nth_weekdays.none())
        return found;
    std::uint64_t rest = cron.floating.nth_weekdays.to_ullong();
    for (unsigned nth = 0; nth < 6; ++nth, rest >>= 7U) {
        const unsigned before = nth < 5 ? 7 * nth : month.length - 7; // the sixth is the month's last week
        found |= month.on_weekdays(rest & 0x7fU) & from_first_to(before + 7) & ~from_first_to(before);
    }
    return found;
}

/// The days of this month on which the expression fires, whichever month it is.
DayBits firing_days(const Cron& cron, const MonthShape& month) {
    const DayBits by_number = days_by_number(cron, month);
    const DayBits by_weekday = days_by_weekday(cron, month);
    const bool both = cron.days_star || cron.weekdays_star;
    return (both ? by_number & by_weekday : by_number | by_weekday) & from_first_to(month.length);
}

/// As most expressions are; whichever rule joins the day fields.
bool fires_each_day(const Cron& cron) {
    constexpr unsigned long all_months = 0x1ffe;
    return cron.months.to_ulong() == all_months && cron.days.to_ulong() == from_first_to(31) &&
           cron.weekdays.all();
}

} // namespace

std::optional<local_days> next_day(const Cron& cron, local_days from, local_days until) {
    if (fires_each_day(cron))
        return from < until ? std::optional{from} : std::nullopt;
    const std::chrono::year_month_day date{from};
    std::chrono::year_month month{date.year(), date.month()};
    auto first = static_cast<unsigned>(date.day());
    local_days begin = from - days{first - 1};
    while (begin < until) {
        const auto length = static_cast<unsigned>((month / std::chrono::last).day());
        if (cron.months[static_cast<unsigned>(month.month())]) {
            const MonthShape shape{length, std::chrono::weekday{begin}.c_encoding()};
            if (const DayBits left = firing_days(cron, shape) >> first << first; left != 0) {
                const local_days found = begin + days{std::countr_zero(left) - 1};
                return found < until ? std::optional{found} : std::nullopt;
            }
        }
        begin += days{length};
        month += std::chrono::months{1};
        first = 1;
    }
    return std::nullopt;
}

} // namespace crier::schedule
