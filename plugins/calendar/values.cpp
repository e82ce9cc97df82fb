#include "calendar/values.hpp"

#include "kit/ascii.hpp"
#include "kit/text.hpp"

#include <algorithm>

namespace crier::calendar {
namespace {

using namespace std::chrono;

constexpr days longest_span{36'600};

/// So many digits, all of the text or what it begins with.
std::optional<int> digits(std::string_view text, std::size_t count) {
    if (text.size() < count)
        return std::nullopt;
    int value = 0;
    for (const char c : text.substr(0, count)) {
        if (!kit::is_digit(c))
            return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

std::optional<local_days> read_day(std::string_view text) {
    const auto y = digits(text, 4);
    const auto m = y ? digits(text.substr(4), 2) : y;
    const auto d = m ? digits(text.substr(6), 2) : m;
    if (!d || *y < 1601 || *y > 2500)
        return std::nullopt;
    const year_month_day date{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
    return date.ok() ? std::optional{local_days{date}} : std::nullopt;
}

std::optional<seconds> read_clock(std::string_view text) {
    const auto h = digits(text, 2);
    const auto m = h ? digits(text.substr(2), 2) : h;
    const auto s = m ? digits(text.substr(4), 2) : m;
    if (!s || *h > 23 || *m > 59 || *s > 60)
        return std::nullopt;
    return hours{*h} + minutes{*m} + seconds{std::min(*s, 59)}; // a leap second
}

/// One number with its unit is taken off the text.
std::optional<seconds> read_part(std::string_view& text, bool of_day) {
    std::size_t count = 0;
    while (count < text.size() && kit::is_digit(text[count]))
        ++count;
    const auto number = count > 0 && count < 8 ? digits(text, count) : std::nullopt;
    if (!number || count == text.size())
        return std::nullopt;
    const char unit = kit::capital(text[count]);
    text.remove_prefix(count + 1);
    if (!of_day)
        return unit == 'W'   ? std::optional<seconds>{weeks{*number}}
               : unit == 'D' ? std::optional<seconds>{days{*number}}
                             : std::nullopt;
    return unit == 'H'   ? std::optional<seconds>{hours{*number}}
           : unit == 'M' ? std::optional<seconds>{minutes{*number}}
           : unit == 'S' ? std::optional<seconds>{*number}
                         : std::nullopt;
}

} // namespace

std::optional<When> read_when(std::string_view value, const std::string& zone) {
    value = kit::trimmed(value);
    const auto date = read_day(value);
    if (!date)
        return std::nullopt;
    if (value.size() == 8)
        return When{*date, When::Kind::date, {}};
    const auto clock = kit::capital(value[8]) == 'T' ? read_clock(value.substr(9)) : std::nullopt;
    if (!clock)
        return std::nullopt;
    const std::string_view end = value.substr(15);
    if (end.size() == 1 && kit::capital(end.front()) == 'Z')
        return When{*date + *clock, When::Kind::utc, {}};
    if (!end.empty())
        return std::nullopt;
    return When{*date + *clock, zone.empty() ? When::Kind::floating : When::Kind::zoned, zone};
}

std::optional<Span> read_span(std::string_view value) {
    value = kit::trimmed(value);
    const bool back = value.substr(0, 1) == "-";
    if (back || value.substr(0, 1) == "+")
        value.remove_prefix(1);
    if (value.size() < 3 || kit::capital(value.front()) != 'P')
        return std::nullopt;
    value.remove_prefix(1);
    Span span;
    bool of_day = false;
    while (!value.empty()) {
        if (!of_day && kit::capital(value.front()) == 'T') {
            of_day = true;
            value.remove_prefix(1);
        }
        const auto part = read_part(value, of_day);
        if (!part)
            return std::nullopt;
        if (of_day)
            span.rest += *part;
        else
            span.days += floor<days>(*part);
        if (span.days + span.rest > longest_span)
            return std::nullopt;
    }
    return back ? Span{-span.days, -span.rest} : span;
}

std::optional<seconds> read_offset(std::string_view value) {
    value = kit::trimmed(value);
    if (value.size() != 5 && value.size() != 7)
        return std::nullopt;
    const auto ahead = read_clock(std::string{value.substr(1)} + (value.size() == 5 ? "00" : ""));
    if (!ahead || (value.front() != '+' && value.front() != '-'))
        return std::nullopt;
    return value.front() == '-' ? -*ahead : *ahead;
}

std::string unescaped(std::string_view value) {
    std::string out;
    out.reserve(value.size());
    for (std::size_t i = 0; i < value.size(); ++i) {
        char c = value[i];
        if (c == '\\' && i + 1 < value.size()) {
            c = value[++i];
            if (c == 'n' || c == 'N')
                c = '\n';
            else if (c != '\\' && c != ';' && c != ',' && c != ':' && c != '"')
                out += '\\'; // a path of Windows', from those who escape nothing
        }
        out += c;
    }
    return out;
}

std::vector<std::string_view> listed(std::string_view value, char separator) {
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] == '\\') {
            ++i;
        } else if (value[i] == separator) {
            parts.push_back(value.substr(begin, i - begin));
            begin = i + 1;
        }
    }
    parts.push_back(value.substr(std::min(begin, value.size())));
    return parts;
}

} // namespace crier::calendar
