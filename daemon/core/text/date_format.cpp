#include "core/text/date_format.hpp"

#include "core/text/date_names.hpp"

#include <cstdlib>

namespace crier::text {
namespace {

using std::chrono::days;
using std::chrono::seconds;

/// A moment taken apart in its zone.
struct Parts {
    std::chrono::year_month_day date;
    std::chrono::hh_mm_ss<seconds> time;
    unsigned weekday; ///< 0 is Sunday
    int day_of_year;  ///< from 1
    int iso_year;
    int iso_week;
    seconds offset;
    const Moment* moment;
    const DateNames* names;

    [[nodiscard]] unsigned month_index() const { return static_cast<unsigned>(date.month()) - 1; }
    [[nodiscard]] int hour() const { return static_cast<int>(time.hours().count()); }
    [[nodiscard]] int hour12() const { return hour() % 12 == 0 ? 12 : hour() % 12; }
};

Parts take_apart(const Moment& moment, std::string_view language) {
    const schedule::LocalTime local = moment.zone.to_local(moment.when);
    const auto day = std::chrono::floor<days>(local);
    Parts parts{};
    parts.date = std::chrono::year_month_day{day};
    parts.time = std::chrono::hh_mm_ss<seconds>{local - day};
    parts.weekday = std::chrono::weekday{day}.c_encoding();
    parts.day_of_year =
        static_cast<int>((day - std::chrono::local_days{parts.date.year() / 1 / 1}).count()) + 1;
    // The week belongs to the year that its Thursday is in.
    const auto thursday = day + days{4} - days{parts.weekday == 0 ? 7 : static_cast<int>(parts.weekday)};
    const std::chrono::year iso_year = std::chrono::year_month_day{thursday}.year();
    parts.iso_year = static_cast<int>(iso_year);
    parts.iso_week = static_cast<int>((thursday - std::chrono::local_days{iso_year / 1 / 1}).count()) / 7 + 1;
    parts.offset = moment.zone.offset(moment.when);
    parts.moment = &moment;
    parts.names = &date_names(language);
    return parts;
}

/// `pad`: '0', ' ', or '-' for none.
std::string padded(int value, std::size_t width, char pad) {
    std::string digits = std::to_string(value);
    if (pad != '-' && digits.size() < width)
        digits.insert(0, width - digits.size(), pad);
    return digits;
}

std::string offset_text(seconds offset) {
    const auto minutes = std::abs(std::chrono::duration_cast<std::chrono::minutes>(offset).count());
    return (offset < seconds{0} ? "-" : "+") + padded(static_cast<int>(minutes / 60), 2, '0') +
           padded(static_cast<int>(minutes % 60), 2, '0');
}

/// Numbers, by their letter; `pad` is what the format asks for, or 0.
bool append_number(std::string& out, char letter, char pad, const Parts& parts) {
    const auto put = [&](int value, std::size_t width, char usual) {
        out += padded(value, width, pad == 0 ? usual : pad);
        return true;
    };
    const int year = static_cast<int>(parts.date.year());
    switch (letter) {
    case 'Y':
        return put(year, 4, '0');
    case 'y':
        return put(((year % 100) + 100) % 100, 2, '0');
    case 'm':
        return put(static_cast<int>(parts.month_index()) + 1, 2, '0');
    case 'd':
        return put(static_cast<int>(static_cast<unsigned>(parts.date.day())), 2, '0');
    case 'e':
        return put(static_cast<int>(static_cast<unsigned>(parts.date.day())), 2, ' ');
    case 'H':
        return put(parts.hour(), 2, '0');
    case 'I':
        return put(parts.hour12(), 2, '0');
    case 'M':
        return put(static_cast<int>(parts.time.minutes().count()), 2, '0');
    case 'S':
        return put(static_cast<int>(parts.time.seconds().count()), 2, '0');
    case 'j':
        return put(parts.day_of_year, 3, '0');
    case 'u':
        return put(parts.weekday == 0 ? 7 : static_cast<int>(parts.weekday), 1, '0');
    case 'w':
        return put(static_cast<int>(parts.weekday), 1, '0');
    case 'V':
        return put(parts.iso_week, 2, '0');
    case 'G':
        return put(parts.iso_year, 4, '0');
    default:
        return false;
    }
}

bool append_word(std::string& out, char letter, const Parts& parts) {
    switch (letter) {
    case 'A':
        out += parts.names->days[parts.weekday];
        return true;
    case 'a':
        out += parts.names->short_days[parts.weekday];
        return true;
    case 'B':
        out += parts.names->months[parts.month_index()];
        return true;
    case 'b':
    case 'h':
        out += parts.names->short_months[parts.month_index()];
        return true;
    case 'p':
        out += parts.hour() < 12 ? "AM" : "PM";
        return true;
    case 'P':
        out += parts.hour() < 12 ? "am" : "pm";
        return true;
    case 'Z':
        out += parts.moment->zone.abbreviation(parts.moment->when);
        return true;
    case 'z':
        out += offset_text(parts.offset);
        return true;
    case 's':
        out += std::to_string(std::chrono::floor<seconds>(parts.moment->when).time_since_epoch().count());
        return true;
    case 'n':
        out += '\n';
        return true;
    case 't':
        out += '\t';
        return true;
    case '%':
        out += '%';
        return true;
    default:
        return false;
    }
}

/// %F, %T, %R, %D are short for others; empty for anything else.
std::string_view expansion(char letter) {
    switch (letter) {
    case 'F':
        return "%Y-%m-%d";
    case 'T':
        return "%H:%M:%S";
    case 'R':
        return "%H:%M";
    case 'D':
        return "%m/%d/%y";
    default:
        return {};
    }
}

struct Bad {
    std::string directive;
};

/// The one reader of formats, so that what is accepted is what is understood.
std::optional<Bad> format_into(std::string& out, std::string_view format, const Parts& parts) {
    for (std::size_t at = 0; at < format.size(); ++at) {
        if (format[at] != '%') {
            out += format[at];
            continue;
        }
        const std::size_t begin = at++;
        char pad = 0;
        if (at < format.size() && (format[at] == '-' || format[at] == '0' || format[at] == '_')) {
            pad = format[at] == '_' ? ' ' : format[at];
            ++at;
        }
        const bool bare = pad == 0 && format.substr(at, 2) == "OB";
        at += bare ? 1 : 0;
        if (at >= format.size())
            return Bad{std::string{format.substr(begin)}};
        if (bare)
            out += parts.names->months_bare[parts.month_index()];
        else if (const std::string_view longer = expansion(format[at]); pad == 0 && !longer.empty())
            format_into(out, longer, parts);
        else if (!append_number(out, format[at], pad, parts) &&
                 (pad != 0 || !append_word(out, format[at], parts)))
            return Bad{std::string{format.substr(begin, at + 1 - begin)}};
    }
    return std::nullopt;
}

} // namespace

std::string format_date(const Moment& moment, std::string_view format, std::string_view language) {
    std::string out;
    format_into(out, format, take_apart(moment, language));
    return out;
}

std::optional<std::string> date_format_problem(std::string_view format) {
    std::string out;
    const Moment moment;
    if (const auto bad = format_into(out, format, take_apart(moment, "en")))
        return "the date format has no '" + bad->directive + "'";
    if (format.find('%') == std::string_view::npos)
        return "the date format '" + std::string{format} + "' has no % in it";
    return std::nullopt;
}

} // namespace crier::text
