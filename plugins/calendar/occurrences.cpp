#include "calendar/occurrences.hpp"

#include "calendar/series.hpp"

#include <algorithm>
#include <map>

namespace crier::calendar {
namespace {

using namespace std::chrono;

constexpr std::size_t most_of_series = 5000;
constexpr std::uint64_t most_steps_of_series = 200'000;
constexpr Wall far_end = local_days{year{2501} / 1 / 1};

/// Writes out one series.
class SeriesExpansion {
public:
    SeriesExpansion(const Series& series, Range range, Zones& zones, Steps& steps, Warnings& warnings,
                    std::vector<Occurrence>& all)
        : series_(series)
        , range_(range)
        , zones_(zones)
        , steps_(steps)
        , warnings_(warnings)
        , all_(all) {}

    void run() {
        if (series_.master != nullptr && series_.master->cancelled)
            return;
        for (const Event* change : series_.changes) {
            changes_.emplace(original_of(*change), change);
            if (change->and_later)
                later_.emplace(original_of(*change), change);
            if (!change->cancelled && in_range(change->start->wall))
                add(*change, *change->start, length_of(*change));
        }
        if (series_.master != nullptr)
            expand_master(*series_.master);
    }

private:
    /// Days by the calendar, then seconds.
    using Length = Span;

    [[nodiscard]] bool in_range(Wall time) const { return time >= range_.from && time < range_.to; }

    /// The instant at which what is replaced would have begun.
    [[nodiscard]] Instant original_of(const Event& change) const {
        When when = *change.replaces;
        const Event* master = series_.master;
        // A date may stand for all that is in it.
        if (when.kind == When::Kind::date && master != nullptr && master->start->kind != When::Kind::date) {
            const Wall start = master->start->wall;
            when = When{when.wall + (start - floor<days>(start)), master->start->kind, master->start->zone};
        }
        return zones_.instant(when);
    }

    [[nodiscard]] Length length_between(const When& start, const When& end) const {
        if (start.kind == When::Kind::date)
            return {std::max(days{1}, floor<days>(end.wall - start.wall)), {}};
        return {{}, std::max(seconds{0}, zones_.instant(end) - zones_.instant(start))};
    }

    [[nodiscard]] Length length_of(const When& start, const std::optional<When>& end,
                                   const std::optional<Span>& span) const {
        if (end)
            return length_between(start, *end);
        const Span given = span.value_or(Span{});
        if (start.kind == When::Kind::date)
            return {std::max(days{1}, given.days), {}};
        return given.days + given.rest < seconds{0} ? Length{} : given;
    }
    [[nodiscard]] Length length_of(const Event& event) const {
        return length_of(*event.start, event.end, event.duration);
    }

    void add(const Event& event, const When& start, const Length& length) {
        const Zone& zone = zones_.of(start);
        Occurrence one;
        one.event = &event;
        // UTC is nobody's calendar.
        one.zone = start.kind == When::Kind::utc ? &zones_.home() : &zone;
        one.start = zone.instant_of(start.wall);
        one.end = length.days == days{0} ? one.start : zone.instant_of(start.wall + length.days);
        one.end = std::max(one.start, one.end + length.rest);
        one.all_day = start.kind == When::Kind::date;
        all_.push_back(one);
    }

    /// The last moment of a rule, in the series' own clocks.
    [[nodiscard]] static Wall end_of(const Rule& rule, const Zone& zone) {
        if (!rule.until)
            return far_end;
        if (rule.until->kind == When::Kind::utc)
            return zone.wall_of(Instant{rule.until->wall.time_since_epoch()});
        const bool whole_day = rule.until->kind == When::Kind::date;
        return rule.until->wall + (whole_day ? days{1} - seconds{1} : seconds{0});
    }

    /// So far do changes of all that follows move what is to come, there and back.
    [[nodiscard]] seconds farthest_move(const Zone& zone) const {
        seconds farthest{};
        for (const auto& [original, change] : later_)
            farthest = std::max(farthest, abs(moved(*change, original, zone)));
        return farthest;
    }
    [[nodiscard]] seconds moved(const Event& change, Instant original, const Zone& zone) const {
        return zone.wall_of(zones_.instant(*change.start)) - zone.wall_of(original);
    }

