#include "kit/iso_date.hpp"

#include "kit/date_parts.hpp"

#include <chrono>

namespace crier::kit {
namespace {

/// "-W48-2", "W482", "-328", "328": a day of a week or of the year (ISO 8601, 5.2.2 and 5.2.3); nothing: it
/// is another form. What is taken of `scanner` is only taken then.
std::optional<std::chrono::year_month_day> day_of_week_or_year(DateScanner& scanner, int year) {
    using namespace std::chrono;
    DateScanner ahead = scanner;
    (void)ahead.take('-');
    const sys_days new_year{std::chrono::year{year} / January / 1};
    if (ahead.take('W') || ahead.take('w')) {
        const auto week = ahead.number(2, 2);
        (void)ahead.take('-');
        const int weekday = ahead.number(1, 1).value_or(1);
        if (!week || *week < 1 || *week > 53 || weekday < 1 || weekday > 7)
            return std::nullopt;
        scanner = ahead;
        // The week with the year's fourth day is its first.
        const sys_days fourth = new_year + days{3};
        const sys_days monday = fourth - (std::chrono::weekday{fourth} - Monday);
        return monday + days{7 * (*week - 1) + weekday - 1};
    }
    std::size_t digits = 0;
    const auto day = ahead.number(3, 4, &digits);
    const int last = std::chrono::year{year}.is_leap() ? 366 : 365;
    if (!day || digits != 3 || *day < 1 || *day > last)
        return std::nullopt;
    scanner = ahead;
    return new_year + days{*day - 1};
}

/// "12Z", "12+01", "12": an hour without minutes (ISO 8601, 4.2.2.3). It is taken only then.
bool hour_alone(DateScanner& scanner, DateParts& parts) {
    DateScanner ahead = scanner;
    const auto hour = ahead.number(2, 2);
    const std::string_view rest = ahead.rest();
    const bool alone = rest.empty() || rest.front() == 'Z' || rest.front() == 'z' || rest.front() == '+' ||
                       rest.front() == '-';
    if (!hour || !alone)
        return false;
    parts.hour = *hour;
    scanner = ahead;
    return true;
}

/// What stands behind the day: "T12:30:00Z", " 12:30", nothing. `compact`: "T123000Z".
std::optional<std::int64_t> read_iso_time(DateScanner scanner, DateParts parts, bool compact) {
    const bool marked = scanner.take('T') || scanner.take('t') || scanner.skip_blanks();
    if (scanner.at_digit()) {
        if (!marked)
            return std::nullopt;
        if (compact) {
            const auto hour = scanner.number(2, 2);
            const auto minute = scanner.number(2, 2);
            if (!hour || !minute)
                return std::nullopt;
            parts.hour = *hour;
            parts.minute = *minute;
            parts.second = scanner.number(2, 2).value_or(0);
        } else if (!hour_alone(scanner, parts) && !scanner.time(parts)) {
            return std::nullopt;
        }
    }
    return scanner.zone(parts) ? likely_instant(parts) : std::nullopt;
}

} // namespace

std::optional<std::int64_t> read_iso_date(std::string_view text) {
    DateScanner scanner{text};
    DateParts parts;
    parts.year = scanner.number(4, 4).value_or(0);
    if (const auto day = day_of_week_or_year(scanner, parts.year)) {
        parts.month = static_cast<int>(static_cast<unsigned>(day->month()));
        parts.day = static_cast<int>(static_cast<unsigned>(day->day()));
        parts.year = static_cast<int>(day->year());
        return read_iso_time(scanner, parts, false);
    }
    const bool compact = scanner.at_digit();
    if (compact) {
        const auto month = scanner.number(2, 2);
        const auto day = scanner.number(2, 2);
        if (!month || !day)
            return std::nullopt;
        parts.month = *month;
        parts.day = *day;
    } else {
        const char separator = text.size() > 4 && text[4] == '/' ? '/' : '-';
        for (int* part : {&parts.month, &parts.day})
            if (scanner.take(separator)) {
                const auto value = scanner.number(1, 2);
                if (!value)
                    return std::nullopt;
                *part = *value;
            }
    }
    return read_iso_time(scanner, parts, compact && text.find(':') == std::string_view::npos);
}

} // namespace crier::kit
