#include "core/text/span.hpp"

#include "core/text/days.hpp"

#include <algorithm>
#include <string>

namespace crier::text {
namespace {

using std::chrono::floor;

/// A year, in each unit, of which a thousand are the most: sums of them overflow nothing.
constexpr int most_years = 1000;
constexpr std::chrono::months most_months{12 * most_years};
constexpr std::chrono::days most_days{366 * most_years};
constexpr Duration most_elapsed = most_days;

Failure no_span(std::string_view text) {
    return Failure{
        Cause::config, "'" + std::string{text} + "' is no span of time",
        "spans are sums of 1y, 6mo, 2w, 7d, 12h, 30m and 10s, with a minus before them to go back"};
}

/// One number with its unit, "7d"; false when it is none. Too much of it is cut to what is too long.
bool add_part(Span& span, std::string_view part, std::size_t digits) {
    const std::string_view unit = part.substr(digits);
    if (unit == "y" || unit == "mo" || unit == "w" || unit == "d") {
        constexpr std::size_t enough_digits = 7;
        const int number =
            digits > enough_digits ? 10'000'000 : std::stoi(std::string{part.substr(0, digits)});
        if (unit == "y" || unit == "mo")
            span.months += unit == "y" ? std::chrono::years{number} : std::chrono::months{number};
        else
            span.days += unit == "w" ? std::chrono::weeks{number} : std::chrono::days{number};
        return true;
    }
    const auto elapsed = parse_duration(part);
    if (elapsed)
        span.elapsed += std::min(*elapsed, most_elapsed + std::chrono::hours{1});
    return elapsed.has_value();
}

} // namespace

Result<Span> read_span(std::string_view text) {
    constexpr std::string_view digits = "0123456789";
    const bool back = text.starts_with('-');
    std::string_view rest = text.substr(back ? 1 : 0);
    if (rest.empty())
        return no_span(text);
    Span span;
    while (!rest.empty()) {
        const std::size_t unit = rest.find_first_not_of(digits);
        if (unit == 0 || unit == std::string_view::npos)
            return no_span(text);
        const std::size_t end = std::min(rest.find_first_of(digits, unit), rest.size());
        if (!add_part(span, rest.substr(0, end), unit))
            return no_span(text);
        if (span.months > most_months || span.days > most_days || span.elapsed > most_elapsed)
            return Failure{Cause::config, "'" + std::string{text} + "' is too long a span",
                           "a thousand years are the most"};
        rest.remove_prefix(end);
    }
    return back ? Span{-span.months, -span.days, -span.elapsed} : span;
}

std::optional<Moment> moved(const Moment& moment, const Span& span) {
    const auto local = moment.zone.to_local(moment.when);
    const auto today = floor<std::chrono::days>(local);
    if (!in_reach(today))
        return std::nullopt;
    Moment there = moment;
    // What elapses alone must not go through local time, which is not unique when clocks are set back.
    if (span.months.count() != 0 || span.days.count() != 0) {
        std::chrono::year_month_day date = std::chrono::year_month_day{today} + span.months;
        if (!date.ok())
            date = date.year() / date.month() / std::chrono::last;
        const auto day = std::chrono::local_days{date} + span.days;
        if (!in_reach(day))
            return std::nullopt;
        there.when = moment.zone.to_instant(day + (local - today)).first +
                     (moment.when - floor<std::chrono::seconds>(moment.when));
    }
    there.when += span.elapsed;
    return there;
}

} // namespace crier::text
