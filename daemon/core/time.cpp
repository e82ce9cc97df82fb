#include "core/time.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <utility>

namespace crier {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// Reads text from the left; every step says whether it went well.
class Reader {
public:
    explicit Reader(std::string_view text)
        : rest_(text) {}

    [[nodiscard]] bool at_end() const { return rest_.empty(); }

    bool digits(std::size_t count, int& value) {
        if (rest_.size() < count)
            return false;
        value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (!is_digit(rest_[i]))
                return false;
            value = value * 10 + (rest_[i] - '0');
        }
        rest_.remove_prefix(count);
        return true;
    }

    /// One of these characters; which one is in `found`.
    bool one_of(std::string_view set, char& found) {
        if (rest_.empty() || set.find(rest_.front()) == std::string_view::npos)
            return false;
        found = rest_.front();
        rest_.remove_prefix(1);
        return true;
    }

    bool one_of(std::string_view set) {
        char found = 0;
        return one_of(set, found);
    }

    /// Digits of a second after the point, cut at a microsecond; false when there is none.
    bool fraction(Duration& value) {
        std::int64_t micros = 0;
        std::size_t count = 0;
        while (count < rest_.size() && is_digit(rest_[count])) {
            if (count < 6)
                micros = micros * 10 + (rest_[count] - '0');
            ++count;
        }
        for (std::size_t i = count; i < 6; ++i)
            micros *= 10;
        rest_.remove_prefix(count);
        value = Duration{micros};
        return count > 0;
    }

private:
    static bool is_digit(char c) { return c >= '0' && c <= '9'; }
    std::string_view rest_;
};

bool read_date(Reader& in, std::chrono::year_month_day& date) {
    int year = 0;
    int month = 0;
    int day = 0;
    if (!in.digits(4, year) || !in.one_of("-") || !in.digits(2, month) || !in.one_of("-") ||
        !in.digits(2, day))
        return false;
    date = std::chrono::year{year} / month / day;
    return date.ok();
}

bool read_offset(Reader& in, minutes& offset) {
    char sign = 0;
    if (!in.one_of("Zz+-", sign))
        return false;
    if (sign == 'Z' || sign == 'z')
        return true;
    int hour = 0;
    int minute = 0;
    if (!in.digits(2, hour) || !in.one_of(":") || !in.digits(2, minute) || hour > 23 || minute > 59)
        return false;
    offset = hours{hour} + minutes{minute};
    if (sign == '-')
        offset = -offset;
    return true;
}

struct Unit {
    std::string_view name;
    std::int64_t micros;
};

