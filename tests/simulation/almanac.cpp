#include "simulation/almanac.hpp"

#include <algorithm>
#include <iterator>

namespace crier::sim {

using namespace std::chrono_literals;

namespace {

constexpr Duration one_minute = 1min;

std::vector<std::chrono::minutes> times_of(std::chrono::minutes from, std::chrono::minutes step, int count) {
    std::vector<std::chrono::minutes> times(static_cast<std::size_t>(count), from);
    for (int i = 0; i < count; ++i)
        times[static_cast<std::size_t>(i)] += step * i;
    return times;
}

} // namespace

std::chrono::local_time<Duration> Almanac::local(Instant when) const {
    return std::chrono::local_time<Duration>{when.time_since_epoch()} +
           (when < zone_.change ? zone_.before : zone_.after);
}

/// The first moment at which the local clock shows this or more: also where it leaves it out, or shows it
/// twice.
Instant Almanac::first_at(Day day, std::chrono::minutes time) const {
    const Instant shown{day.time_since_epoch() + Duration{time}};
    const Instant before = shown - zone_.before;
    return before < zone_.change ? before : std::max(zone_.change, shown - zone_.after);
}

void Almanac::add(std::set<Instant>& to, const std::vector<std::chrono::minutes>& times,
                  const std::function<bool(Day)>& admits) const {
    for (int index = 0; index < 6; ++index) {
        const Day day = local_day(agenda_, from_, index);
        for (const std::chrono::minutes time : times) {
            const Instant when = first_at(day, time);
            if (!admits || admits(std::chrono::floor<std::chrono::days>(local(when))))
                to.insert(when);
        }
    }
}

/// Only the daemon knows what chance says; but it must say the same whenever it is asked, and put each post
/// into its share of the night.
void Almanac::add_random(std::set<Instant>& to, const Changes& made) const {
    Settings settings;
    Agenda alone = agenda_;
    alone.has.reset().set(static_cast<std::size_t>(Kind::spread_random));
    add_agenda(settings, alone, from_, made);
    const EntrySettings& entry = settings.schedule.front();
    const schedule::Zone zone = schedule::Zone::find_or_utc(zone_.name);
    for (Instant begin = from_ - 24h; begin < to_; begin += 7 * one_minute) {
        Instant after = begin;
        for (int i = 0; i < 3; ++i) // those that lie closer together than the begins
            to.insert(after = schedule::next_after(entry.when, zone, after).value());
    }
}

std::set<Instant> Almanac::all(Kind kind, const Changes& made) const {
    std::set<Instant> set;
    switch (kind) {
    case Kind::cron_fixed:
        for (const std::chrono::minutes hour : {0h, 1h, 2h, 3h, 4h, 12h})
            add(set, has(made, Change::agenda_rule_changed) ? times_of(hour + 15min, 0min, 1)
                                                            : times_of(hour, 30min, 2));
        break;
    case Kind::cron_hours:
        for (Instant when = std::chrono::floor<std::chrono::minutes>(from_); when < to_; when += one_minute)
            if (local(when).time_since_epoch() % 1h == 40min)
                set.insert(when);
        break;
    case Kind::several:
        add(set, {2h, 8h, 14h, 20h});
        for (Instant when = std::chrono::floor<std::chrono::hours>(from_); when < to_; when += 1h)
            if (when.time_since_epoch() % 5h == 0s)
                set.insert(when);
        set.insert(std::chrono::ceil<std::chrono::hours>(from_) + 7h);
        set.insert(std::chrono::ceil<std::chrono::hours>(from_) + 20h + 1s);
        break;
    case Kind::spread_even:
        add(set, times_of(8h, 2h, 7));
        break;
    case Kind::spread_random:
        add_random(set, made);
        break;
    case Kind::whole_days:
        add(set, {2h + 30min});
        break;
    case Kind::rrule:
        add(set, times_of(2h + 30min, 6h, 4), [](Day day) {
            const std::chrono::weekday weekday{day};
            return weekday != std::chrono::Thursday && weekday != std::chrono::Friday;
        });
        break;
    case Kind::dated:
        add(set, times_of(0min, 3h, 8), [&](Day day) {
            return day == local_day(agenda_, from_, 1) ||
                   (day == local_day(agenda_, from_, 2) && !has(made, Change::agenda_exception));
        });
        std::erase_if(set, [&](Instant when) { return when < from_ + 5h || when > from_ + 44h; });
        break;
    default:
        for (Instant when = std::chrono::floor<std::chrono::hours>(from_); when < to_; when += 1h)
            set.insert(when);
        break;
    }
    return set;
}

std::set<Instant> Almanac::firings(Kind kind, const Changes& made) const {
    std::set<Instant> set = all(kind, made);
    std::erase_if(set, [&](Instant when) { return when <= from_ || when > to_; });
    return set;
}

std::vector<std::pair<Instant, Instant>> Almanac::shares_of_nights() const {
    constexpr int posts = 6;
    constexpr std::chrono::minutes share = std::chrono::minutes{8h} / posts;
    std::vector<std::pair<Instant, Instant>> shares;
    for (int index = 0; index < 4; ++index)
        for (int post = 0; post < posts; ++post) {
            const Day day = local_day(agenda_, from_, index);
            const Instant begin = first_at(day, 22h + share * post);
            const Instant end = first_at(day, 22h + share * (post + 1));
            if (begin > from_ && end <= to_)
                shares.emplace_back(begin, end);
        }
    return shares;
}

bool Almanac::is_quiet(Instant when) const {
    const Duration time = local(when).time_since_epoch() % 24h;
    return time >= quiet_from || time < quiet_to;
}

Instant Almanac::end_of_quiet(Instant when) const {
    for (when = std::chrono::ceil<std::chrono::minutes>(when); is_quiet(when);)
        when += one_minute;
    return when;
}

} // namespace crier::sim
