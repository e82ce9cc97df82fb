#include "calendar/vtimezone.hpp"

#include "calendar/expand.hpp"

#include <algorithm>

namespace crier::calendar {
namespace {

using namespace std::chrono;

/// Two a year, since 1601.
constexpr std::size_t most_changes = 2000;
/// A rule for each year since then, with some patience.
constexpr std::uint64_t steps_of_zone = 100'000;

/// When an observance begins, by the clocks that were there before it.
bool append_onsets(const Observance& of, year last_year, Steps& steps, std::vector<Zone::Change>& changes) {
    const Wall start = of.start->wall;
    const Range range{start, local_days{(last_year + years{1}) / 1 / 1}};
    const auto add = [&](Wall time) {
        changes.push_back({Instant{(time - *of.from).time_since_epoch()}, *of.to});
        return changes.size() < most_changes;
    };
    add(start);
    for (const When& extra : of.extra)
        if (changes.size() < most_changes)
            add(extra.wall);
    bool complete = true;
    for (const Rule& rule : of.rules) {
        Wall until = range.to;
        if (rule.until)
            until = rule.until->kind == When::Kind::utc ? rule.until->wall + *of.from : rule.until->wall;
        complete = expand(rule, start, until, range, steps, add) && complete;
    }
    return complete && changes.size() < most_changes;
}

} // namespace

std::optional<Zone> made_of(const ZoneText& text, year last_year, Steps& steps, Warnings& warnings) {
    std::vector<Zone::Change> changes;
    std::optional<Instant> first;
    seconds before{};
    Steps own{std::min(steps.left(), steps_of_zone)};
    const std::uint64_t begun = own.left();
    bool complete = true;
    for (const Observance& of : text.observances) {
        if (!of.start || !of.from || !of.to || changes.size() >= most_changes)
            continue;
        const Instant onset{(of.start->wall - *of.from).time_since_epoch()};
        if (!first || onset < *first) {
            first = onset;
            before = *of.from;
        }
        complete = append_onsets(of, last_year, own, changes) && complete;
    }
    (void)steps.take(begun - own.left());
    if (!complete)
        warnings.say("the zone \"" + shown(text.id) +
                     "\" of the calendar changes its clocks too often; later changes were left out");
    if (!first)
        return std::nullopt;
    return Zone{before, std::move(changes)};
}

} // namespace crier::calendar
