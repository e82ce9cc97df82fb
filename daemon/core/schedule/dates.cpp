#include "core/schedule/dates.hpp"

#include "core/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace crier::schedule {
namespace {

using std::chrono::month_day;
using std::chrono::year_month_day;

/// A leap year, so that 29 February is a day of "every year".
constexpr std::chrono::year any_year{2000};

struct GivenDay {
    year_month_day date;
    bool yearly = false;
};

/// "2026-12-24" or "12-24"; nothing when it has another form. Whether there is such a day is not said.
std::optional<GivenDay> read_day(std::string_view text) {
    const bool yearly = ascii::has_shape(text, "99-99");
    if (!yearly && !ascii::has_shape(text, "9999-99-99"))
        return std::nullopt;
    const std::string_view rest = text.substr(text.size() - 5);
    const std::chrono::year year = yearly ? any_year : std::chrono::year{ascii::number_of(text.substr(0, 4))};
    return GivenDay{year / ascii::number_of(rest.substr(0, 2)) / ascii::number_of(rest.substr(3)), yearly};
}

Failure wrong(std::string_view text, const std::string& what, std::string hint) {
    return {Cause::config, "'" + std::string{text} + "' " + what, std::move(hint)};
}

std::string day_text(const year_month_day& date, bool yearly) {
    std::array<char, 16> text{};
    const int year = static_cast<int>(date.year());
    const auto month = static_cast<unsigned>(date.month());
    const auto day = static_cast<unsigned>(date.day());
    const int size = yearly ? std::snprintf(text.data(), text.size(), "%02u-%02u", month, day)
                            : std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", year, month, day);
    return {text.data(), static_cast<std::size_t>(size)};
}

month_day without_year(const year_month_day& date) {
    return date.month() / date.day();
}

} // namespace

Result<> Dates::add(std::string_view text) {
    constexpr std::string_view forms = "a day is 2026-12-24, or 12-24 in every year; a stretch is "
                                       "2026-12-24..2027-01-06 or 12-24..01-06";
    constexpr std::string_view dots = "..";
    const std::size_t cut = text.find(dots);
    const std::string_view first_text = text.substr(0, cut);
    const std::string_view last_text =
        cut == std::string_view::npos ? first_text : text.substr(cut + dots.size());
    const auto first = read_day(first_text);
    const auto last = read_day(last_text);
    if (!first || !last)
        return wrong(text, "is no date", std::string{forms});
    for (const auto& [day, said] : {std::pair{*first, first_text}, std::pair{*last, last_text}})
        if (!day.date.ok())
            return wrong(text, "is no date: there is no " + std::string{said},
                         "months have 28 to 31 days, and years 12 months");
    if (first->yearly != last->yearly)
        return wrong(text, "has a year at one end only", "say it at both ends, or at none for every year");
    if (!first->yearly && first->date > last->date)
        return wrong(text, "ends before it begins", std::string{});
    if (!spans_)
        spans_.emplace();
    spans_->push_back({first->date, last->date, first->yearly});
    return {};
}

std::span<const Dates::Span> Dates::spans() const noexcept {
    return spans_ ? std::span<const Span>{*spans_} : std::span<const Span>{};
}

bool Dates::contains(LocalDay day) const {
    const year_month_day date{day};
    const month_day of_year = without_year(date);
    return std::any_of(spans().begin(), spans().end(), [&](const Span& span) {
        if (!span.yearly)
            return span.first <= date && date <= span.last;
        const bool after_first = without_year(span.first) <= of_year;
        const bool before_last = of_year <= without_year(span.last);
        return span.first <= span.last ? after_first && before_last : after_first || before_last;
    });
}

std::string Dates::text() const {
    std::string text;
    for (const Span& span : spans()) {
        text += (text.empty() ? "" : ", ") + day_text(span.first, span.yearly);
        if (span.first != span.last)
            text += ".." + day_text(span.last, span.yearly);
    }
    return text;
}

bool Dates::over(LocalDay from) const {
    return std::none_of(spans().begin(), spans().end(),
                        [&](const Span& span) { return span.yearly || LocalDay{span.last} >= from; });
}

} // namespace crier::schedule
