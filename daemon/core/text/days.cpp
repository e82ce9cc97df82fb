#include "core/text/days.hpp"

#include "core/ascii.hpp"

#include <string>

namespace crier::text {
namespace {

using std::chrono::local_days;
using std::chrono::year_month_day;

// Zone files, and what is computed from them, end in 9999; a span added on top must not lead there.
constexpr std::chrono::year first_year{1};
constexpr std::chrono::year last_year{9000};

Failure no_such(std::string_view text, std::string hint) {
    return Failure{Cause::config, "there is no " + std::string{text}, std::move(hint)};
}

local_days in_year(std::chrono::year year, std::chrono::month_day day) noexcept {
    const year_month_day date{year, day.month(), day.day()};
    return date.ok() ? local_days{date} : local_days{year / std::chrono::March / 1};
}

} // namespace

Result<GivenDay> read_day(std::string_view text) {
    const bool every_year = ascii::has_shape(text, "99-99");
    if (!every_year && !ascii::has_shape(text, "9999-99-99"))
        return Failure{Cause::config, "'" + std::string{text} + "' is no day",
                       "it is written 2027-01-31, or 01-31 for every year"};
    const std::string_view rest = text.substr(every_year ? 0 : 5);
    GivenDay given;
    given.day = std::chrono::month{static_cast<unsigned>(ascii::number_of(rest.substr(0, 2)))} /
                std::chrono::day{static_cast<unsigned>(ascii::number_of(rest.substr(3, 2)))};
    if (!given.day.ok())
        return no_such(text, "first the month, then the day: 01-31");
    if (every_year)
        return given;
    given.year = std::chrono::year{ascii::number_of(text.substr(0, 4))};
    if (*given.year < first_year || *given.year > last_year)
        return Failure{Cause::config, "the year of " + std::string{text} + " is out of reach",
                       "years go from 0001 to 9000"};
    const year_month_day date{*given.year, given.day.month(), given.day.day()};
    if (!date.ok()) // 29 February alone: month_day takes it for a day of every year
        return no_such(text, "February has 28 days in that year");
    return given;
}

Result<schedule::LocalTime> read_local(std::string_view text) {
    if (!ascii::has_shape(text, "9999-99-99") && !ascii::has_shape(text, "9999-99-99 99:99"))
        return Failure{Cause::config, "'" + std::string{text} + "' is no day with a time",
                       "it is written 2027-01-31 09:00"};
    const Result<GivenDay> given = read_day(text.substr(0, 10));
    if (!given)
        return given.error();
    schedule::LocalTime local = in_year(*given->year, given->day);
    if (text.size() == 10)
        return local;
    const std::chrono::hours hour{ascii::number_of(text.substr(11, 2))};
    const std::chrono::minutes minute{ascii::number_of(text.substr(14, 2))};
    if (hour.count() > 23 || minute.count() > 59)
        return no_such(text.substr(11), "a day goes from 00:00 to 23:59");
    return local + hour + minute;
}

bool in_reach(local_days day) noexcept {
    return day >= local_days{first_year / 1 / 1} && day <= local_days{last_year / 12 / 31};
}

local_days day_ahead(const GivenDay& given, local_days today) noexcept {
    if (given.year)
        return in_year(*given.year, given.day);
    const std::chrono::year year = year_month_day{today}.year();
    const local_days this_year = in_year(year, given.day);
    return this_year < today ? in_year(year + std::chrono::years{1}, given.day) : this_year;
}

local_days day_behind(const GivenDay& given, local_days today) noexcept {
    if (given.year)
        return in_year(*given.year, given.day);
    const std::chrono::year year = year_month_day{today}.year();
    const local_days this_year = in_year(year, given.day);
    return this_year > today ? in_year(year - std::chrono::years{1}, given.day) : this_year;
}

int months_between(local_days from, local_days to) noexcept {
    if (to < from)
        return -months_between(to, from);
    const year_month_day begin{from};
    const year_month_day end{to};
    const auto months = end.year() / end.month() - begin.year() / begin.month();
    return static_cast<int>(months.count()) - (end.day() < begin.day() ? 1 : 0);
}

} // namespace crier::text
