#include "sandbox/content/feed_dates.hpp"

#include <array>
#include <charconv>
#include <cstdio>

namespace crier::sandbox {
namespace {

using namespace std::chrono;

struct Parts {
    int year = 0;
    unsigned month = 0, day = 0;
    int hour = 0, minute = 0, second = 0;
};

Parts parts_of(sys_seconds time) {
    const auto date = floor<days>(time);
    const year_month_day calendar{date};
    const hh_mm_ss clock{time - date};
    return {int(calendar.year()),
            unsigned(calendar.month()),
            unsigned(calendar.day()),
            static_cast<int>(clock.hours().count()),
            static_cast<int>(clock.minutes().count()),
            static_cast<int>(clock.seconds().count())};
}

// The digits at `at`; -1 when they are none.
int number(std::string_view text, std::size_t at, std::size_t count) {
    int value = -1;
    if (text.size() < at + count || text[at] == '-')
        return -1;
    const char* const end = text.data() + at + count;
    const auto read = std::from_chars(text.data() + at, end, value);
    return read.ec == std::errc() && read.ptr == end ? value : -1;
}

// "Z", "+01:00", "-05:30".
std::optional<minutes> offset(std::string_view zone) {
    if (zone == "Z" || zone == "z")
        return minutes{0};
    const int hour = number(zone, 1, 2), minute = number(zone, 4, 2);
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':' || hour < 0 || hour > 23 ||
        minute < 0 || minute > 59)
        return std::nullopt;
    return minutes{(zone[0] == '-' ? -1 : 1) * (hour * 60 + minute)};
}

std::size_t weekday_index(sys_seconds time) {
    return weekday{floor<days>(time)}.c_encoding();
}

constexpr std::array<std::string_view, 7> weekdays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                      "Thursday", "Friday", "Saturday"};

} // namespace

std::optional<sys_seconds> from_rfc3339(std::string_view text) {
    if (text.size() < 20 || text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != 't') ||
        text[13] != ':' || text[16] != ':')
        return std::nullopt;
    const int y = number(text, 0, 4), mo = number(text, 5, 2), d = number(text, 8, 2);
    const int h = number(text, 11, 2), mi = number(text, 14, 2), s = number(text, 17, 2);
    if (y < 0 || mo < 0 || d < 0)
        return std::nullopt;
    const year_month_day date{year{y}, month{static_cast<unsigned>(mo)}, day{static_cast<unsigned>(d)}};
    if (!date.ok() || h < 0 || h > 23 || mi < 0 || mi > 59 || s < 0 || s > 60)
        return std::nullopt;
    std::size_t zone = 19;
    if (text[zone] == '.')
        zone = text.find_first_not_of("0123456789", zone + 1);
    const auto behind = zone == std::string_view::npos ? std::nullopt : offset(text.substr(zone));
    if (!behind)
        return std::nullopt;
    return sys_days{date} + hours{h} + minutes{mi} + seconds{s} - *behind;
}

std::string to_rfc3339(sys_seconds time) {
    const Parts p = parts_of(time);
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ", p.year, p.month, p.day,
                  p.hour, p.minute, p.second);
    return buffer.data();
}

std::string to_rfc822(sys_seconds time) {
    constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const Parts p = parts_of(time);
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.3s, %02u %s %04d %02d:%02d:%02d +0000",
                  weekdays[weekday_index(time)].data(), p.day, months[p.month - 1], p.year, p.hour, p.minute,
                  p.second);
    return buffer.data();
}

std::string_view weekday_name(sys_seconds time) {
    return weekdays[weekday_index(time)];
}

} // namespace crier::sandbox
