#include "core/schedule/words/phrases.hpp"

#include "core/text/date_names.hpp"
#include "core/text/plain.hpp"

#include <array>
#include <cstdio>

namespace crier::schedule {

std::string count_words(std::int64_t count, std::string_view unit) {
    return text::counted(static_cast<std::size_t>(count), unit, std::string{unit} + "s");
}

std::string duration_words(Duration duration) {
    struct Unit {
        Duration length;
        std::string_view name;
    };
    static constexpr Unit units[] = {{std::chrono::hours{24}, "day"},
                                     {std::chrono::hours{1}, "hour"},
                                     {std::chrono::minutes{1}, "minute"},
                                     {std::chrono::seconds{1}, "second"},
                                     {std::chrono::milliseconds{1}, "millisecond"},
                                     {std::chrono::microseconds{1}, "microsecond"}};
    std::string text;
    for (const Unit& unit : units) {
        if (const std::int64_t count = duration / unit.length; count > 0)
            text += (text.empty() ? "" : " ") + count_words(count, unit.name);
        duration %= unit.length;
    }
    return text.empty() ? "0 seconds" : text;
}

std::string clock_words(std::chrono::seconds of_day) {
    const std::chrono::hh_mm_ss<std::chrono::seconds> clock{of_day};
    std::array<char, 16> text{};
    const int size =
        std::snprintf(text.data(), text.size(), clock.seconds().count() == 0 ? "%02d:%02d" : "%02d:%02d:%02d",
                      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                      static_cast<int>(clock.seconds().count()));
    return {text.data(), static_cast<std::size_t>(size)};
}

std::string day_words(LocalDay day) {
    return to_rfc3339(std::chrono::sys_days{day.time_since_epoch()}).substr(0, 10);
}

std::string moment_words(Instant when, const Zone& zone) {
    const LocalTime local = zone.to_local(when);
    const auto day = std::chrono::floor<std::chrono::days>(local);
    std::string text = weekday_name(std::chrono::weekday{day}.c_encoding()) + " " + day_words(day) + " at " +
                       clock_words(local - day);
    if (zone.to_instant(local).kind == LocalInfo::Kind::overlap)
        text += " " + zone.abbreviation(when);
    return text;
}

std::string weekdays_words(std::bitset<7> weekdays) {
    constexpr unsigned long monday_to_friday = 0b0111110;
    if (weekdays.none())
        return "no day";
    if (weekdays.to_ulong() == monday_to_friday)
        return "weekdays (Monday to Friday)";
    std::vector<std::string> names;
    for (const std::size_t weekday : week_from_monday)
        if (weekdays[weekday])
            names.push_back(weekday_name(weekday) + "s");
    return enumerate(names);
}

std::string weekday_name(std::size_t weekday) {
    return std::string{text::date_names("en").days.at(weekday)};
}

std::string month_name(std::size_t month) {
    return std::string{text::date_names("en").months.at(month - 1)};
}

} // namespace crier::schedule