    void walls_of(const Event& master, const std::vector<Rule>& rules, Range range,
                  const std::function<bool(Wall)>& take) {
        Steps own{std::min(steps_.left(), most_steps_of_series)};
        const std::uint64_t begun = own.left();
        for (const Rule& rule : rules) {
            if (master.start->kind == When::Kind::date && rule.every < Rule::Every::day) {
                warnings_.say(master.line,
                              "the event " + master.name() +
                                  " has no time of day, so its rule cannot go by the hour; it was "
                                  "left out");
            } else if (!expand(rule, master.start->wall, end_of(rule, zones_.of(*master.start)), range, own,
                               take)) {
                warnings_.say(master.line, "it takes too long to work out when the event " + master.name() +
                                               " takes place; what is left of it was left out");
                break;
            }
        }
        (void)steps_.take(begun - own.left());
    }

    /// When the master takes place, and an RDATE that says how long.
    using Walls = std::map<Wall, const ExtraDate*>;

    void extra_of(const Event& master, Range range, Walls& walls) const {
        const Zone& zone = zones_.of(*master.start);
        for (const ExtraDate& extra : master.extra) {
            const bool by_day = extra.start.kind == When::Kind::date;
            const bool all_day = master.start->kind == When::Kind::date;
            Wall wall = by_day ? extra.start.wall : zone.wall_of(zones_.instant(extra.start));
            if (by_day && !all_day) // at the time of day at which the event always is
                wall += master.start->wall - floor<days>(master.start->wall);
            else if (!by_day && all_day)
                wall = floor<days>(wall);
            if (wall >= range.from && wall < range.to)
                walls.emplace(wall, extra.end || extra.duration ? &extra : nullptr);
        }
    }

    void remove_excluded(const Event& master, Range range, Walls& walls) {
        const Zone& zone = zones_.of(*master.start);
        for (const When& when : master.excluded) {
            const bool whole_day = when.kind == When::Kind::date || master.start->kind == When::Kind::date;
            const Wall wall = when.kind == When::Kind::date ? when.wall : zone.wall_of(zones_.instant(when));
            if (whole_day)
                walls.erase(walls.lower_bound(floor<days>(wall)),
                            walls.lower_bound(floor<days>(wall) + days{1}));
            else
                walls.erase(wall);
        }
        walls_of(master, master.without, range, [&](Wall wall) {
            if (wall != master.start->wall)
                walls.erase(wall);
            return true;
        });
    }

    void expand_master(const Event& master) {
        const Zone& zone = zones_.of(*master.start);
        const seconds reach = farthest_move(zone);
        const Range range{std::max<Wall>(range_.from - reach, Wall{} - days{365 * 365}),
                          std::min<Wall>(range_.to + reach, far_end)};
        Walls walls;
        if (master.start->wall >= range.from && master.start->wall < range.to)
            walls.emplace(master.start->wall, nullptr);
        walls_of(master, master.rules, range, [&](Wall wall) {
            walls.emplace(wall, nullptr);
            return walls.size() < most_of_series;
        });
        if (walls.size() >= most_of_series)
            warnings_.say(master.line, "the event " + master.name() + " takes place more than " +
                                           std::to_string(most_of_series) +
                                           " times within the horizon; the rest was left out");
        extra_of(master, range, walls);
        remove_excluded(master, range, walls);
        for (const auto& [wall, extra] : walls)
            add_unchanged(master, wall, extra);
    }

    /// Unless it was changed by itself; with what was changed of it and all that follow.
    void add_unchanged(const Event& master, Wall wall, const ExtraDate* extra) {
        When start{wall, master.start->kind, master.start->zone};
        const Instant original = zones_.instant(start);
        if (changes_.count(original) != 0)
            return;
        const Event* event = &master;
        Length length =
            extra != nullptr ? length_of(extra->start, extra->end, extra->duration) : length_of(master);
        if (auto change = later_.upper_bound(original); change != later_.begin()) {
            --change;
            event = change->second;
            if (event->cancelled)
                return;
            start.wall += moved(*event, change->first, zones_.of(start));
            length = length_of(*event);
        }
        add(*event, start, length);
    }

    const Series& series_;
    Range range_;
    Zones& zones_;
    Steps& steps_;
    Warnings& warnings_;
    std::vector<Occurrence>& all_;
    std::map<Instant, const Event*> changes_; ///< by the instant that was planned at first
    std::map<Instant, const Event*> later_;   ///< those that hold for all that follow, too
};

} // namespace

std::vector<Occurrence> occurrences_in(const std::vector<Event>& events, Range range, Zones& zones,
                                       Steps& steps, Warnings& warnings) {
    std::vector<Occurrence> all;
    for (const Series& series : series_of(events))
        SeriesExpansion{series, range, zones, steps, warnings, all}.run();
    return all;
}

} // namespace crier::calendar
