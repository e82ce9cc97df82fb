#include "feed/dates.hpp"

#include "feed/loose_date.hpp"
#include "feed/month_names.hpp"
#include "kit/ascii.hpp"
#include "kit/date_parts.hpp"
#include "kit/iso_date.hpp"

#include <algorithm>
#include <charconv>

namespace crier::feed {
namespace {

constexpr std::size_t longest_date = 80;
constexpr std::size_t shortest_digits = 10; ///< of a date that is nothing else

/// RFC 2822, 4.3.
int full_year(int year, std::size_t digits) {
    if (digits >= 4)
        return year;
    if (digits == 3) // counted from 1900
        return 1900 + year;
    return year < 50 ? 2000 + year : 1900 + year;
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
        return scanner_.zone(parts_) ? kit::likely_instant(parts_) : std::nullopt;
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
        if (!day || scanner_.at_digit()) // a year
            return false;
        parts_.day = *day;
        for (const char* ordinal : {"st", "nd", "rd", "th"})
            skip_word(ordinal);
        separator();
        if (scanner_.at_word())
            first = scanner_.word();
        parts_.month = month_by_name(folded(first));
        return parts_.month != 0;
    }

    void separator() {
        (void)scanner_.take('-');
        scanner_.skip_blanks();
    }

    void skip_word(std::string_view word) {
        kit::DateScanner ahead = scanner_;
        if (ahead.word() != word)
            return;
        ahead.skip_blanks();
        scanner_ = ahead;
    }

    [[nodiscard]] bool asctime_follows() const {
        kit::DateScanner ahead = scanner_;
        return ahead.number(1, 2) && ahead.take(':');
    }

    std::optional<std::int64_t> time_then_year() {
        if (!scanner_.time(parts_))
            return std::nullopt;
        // The year is last; what stands before it is the zone.
        const std::string_view rest = kit::trimmed(scanner_.rest());
        if (rest.size() < 4)
            return std::nullopt;
        kit::DateScanner zone{rest.substr(0, rest.size() - 4)};
        kit::DateScanner year{rest.substr(rest.size() - 4)};
        parts_.year = year.number(4, 4).value_or(0);
        return zone.zone(parts_) ? kit::likely_instant(parts_) : std::nullopt;
    }

    kit::DateScanner scanner_;
    kit::DateParts parts_;
};

/// Digits and nothing else: 20261124120000, 202611241200, or seconds or milliseconds since the epoch where
/// they cannot be a date.
std::optional<std::int64_t> read_digits(std::string_view text) {
    constexpr std::size_t compact_size = 14;
    constexpr std::size_t seconds_size = 10;
    constexpr std::size_t milliseconds_size = 13;
    if (text.size() == compact_size || text.size() == compact_size - 2)
        return kit::read_iso_date(std::string{text.substr(0, 8)} + "T" + std::string{text.substr(8)});
    const bool seconds = text.size() == seconds_size;
    if ((!seconds && text.size() != milliseconds_size) || kit::read_iso_date(text.substr(0, 8)))
        return std::nullopt;
    std::int64_t value = 0;
    (void)std::from_chars(text.data(), text.data() + text.size(), value);
    return kit::in_range(value * (seconds ? 1'000'000 : 1'000));
}

/// The digits that a text begins with, if nothing follows them but those of a fraction; else nothing.
std::string_view without_fraction(std::string_view text) {
    const std::string_view whole = text.substr(0, text.find('.'));
    const std::string_view fraction = text.substr(std::min(whole.size() + 1, text.size()));
    const bool digits = std::all_of(whole.begin(), whole.end(), kit::is_digit) &&
                        std::all_of(fraction.begin(), fraction.end(), kit::is_digit);
    return digits ? whole : std::string_view{};
}

} // namespace

std::optional<std::int64_t> parse_date(std::string_view text) {
    text = kit::trimmed(text);
    if (text.size() < 4 || text.size() > longest_date)
        return std::nullopt;
    if (const std::string_view whole = without_fraction(text); whole.size() >= shortest_digits)
        return read_digits(whole);
    const bool year_first = std::all_of(text.begin(), text.begin() + 4, kit::is_digit);
    if (const auto date = year_first ? kit::read_iso_date(text) : Rfc822{text}.read())
        return date;
    return read_loose_date(text);
}

} // namespace crier::feed
