#include "config/days.hpp"

#include "config/words.hpp"
#include "core/ascii.hpp"
#include "core/nearest.hpp"

#include <algorithm>
#include <array>

namespace crier::config {
namespace {

constexpr std::array<std::string_view, 7> weekday_names{"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"};

std::optional<std::size_t> weekday_of(std::string_view text) {
    const auto* found = std::find_if(weekday_names.begin(), weekday_names.end(),
                                     [&](std::string_view name) { return ascii::same(name, text); });
    if (found == weekday_names.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - weekday_names.begin());
}

} // namespace

void add_dates(Scope& scope, schedule::Dates& dates, Ref day, const Path& path) {
    if (const Result<> added = dates.add(day.text()); !added)
        scope.problems().error(path, day, added.error().message, added.error().hint);
}

schedule::Dates read_dates(Scope& scope, Ref given, const Path& path) {
    schedule::Dates dates;
    each_text(given, path, [&](Ref day, const Path& at) { add_dates(scope, dates, day, at); });
    return dates;
}

std::bitset<7> read_weekdays(Scope& scope, Ref given, const Path& path) {
    std::bitset<7> days;
    bool good = true;
    each_text(given, path, [&](Ref text, const Path& at) {
        const std::string_view range = text.text();
        const std::size_t dash = range.find('-');
        const std::string_view last_name = dash == std::string_view::npos ? range : range.substr(dash + 1);
        const auto first = weekday_of(range.substr(0, dash));
        const auto last = weekday_of(last_name);
        if (!first || !last) {
            const std::string_view wrong = first ? last_name : range.substr(0, dash);
            const std::string near = nearest(wrong, {weekday_names.begin(), weekday_names.end()});
            scope.problems().error(at, text, quoted(wrong) + " is no day of the week",
                                   near.empty() ? "SUN, MON, TUE, WED, THU, FRI, SAT, or a stretch: MON-FRI"
                                                : "did you mean " + near + "?");
            good = false;
            return;
        }
        days.set(*last);
        for (std::size_t day = *first; day != *last; day = (day + 1) % days.size())
            days.set(day);
    });
    return good && days.any() ? days : std::bitset<7>{}.set();
}

} // namespace crier::config
