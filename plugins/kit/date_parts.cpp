#include "kit/date_parts.hpp"

#include "kit/ascii.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace crier::kit {
namespace {

constexpr int first_year = 1971;
constexpr int last_year = 2199;
constexpr int farthest_offset = 14 * 3600 + 1800;

bool is_word_byte(char c) {
    return is_letter(c) || static_cast<unsigned char>(c) >= 0x80;
}

} // namespace

std::optional<std::int64_t> in_range(std::int64_t microseconds) {
    constexpr std::int64_t begin = 31'536'000'000'000;  // 1971
    constexpr std::int64_t end = 7'258'118'400'000'000; // 2200
    if (microseconds < begin || microseconds >= end)
        return std::nullopt;
    return microseconds;
}

std::optional<std::int64_t> likely_instant(const DateParts& parts) {
    if (parts.year < first_year || parts.year > last_year)
        return std::nullopt;
    return instant(parts);
}

std::optional<std::int64_t> instant(const DateParts& parts) {
    const std::chrono::year_month_day date{std::chrono::year{parts.year},
                                           std::chrono::month{static_cast<unsigned>(parts.month)},
                                           std::chrono::day{static_cast<unsigned>(parts.day)}};
    const bool midnight = parts.hour == 24 && parts.minute == 0 && parts.second == 0; // the day's end
    if (!date.ok() || (parts.hour > 23 && !midnight) || parts.minute > 59 || parts.second > 60)
        return std::nullopt;
    if (parts.year < parts.zone_since)
        return std::nullopt;
    const WallTime wall{parts.year, parts.month, parts.day, parts.hour, parts.minute, parts.offset / 60};
    const int offset = parts.offset + (is_summer(parts.summer, wall) ? 3600 : 0);
    const std::int64_t days = std::chrono::sys_days{date}.time_since_epoch().count();
    const std::int64_t seconds = days * 86400 + std::int64_t{parts.hour} * 3600 +
                                 std::int64_t{parts.minute} * 60 + parts.second - offset;
    return seconds * 1'000'000;
}

bool DateScanner::at_digit() const {
    return !rest_.empty() && is_digit(rest_.front());
}

bool DateScanner::at_word() const {
    return !rest_.empty() && is_word_byte(rest_.front());
}

bool DateScanner::take(char c) {
    if (rest_.empty() || rest_.front() != c)
        return false;
    rest_.remove_prefix(1);
    return true;
}

bool DateScanner::skip_blanks() {
    const std::size_t before = rest_.size();
    while (!rest_.empty() && (is_blank(rest_.front()) || rest_.front() == ','))
        rest_.remove_prefix(1);
    return rest_.size() < before;
}

std::optional<int> DateScanner::number(std::size_t least, std::size_t most, std::size_t* count) {
    std::size_t digits = 0;
    int value = 0;
    while (digits < most && digits < rest_.size() && is_digit(rest_[digits]))
        value = value * 10 + (rest_[digits++] - '0');
    if (digits < least)
        return std::nullopt;
    rest_.remove_prefix(digits);
    if (count != nullptr)
        *count = digits;
    return value;
}

std::string DateScanner::word() {
    std::size_t size = 0;
    while (size < rest_.size() && is_word_byte(rest_[size]))
        ++size;
    std::string out = lowered(rest_.substr(0, size));
    rest_.remove_prefix(size);
    if (!out.empty())
        take('.');
    return out;
}

bool DateScanner::time(DateParts& parts) {
    const auto hour = number(1, 2);
    const char separator = rest_.empty() ? '\0' : rest_.front();
    if (!hour || (separator != ':' && separator != '.'))
        return false;
    take(separator);
    const auto minute = number(1, 2);
    if (!minute)
        return false;
    parts.hour = *hour;
    parts.minute = *minute;
    if (take(separator)) {
        const auto second = number(1, 2);
        if (!second)
            return false;
        parts.second = *second;
        if (take('.') || take(','))
            while (at_digit())
                rest_.remove_prefix(1);
    }
    DateScanner ahead = *this;
    ahead.skip_blanks();
    std::string half = ahead.word();
    if (half == "a" || half == "p") // p.m.
        half += ahead.word();
    if (half != "am" && half != "pm")
        return true;
    *this = ahead;
    // "00:15 AM" is what a clock of 24 hours makes of it; of the afternoon nobody knows which one shows it.
    if (parts.hour > 12 || (parts.hour == 0 && half == "pm"))
        return false;
    parts.hour = parts.hour % 12 + (half == "pm" ? 12 : 0);
    return true;
}