constexpr std::int64_t second_micros = 1'000'000;
constexpr std::array<Unit, 7> units{{{"w", 604'800 * second_micros},
                                     {"d", 86'400 * second_micros},
                                     {"h", 3'600 * second_micros},
                                     {"m", 60 * second_micros},
                                     {"s", second_micros},
                                     {"ms", 1'000},
                                     {"us", 1}}};

/// Nobody means more, and a sum with it would overflow.
constexpr Duration longest_ago = std::chrono::hours{24 * 36525};

} // namespace

std::string to_rfc3339(Instant when) {
    const auto day = std::chrono::floor<days>(when);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss<Duration> time{when - day};
    std::string text = std::to_string(static_cast<int>(date.year()));
    if (text.size() < 4)
        text.insert(0, 4 - text.size(), '0');
    for (const auto& [before, number] : {std::pair{'-', static_cast<unsigned>(date.month())},
                                         {'-', static_cast<unsigned>(date.day())},
                                         {'T', static_cast<unsigned>(time.hours().count())},
                                         {':', static_cast<unsigned>(time.minutes().count())},
                                         {':', static_cast<unsigned>(time.seconds().count())}}) {
        text += before;
        text += static_cast<char>('0' + number / 10);
        text += static_cast<char>('0' + number % 10);
    }
    if (const auto micros = time.subseconds().count(); micros != 0) {
        std::string digits = std::to_string(micros + second_micros); // a 1 in front keeps the zeros
        digits.front() = '.';
        digits.erase(digits.find_last_not_of('0') + 1);
        text += digits;
    }
    return text + 'Z';
}

namespace {

constexpr Instant first_written{std::chrono::sys_days{std::chrono::year{0} / 1 / 1}};
constexpr Instant past_written{std::chrono::sys_days{std::chrono::year{10000} / 1 / 1}};

} // namespace

std::optional<Instant> from_rfc3339(std::string_view text) {
    Reader in{text};
    std::chrono::year_month_day date;
    int hour = 0;
    int minute = 0;
    int second = 0;
    Duration fraction{};
    minutes offset{};
    if (!read_date(in, date) || !in.one_of("Tt ") || !in.digits(2, hour) || !in.one_of(":") ||
        !in.digits(2, minute) || !in.one_of(":") || !in.digits(2, second))
        return std::nullopt;
    // 60 is a leap second: RFC 3339 allows it, and the clock here goes on to the next minute.
    if (hour > 23 || minute > 59 || second > 60)
        return std::nullopt;
    if (in.one_of(".") && !in.fraction(fraction))
        return std::nullopt;
    if (!read_offset(in, offset) || !in.at_end())
        return std::nullopt;
    const Instant when{std::chrono::sys_days{date} + hours{hour} + minutes{minute} + seconds{second} +
                       fraction - offset};
    // By its offset it may be in a year that to_rfc3339() could not write so that this could read it.
    if (when < first_written || when >= past_written)
        return std::nullopt;
    return when;
}

std::optional<Instant> from_http_date(std::string_view text) {
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    // Tue, 24 Nov 2026 09:00:00 GMT
    if (text.size() != 29 || text.substr(3, 2) != ", " || text[7] != ' ' || text[11] != ' ' ||
        text[16] != ' ' || text[19] != ':' || text[22] != ':' || text.substr(25) != " GMT")
        return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t digits) {
        int value = 0;
        for (const char c : text.substr(at, digits))
            value = c >= '0' && c <= '9' && value >= 0 ? value * 10 + (c - '0') : -1;
        return value;
    };
    const auto month = months.find(text.substr(8, 3));
    const int day = number(5, 2);
    const int year = number(12, 4);
    const int hour = number(17, 2);
    const int minute = number(20, 2);
    const int second = number(23, 2);
    if (month == std::string_view::npos || month % 3 != 0 || day < 0 || year < 0 || hour < 0 || hour > 23 ||
        minute < 0 || minute > 59 || second < 0 || second > 60)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{year},
                                           std::chrono::month{static_cast<unsigned>(month / 3 + 1)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok())
        return std::nullopt;
    return Instant{std::chrono::sys_days{date}} + hours{hour} + minutes{minute} + seconds{second};
}

std::optional<Instant> parse_past(std::string_view text, Instant now) {
    if (text == "now")
        return now;
    if (const auto ago = parse_duration(text); ago && *ago <= longest_ago)
        return now - *ago;
    return from_rfc3339(text);
}

std::optional<Instant> parse_ahead(std::string_view text, Instant now) {
    if (const auto ahead = parse_duration(text); ahead && *ahead <= longest_ago)
        return now + *ahead;
    return text == "now" ? now : from_rfc3339(text);
}

std::optional<Duration> parse_duration(std::string_view text) {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    std::int64_t total = 0;
    if (text.empty())
        return std::nullopt;
    while (!text.empty()) {
        std::int64_t number = 0;
        std::size_t digits = 0;
        while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
            const int digit = text[digits] - '0';
            if (number > (most - digit) / 10)
                return std::nullopt;
            number = number * 10 + digit;
            ++digits;
        }
        if (digits == 0)
            return std::nullopt;
        text.remove_prefix(digits);
        std::size_t letters = 0;
        while (letters < text.size() && text[letters] >= 'a' && text[letters] <= 'z')
            ++letters;
        const std::string_view name = text.substr(0, letters);
        text.remove_prefix(letters);
        const Unit* unit = nullptr;
        for (const Unit& candidate : units)
            if (candidate.name == name)
                unit = &candidate;
        if (unit == nullptr || number > (most - total) / unit->micros)
            return std::nullopt;
        total += number * unit->micros;
    }
    return Duration{total};
}

std::string to_text(Duration duration) {
    if (duration == Duration::zero())
        return "0s";
    std::string text;
    // Unsigned, so that the lowest number has an opposite.
    auto rest = static_cast<std::uint64_t>(duration.count());
    if (duration < Duration::zero()) {
        text = "-";
        rest = 0 - rest;
    }
    for (const Unit& unit : units) {
        const auto size = static_cast<std::uint64_t>(unit.micros);
        // Nobody thinks of ten days as a week and three days.
        if (rest < size || (unit.name == "w" && rest % size != 0))
            continue;
        text += std::to_string(rest / size);
        text += unit.name;
        rest %= size;
    }
    return text;
}

} // namespace crier
