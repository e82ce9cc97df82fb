#include "kit/moment.hpp"

#include "kit/ascii.hpp"
#include "kit/date_parts.hpp"

#include <algorithm>
#include <cstddef>

namespace crier::kit {
namespace {

constexpr std::string_view moment_form = "0000-00-00T00:00:00";
constexpr std::string_view offset_form = "+00:00";

/// Whether a text stands as in `form`: a digit for each 0, one of "Tt " for T, a sign for +.
bool has_form(std::string_view text, std::string_view form) {
    return std::equal(text.begin(), text.end(), form.begin(), form.end(), [](char c, char wanted) {
        switch (wanted) {
        case '0':
            return is_digit(c);
        case 'T':
            return c == 'T' || c == 't' || c == ' ';
        case '+':
            return c == '+' || c == '-';
        default:
            return c == wanted;
        }
    });
}

/// The two digits at `at`.
int two_digits(std::string_view text, std::size_t at) {
    return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

/// What follows a decimal point, in microseconds; `rest` is then behind it. -1: there are no digits.
std::int64_t take_fraction(std::string_view& rest) {
    if (rest.empty() || rest.front() != '.')
        return 0;
    rest.remove_prefix(1);
    if (rest.empty() || !is_digit(rest.front()))
        return -1;
    std::int64_t fraction = 0;
    for (std::int64_t unit = 100'000; !rest.empty() && is_digit(rest.front()); unit /= 10) {
        fraction += unit * (rest.front() - '0');
        rest.remove_prefix(1);
    }
    return fraction;
}

} // namespace

std::optional<std::int64_t> parse_moment(std::string_view text) {
    if (!has_form(text.substr(0, moment_form.size()), moment_form))
        return std::nullopt;
    DateParts parts;
    parts.year = two_digits(text, 0) * 100 + two_digits(text, 2);
    parts.month = two_digits(text, 5);
    parts.day = two_digits(text, 8);
    parts.hour = two_digits(text, 11);
    parts.minute = two_digits(text, 14);
    parts.second = two_digits(text, 17); // 60: a leap second
    std::string_view rest = text.substr(moment_form.size());
    const std::int64_t fraction = take_fraction(rest);
    if (has_form(rest, offset_form)) {
        const int ahead = two_digits(rest, 1) * 3600 + two_digits(rest, 4) * 60;
        if (ahead >= 24 * 3600)
            return std::nullopt;
        parts.offset = rest.front() == '-' ? -ahead : ahead;
    } else if (rest != "Z" && rest != "z") {
        return std::nullopt;
    }
    const auto whole = parts.hour < 24 && fraction >= 0 ? instant(parts) : std::nullopt;
    if (!whole)
        return std::nullopt;
    return *whole + fraction;
}

} // namespace crier::kit