bool DateScanner::offset(DateParts& parts) {
    const bool minus = rest_.front() == '-';
    rest_.remove_prefix(1);
    skip_blanks();
    std::size_t digits = 0;
    const auto first = number(1, 4, &digits);
    if (!first)
        return false;
    const int hours = digits > 2 ? *first / 100 : *first;
    int minutes = digits > 2 ? *first % 100 : 0;
    const bool dot = rest_.substr(0, 3) == ".00" || rest_.substr(0, 3) == ".30"; // others may be decimals
    if (digits <= 2 && (take(':') || (dot && take('.')))) {
        const auto rest = number(2, 2);
        if (!rest)
            return false;
        minutes = *rest;
    }
    parts.set_zone({(minus ? -1 : 1) * (hours * 60 + minutes)});
    return minutes < 60 && std::abs(parts.offset) <= farthest_offset;
}

bool DateScanner::offset_follows() const {
    return !rest_.empty() && (rest_.front() == '+' || rest_.front() == '-');
}

DateScanner::Named DateScanner::zone_name(DateParts& parts) {
    // "Eastern Standard Time"
    constexpr std::string_view time_word = " time";
    const std::string_view all = trimmed(rest_);
    if (all.size() > time_word.size() &&
        same_but_case(all.substr(all.size() - time_word.size()), time_word)) {
        const auto known = zone_by_name(lowered(all));
        if (known)
            parts.set_zone(*known);
        rest_ = {};
        return known ? Named::known : Named::misleading;
    }
    // "America/New_York", "EST5EDT"
    std::size_t size = 0;
    while (size < rest_.size() &&
           (is_word_byte(rest_[size]) || is_digit(rest_[size]) || rest_[size] == '/' || rest_[size] == '_'))
        ++size;
    const std::string whole = lowered(rest_.substr(0, size));
    if (const auto known = zone_by_name(whole)) {
        rest_.remove_prefix(size);
        (void)take('.');
        parts.set_zone(*known);
        return Named::known;
    }
    if (whole.find('/') != npos) {
        rest_.remove_prefix(size);
        return Named::misleading;
    }
    const std::string name = word();
    const bool ascii =
        std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (is_ambiguous_zone(name))
        return Named::misleading;
    return ascii ? Named::unknown : Named::foreign; // "in the afternoon", for all that is known
}

bool DateScanner::zone_in_brackets(DateParts& parts) {
    const char end = rest_.front() == '(' ? ')' : ']';
    const auto size = rest_.find(end);
    DateScanner inside{trimmed(rest_.substr(1, size == npos ? npos : size - 1))};
    if (!inside.at_word())
        return true;
    DateParts said = parts;
    const Named named = inside.zone_name(said);
    if (named == Named::known && inside.zone(said))
        parts = said;
    return named != Named::misleading;
}

bool DateScanner::zone(DateParts& parts) {
    skip_blanks();
    // "12:30 Uhr MEZ", "12:30 hrs IST"
    if (!rest_.empty() && (lowered(rest_.front()) == 'u' || lowered(rest_.front()) == 'h')) {
        DateScanner ahead = *this;
        if (const std::string hour = ahead.word();
            hour == "uhr" || hour == "hrs" || hour == "hours" || hour == "h") {
            *this = ahead;
            skip_blanks();
        }
    }
    bool said = false;
    Named named = Named::known;
    if (at_word()) {
        const bool turned = starts_but_case(rest_, "etc/"); // "Etc/GMT+5" is behind UTC
        named = zone_name(parts);
        said = true;
        skip_blanks();
        if (turned && offset_follows())
            return false;
    }
    if (offset_follows()) {
        if (!offset(parts))
            return false;
        named = Named::known;
        said = true;
    }
    if (named == Named::foreign || named == Named::misleading)
        return false;
    // "(CET)", "UTC", "[Europe/Berlin]": remarks, where all is said. Figures would mean something.
    skip_blanks();
    const bool brackets = !rest_.empty() && (rest_.front() == '(' || rest_.front() == '[');
    if (brackets && !said && !zone_in_brackets(parts))
        return false;
    if (rest_.substr(0, 1) == "(") // in which they do not, but behind it there may be the time
        rest_.remove_prefix(std::min(rest_.rfind(')'), rest_.size()));
    return std::none_of(rest_.begin(), rest_.end(), is_digit);
}

} // namespace crier::kit
