#include "kit/date_parts.hpp"

#include "kit/ascii.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iterator>

namespace crier::kit {
namespace {

constexpr int first_year = 1971;
constexpr int last_year = 2199;
constexpr int farthest_offset = 14 * 3600 + 1800;

struct NamedZone {
    std::string_view name;
    int minutes;
};

constexpr NamedZone zones[] =
    {
        {"ut", 0},      {"utc", 0},     {"gmt", 0},    {"z", 0},      {"wet", 0},    {"west", 60},
        {"bst", 60},    {"cet", 60},    {"met", 60},   {"mez", 60},   {"cest", 120}, {"mest", 120},
        {"mesz", 120},  {"eet", 120},   {"eest", 180}, {"msk", 180},  {"est", -300}, {"edt", -240},
        {"cst", -360},  {"cdt", -300},  {"mst", -420}, {"mdt", -360}, {"pst", -480}, {"pdt", -420},
        {"akst", -540}, {"akdt", -480}, {"hst", -600}, {"ast", -240}, {"adt", -180}, {"nst", -210},
        {"ndt", -150},  {"jst", 540},   {"kst", 540},  {"hkt", 480},  {"sgt", 480},  {"et", -300},
        {"ct", -360},   {"mt", -420},   {"pt", -480},  {"at", -240}, // summer or not: it is not said
        {"awst", 480},  {"acst", 570},  {"acdt", 630}, {"aest", 600}, {"aedt", 660}, {"nzst", 720},
        {"nzdt", 780},
};

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
    const std::int64_t days = std::chrono::sys_days{date}.time_since_epoch().count();
    const std::int64_t seconds = days * 86400 + std::int64_t{parts.hour} * 3600 +
                                 std::int64_t{parts.minute} * 60 + parts.second - parts.offset;
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
    if (parts.hour < 1 || parts.hour > 12)
        return false;
    parts.hour = parts.hour % 12 + (half == "pm" ? 12 : 0);
    return true;
}

bool DateScanner::offset(DateParts& parts) {
    const bool minus = rest_.front() == '-';
    rest_.remove_prefix(1);
    std::size_t digits = 0;
    const auto first = number(1, 4, &digits);
    if (!first)
        return false;
    const int hours = digits > 2 ? *first / 100 : *first;
    int minutes = digits > 2 ? *first % 100 : 0;
    if (digits <= 2 && take(':')) {
        const auto rest = number(2, 2);
        if (!rest)
            return false;
        minutes = *rest;
    }
    parts.offset = (minus ? -1 : 1) * (hours * 3600 + minutes * 60);
    return minutes < 60 && std::abs(parts.offset) <= farthest_offset;
}

bool DateScanner::zone(DateParts& parts) {
    skip_blanks();
    if (at_word()) {
        const std::string name = word();
        if (std::any_of(name.begin(), name.end(),
                        [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
            return false; // "in the afternoon", for all that is known
        const auto* known = std::find_if(std::begin(zones), std::end(zones),
                                         [&name](const NamedZone& zone) { return zone.name == name; });
        if (known != std::end(zones))
            parts.offset = known->minutes * 60;
        skip_blanks();
    }
    if (!rest_.empty() && (rest_.front() == '+' || rest_.front() == '-') && !offset(parts))
        return false;
    // "(CET)", "UTC", "/Berlin": remarks. Figures would mean something.
    skip_blanks();
    if (rest_.substr(0, 1) == "(") // in which they do not, but behind it there may be the time
        rest_.remove_prefix(std::min(rest_.rfind(')'), rest_.size()));
    return std::none_of(rest_.begin(), rest_.end(), is_digit);
}

} // namespace crier::kit
