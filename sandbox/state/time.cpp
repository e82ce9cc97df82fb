#include "sandbox/state/time.hpp"

#include <charconv>

namespace crier::sandbox {

using namespace std::chrono;

namespace {

/// The fields of a moment in UTC.
struct Fields {
    year_month_day date;
    hh_mm_ss<microseconds> time;
};

Fields fields(Time time) {
    const auto day = floor<days>(time);
    return Fields{year_month_day{day}, hh_mm_ss<microseconds>{time - day}};
}

std::string two(long n) {
    std::string text = std::to_string(n);
    return text.size() < 2 ? "0" + text : text;
}

/// Reads exactly `digits` digits and drops them from `text`.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
    int value = 0;
    if (text.size() < digits)
        return std::nullopt;
    const auto read = std::from_chars(text.data(), text.data() + digits, value);
    if (read.ec != std::errc{} || read.ptr != text.data() + digits || text[0] == '-')
        return std::nullopt;
    text.remove_prefix(digits);
    return value;
}

bool take(std::string_view& text, char c) {
    if (text.empty() || text[0] != c)
        return false;
    text.remove_prefix(1);
    return true;
}

std::optional<microseconds> take_fraction(std::string_view& text) {
    microseconds fraction{0};
    if (!take(text, '.'))
        return fraction;
    std::int64_t unit = 100'000;
    bool any = false;
    for (; !text.empty() && text[0] >= '0' && text[0] <= '9'; text.remove_prefix(1), unit /= 10) {
        fraction += microseconds{unit * (text[0] - '0')};
        any = true;
    }
    return any ? std::optional{fraction} : std::nullopt;
}

/// "Z", "+01:00", or nothing, which is UTC.
std::optional<minutes> take_offset(std::string_view text) {
    if (text.empty() || text == "Z" || text == "z")
        return minutes{0};
    const bool minus = text[0] == '-';
    if (!take(text, '+') && !take(text, '-'))
        return std::nullopt;
    const auto hour = take_number(text, 2);
    (void)take(text, ':');
    const auto minute = take_number(text, 2);
    if (!hour || !minute || !text.empty())
        return std::nullopt;
    const minutes offset{*hour * 60 + *minute};
    return minus ? -offset : offset;
}

} // namespace

Time system_now() {
    return time_point_cast<microseconds>(system_clock::now());
}

std::int64_t unix_seconds(Time time) {
    return floor<seconds>(time).time_since_epoch().count();
}

std::string rfc3339(Time time, int digits) {
    const Fields at = fields(time);
    std::string text = std::to_string(static_cast<int>(at.date.year())) + "-" +
                       two(static_cast<unsigned>(at.date.month())) + "-" +
                       two(static_cast<unsigned>(at.date.day())) + "T" + two(at.time.hours().count()) + ":" +
                       two(at.time.minutes().count()) + ":" + two(at.time.seconds().count());
    if (digits > 0) {
        const std::string fraction = std::to_string(1'000'000 + at.time.subseconds().count());
        text += "." + fraction.substr(1, static_cast<std::size_t>(digits));
    }
    return text + "Z";
}

std::optional<Time> parse_rfc3339(std::string_view text) {
    const auto year_number = take_number(text, 4);
    if (!year_number || !take(text, '-'))
        return std::nullopt;
    const auto month_number = take_number(text, 2);
    if (!month_number || !take(text, '-'))
        return std::nullopt;
    const auto day_number = take_number(text, 2);
    if (!day_number || (!take(text, 'T') && !take(text, 't') && !take(text, ' ')))
        return std::nullopt;
    const auto hour = take_number(text, 2);
    if (!hour || !take(text, ':'))
        return std::nullopt;
    const auto minute = take_number(text, 2);
    const auto second = take(text, ':') ? take_number(text, 2) : std::optional<int>{0};
    const auto fraction = take_fraction(text);
    const auto offset = take_offset(text);
    if (!minute || !second || !fraction || !offset || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    const year_month_day date{year{*year_number}, month{static_cast<unsigned>(*month_number)},
                              day{static_cast<unsigned>(*day_number)}};
    if (!date.ok())
        return std::nullopt;
    return Time{sys_days{date}} + hours{*hour} + minutes{*minute} + seconds{*second} + *fraction - *offset;
}

std::string http_date(Time time) {
    static constexpr const char* day_names[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* month_names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const Fields at = fields(time);
    const weekday day_of_week{floor<days>(time)};
    return std::string{day_names[day_of_week.c_encoding()]} + ", " +
           two(static_cast<unsigned>(at.date.day())) + " " +
           month_names[static_cast<unsigned>(at.date.month()) - 1U] + " " +
           std::to_string(static_cast<int>(at.date.year())) + " " + two(at.time.hours().count()) + ":" +
           two(at.time.minutes().count()) + ":" + two(at.time.seconds().count()) + " GMT";
}

std::optional<seconds> parse_duration(std::string_view text) {
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc{} || value <= 0 || value > 1'000'000'000)
        return std::nullopt;
    const std::string_view unit = text.substr(static_cast<std::size_t>(read.ptr - text.data()));
    if (unit.empty() || unit == "s")
        return seconds{value};
    if (unit == "m")
        return minutes{value};
    if (unit == "h")
        return hours{value};
    if (unit == "d")
        return days{value};
    return std::nullopt;
}

} // namespace crier::sandbox
