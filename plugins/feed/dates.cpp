#include "feed/dates.hpp"

#include "feed/ascii.hpp"
#include "feed/date_parts.hpp"

#include <algorithm>
#include <iterator>

namespace crier::feed {
namespace {

constexpr std::size_t longest_date = 80;

/// 2026-11-24T12:30:00Z, 2026-11-24 12:30, 2026-11-24, 2026-11, 2026, 20261124T123000Z, 20261124.
std::optional<std::int64_t> read_iso(std::string_view text) {
    DateScanner scanner{text};
    DateParts parts;
    parts.year = scanner.number(4, 4).value_or(0);
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
    const bool marked = scanner.take('T') || scanner.take('t') || scanner.skip_blanks();
    if (scanner.at_digit()) {
        if (!marked)
            return std::nullopt;
        if (compact && text.find(':') == std::string_view::npos) {
            const auto hour = scanner.number(2, 2);
            const auto minute = scanner.number(2, 2);
            if (!hour || !minute)
                return std::nullopt;
            parts.hour = *hour;
            parts.minute = *minute;
            parts.second = scanner.number(2, 2).value_or(0);
        } else if (!scanner.time(parts)) {
            return std::nullopt;
        }
    }
    return scanner.zone(parts) ? instant(parts) : std::nullopt;
}

/// 1 to 12 for an English name or its short form, else 0.
int month_of(std::string_view word) {
    constexpr std::string_view names[] = {"january",   "february", "march",    "april",
                                          "may",       "june",     "july",     "august",
                                          "september", "october",  "november", "december"};
    if (word.empty())
        return 0;
    if (word == "sept")
        return 9;
    const auto* found = std::find_if(std::begin(names), std::end(names), [word](std::string_view name) {
        return word.front() == name.front() && (word == name || word == name.substr(0, 3));
    });
    return found == std::end(names) ? 0 : static_cast<int>(found - std::begin(names)) + 1;
}

/// RFC 2822, 4.3, but with 1970 for the turn.
int full_year(int year, std::size_t digits) {
    if (digits >= 4)
        return year;
    if (digits == 3) // counted from 1900
        return 1900 + year;
    return year < 70 ? 2000 + year : 1900 + year;
}

/// "Tue, 24 Nov 2026 12:30:00 +0100", "24-Nov-26 12:30", "November 24, 2026", "Tue Nov 24 12:30:00 CET 2026".
class Rfc822 {
public:
    explicit Rfc822(std::string_view text)
        : scanner_(text) {}

    std::optional<std::int64_t> read() {
        if (!month_and_day())
            return std::nullopt;
        separator();
        if (asctime_follows())
            return time_then_year();
        std::size_t digits = 0;
        const auto year = scanner_.number(2, 4, &digits);
        if (!year)
            return std::nullopt;
        parts_.year = full_year(*year, digits);
        (void)scanner_.take('T');
        scanner_.skip_blanks();
        skip_word("at");
        if (scanner_.at_digit() && !scanner_.time(parts_))
            return std::nullopt;
        return scanner_.zone(parts_) ? instant(parts_) : std::nullopt;
    }

private:
    bool month_and_day() {
        // A word in front is the weekday, or the month where no other word follows.
        std::string first = scanner_.word();
        scanner_.skip_blanks();
        if (!first.empty() && scanner_.at_word()) {
            first = scanner_.word();
            scanner_.skip_blanks();
        }
        const auto day = scanner_.number(1, 2);
        if (!day)
            return false;
        parts_.day = *day;
        for (const char* ordinal : {"st", "nd", "rd", "th"})
            skip_word(ordinal);
        separator();
        if (scanner_.at_word())
            first = scanner_.word();
        parts_.month = month_of(first);
        return parts_.month != 0;
    }

    void separator() {
        (void)scanner_.take('-');
        scanner_.skip_blanks();
    }

    void skip_word(std::string_view word) {
        DateScanner ahead = scanner_;
        if (ahead.word() != word)
            return;
        ahead.skip_blanks();
        scanner_ = ahead;
    }

    [[nodiscard]] bool asctime_follows() const {
        DateScanner ahead = scanner_;
        return ahead.number(1, 2) && ahead.take(':');
    }

    std::optional<std::int64_t> time_then_year() {
        if (!scanner_.time(parts_))
            return std::nullopt;
        // The year is last; what stands before it is the zone.
        const std::string_view rest = trim(scanner_.rest());
        if (rest.size() < 4)
            return std::nullopt;
        DateScanner zone{rest.substr(0, rest.size() - 4)};
        DateScanner year{rest.substr(rest.size() - 4)};
        parts_.year = year.number(4, 4).value_or(0);
        return zone.zone(parts_) ? instant(parts_) : std::nullopt;
    }

    DateScanner scanner_;
    DateParts parts_;
};

} // namespace

std::optional<std::int64_t> parse_date(std::string_view text) {
    text = trim(text);
    if (text.size() < 4 || text.size() > longest_date)
        return std::nullopt;
    const bool year_first = std::all_of(text.begin(), text.begin() + 4, is_digit);
    return year_first ? read_iso(text) : Rfc822{text}.read();
}

} // namespace crier::feed
