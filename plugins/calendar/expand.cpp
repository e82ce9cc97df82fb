#include "calendar/expand.hpp"

#include "calendar/periods.hpp"
#include "calendar/rule_days.hpp"

#include <algorithm>

namespace crier::calendar {
namespace {

using namespace std::chrono;

class Expansion {
public:
    Expansion(const Rule& rule, Wall start, Wall until, Range range, Steps& steps,
              const std::function<bool(Wall)>& take)
        : rule_(completed(rule, floor<days>(start)))
        , start_(start)
        , from_(rule.count > 0 ? start : std::max(start, range.from))
        , end_(std::min(range.to, until + seconds{1}))
        , range_(range)
        , steps_(steps)
        , take_(take) {
        const hh_mm_ss clock{start - floor<days>(start)};
        const auto or_start = [](std::vector<int>& list, auto value) {
            if (list.empty())
                list.push_back(static_cast<int>(value.count()));
        };
        if (rule_.every > Rule::Every::hour)
            or_start(rule_.hours, clock.hours());
        if (rule_.every > Rule::Every::minute)
            or_start(rule_.minutes, clock.minutes());
        if (rule_.every > Rule::Every::second)
            or_start(rule_.seconds, clock.seconds());
    }

    bool run() {
        if (start_ >= range_.from && start_ < range_.to && !take_(start_))
            return true;
        if (rule_.every < Rule::Every::day)
            by_units();
        else
            by_periods();
        return !exhausted_;
    }

private:
    bool step(std::uint64_t count = 1) {
        exhausted_ = exhausted_ || !steps_.take(count);
        done_ = done_ || exhausted_;
        return !done_;
    }

    void found(Wall time) {
        if (done_ || time <= start_)
            return;
        if (time >= end_ || (rule_.count > 0 && ++counted_ > rule_.count))
            done_ = true;
        else if (time >= range_.from)
            done_ = !take_(time);
    }

    /// Times of a period in their order: with positions only those of all.
    void found_all(const std::vector<local_days>& all, const std::vector<seconds>& times) {
        const auto size = static_cast<std::int64_t>(all.size() * times.size());
        const auto nth = [&](std::int64_t i) {
            const auto index = static_cast<std::size_t>(i);
            return all[index / times.size()] + times[index % times.size()];
        };
        if (rule_.positions.empty()) {
            for (std::int64_t i = 0; i < size && step(); ++i)
                found(nth(i));
            return;
        }
        std::vector<std::int64_t> chosen;
        for (const int position : rule_.positions)
            if (const std::int64_t i = position > 0 ? position - 1 : size + position; i >= 0 && i < size)
                chosen.push_back(i);
        std::sort(chosen.begin(), chosen.end());
        chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
        for (const std::int64_t i : chosen)
            if (step())
                found(nth(i));
    }

    bool names(local_days day) { return step(1 + rule_.weekdays.size() / 8) && names_day(rule_, day); }

    void by_periods() {
        if (!step(rule_.hours.size() * rule_.minutes.size() * rule_.seconds.size()))
            return;
        const std::vector<seconds> times = times_of(rule_.hours, rule_.minutes, rule_.seconds);
        const local_days last = floor<days>(end_);
        std::int64_t period = period_of(rule_, floor<days>(from_));
        const std::int64_t past = (period - period_of(rule_, floor<days>(start_))) % rule_.interval;
        period += past == 0 ? 0 : rule_.interval - past;
        for (; !done_ && step() && period <= period_of(rule_, last); period += rule_.interval)
            found_all(days_in(begin_of(rule_, period), begin_of(rule_, period + 1), last), times);
    }

    std::vector<local_days> days_in(local_days begin, local_days end, local_days last) {
        if (rule_.positions.empty()) { // else they count from the period's begin, or end
            begin = std::max(begin, floor<days>(from_));
            end = std::min(end, last + days{1});
        }
        std::vector<local_days> all;
        for (local_days day = begin; day < end && !done_; day += days{1}) {
            const year_month_day date{day};
            const auto month = static_cast<int>(static_cast<unsigned>(date.month()));
            if (!rule_.months.empty() && !std::binary_search(rule_.months.begin(), rule_.months.end(), month))
                day = local_days{date.year() / date.month() / std::chrono::last}; // over all of it
            else if (names(day))
                all.push_back(day);
        }
        return all;
    }

    /// For rules by the hour, minute or second.
    void by_units() {
        const seconds unit = rule_.every == Rule::Every::hour     ? seconds{hours{1}}
                             : rule_.every == Rule::Every::minute ? seconds{minutes{1}}
                                                                  : seconds{1};
        const seconds pace = unit * rule_.interval;
        const Wall origin = start_ - (start_.time_since_epoch() % unit + unit) % unit;
        Wall at = origin + std::max(floor<days>(from_) - origin, seconds{0}) / pace * pace;
        while (!done_ && at < end_) {
            const local_days day = floor<days>(at);
            if (!names(day)) {
                at += (day + days{1} - at + pace - seconds{1}) / pace * pace;
                continue;
            }
            for (; at < day + days{1} && step(); at += pace)
                in_unit(day, hh_mm_ss{at - day});
        }
    }

    void in_unit(local_days day, const hh_mm_ss<seconds>& clock) {
        // A part as fine as the frequency, or coarser, limits; a finer one expands.
        const auto limited = [](const std::vector<int>& list, auto value) {
            return list.empty() ||
                   std::binary_search(list.begin(), list.end(), static_cast<int>(value.count()));
        };
        const std::vector<int> hour{static_cast<int>(clock.hours().count())};
        const std::vector<int> minute{static_cast<int>(clock.minutes().count())};
        const std::vector<int> second{static_cast<int>(clock.seconds().count())};
        const bool fine = rule_.every <= Rule::Every::minute;
        const bool finest = rule_.every == Rule::Every::second;
        if (limited(rule_.hours, clock.hours()) && (!fine || limited(rule_.minutes, clock.minutes())) &&
            (!finest || limited(rule_.seconds, clock.seconds())) &&
            step((fine ? 1 : rule_.minutes.size()) * (finest ? 1 : rule_.seconds.size())))
            found_all({day}, times_of(hour, fine ? minute : rule_.minutes, finest ? second : rule_.seconds));
    }

    static std::vector<seconds> times_of(const std::vector<int>& of_day, const std::vector<int>& of_hour,
                                         const std::vector<int>& of_minute) {
        std::vector<seconds> times;
        for (const int h : of_day)
            for (const int m : of_hour)
                for (const int s : of_minute)
                    times.push_back(hours{h} + minutes{m} + seconds{s});
        return times;
    }

    Rule rule_;
    Wall start_;
    Wall from_; ///< where to begin
    Wall end_;
    Range range_;
    Steps& steps_;
    const std::function<bool(Wall)>& take_;
    std::int64_t counted_ = 1; ///< the start is the first
    bool done_ = false;
    bool exhausted_ = false;
};

} // namespace

bool expand(const Rule& rule, Wall start, Wall until, Range range, Steps& steps,
            const std::function<bool(Wall)>& take) {
    return Expansion{rule, start, until, range, steps, take}.run();
}

} // namespace crier::calendar
