#include "core/schedule/words/phrases.hpp"
#include "core/schedule/words/rule.hpp"
#include "core/schedule/words/words.hpp"

#include <algorithm>

namespace crier::schedule {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr auto year_ahead = std::chrono::days{366};

/// More times than these are told by the first ones.
constexpr std::size_t most_touched = 3;

/// Clocks that are put forward or back, at one moment.
struct ClockChange {
    sys_seconds at;
    seconds before; ///< their offset until then
    seconds after;  ///< and from then on

    [[nodiscard]] bool forward() const { return after > before; }
    /// The local times that are left out or come twice: from this one, and not including ...
    [[nodiscard]] LocalTime first() const {
        return LocalTime{(at + std::min(before, after)).time_since_epoch()};
    }
    /// ... this one.
    [[nodiscard]] LocalTime last() const {
        return LocalTime{(at + std::max(before, after)).time_since_epoch()};
    }
};

std::vector<ClockChange> changes_after(const Zone& zone, Instant now) {
    std::vector<ClockChange> changes;
    const sys_seconds until = std::chrono::floor<seconds>(now) + year_ahead;
    for (Period period = zone.period(std::chrono::floor<seconds>(now)); period.end < until;) {
        const Period next = zone.period(period.end);
        if (next.offset != period.offset)
            changes.push_back({period.end, period.offset, next.offset});
        period = next;
    }
    return changes;
}

/// Every hour is a rhythm of elapsed time, which no change of the clocks touches.
bool is_touchable(const Rule& rule) {
    const auto* cron = std::get_if<Cron>(&rule);
    const bool rhythm = cron != nullptr && cron->hours_star && cron->hours.all();
    return goes_by_clock(rule) && !rhythm && !std::holds_alternative<At>(rule);
}

bool is_elapsed(const Rule& rule) {
    const auto* cron = std::get_if<Cron>(&rule);
    return cron != nullptr && cron->hours_star;
}

std::string clock_of(LocalTime local) {
    return clock_words(local - std::chrono::floor<std::chrono::days>(local));
}

/// The first local time after this one that a rule names, whether the clocks show it or not: where they are
/// never changed they show all.
std::optional<LocalTime> next_named(const Rule& rule, LocalTime after) {
    const auto next = next_after(rule, Zone{}, Instant{after.time_since_epoch()});
    return next ? std::optional{LocalTime{std::chrono::floor<seconds>(*next).time_since_epoch()}}
                : std::nullopt;
}

/// What a change does to the occurrences of one rule of an entry.
class TouchedTimes {
public:
    TouchedTimes(const EntrySettings& entry, const Zone& zone, const Rule& rule, const ClockChange& change)
        : entry_(entry)
        , zone_(zone)
        , rule_(rule)
        , change_(change) {
        const seconds moment{1};
        for (auto local = next_named(rule, change.first() - moment);
             local && *local < change.last() && times_.size() <= most_touched;
             local = next_named(rule, *local))
            if (is_touched(*local))
                times_.push_back(*local);
    }

    /// "02:30 fires at 03:00"; empty: it does nothing.
    [[nodiscard]] std::string words() const {
        if (times_.empty())
            return {};
        const bool one = times_.size() == 1;
        if (!change_.forward())
            return listed() + (one ? " comes twice and fires " : " come twice and fire ") +
                   (is_elapsed(rule_) ? "both times" : "the first time only");
        const std::string fires = listed() + (one ? " fires " : " fire ");
        if (one || !is_elapsed(rule_))
            return fires + "at " + clock_of(zone_.to_local(moment_of(times_.front()))) +
                   (one ? "" : ", once");
        return fires + duration_words(change_.after - change_.before) + " later by the clock";
    }

private:
    /// When what the rule names fires; of a time that comes twice the first.
    [[nodiscard]] Instant moment_of(LocalTime local) const {
        if (change_.forward() && !is_elapsed(rule_))
            return change_.at;
        return sys_seconds{local.time_since_epoch() - change_.before};
    }

    [[nodiscard]] bool is_touched(LocalTime local) const {
        const Instant moment = moment_of(local);
        if (!fires_at(entry_.when, zone_, moment))
            return false;
        if (!is_elapsed(rule_))
            return true;
        if (!change_.forward())
            return fires_at(entry_.when, zone_, sys_seconds{local.time_since_epoch() - change_.after});
        // Where the rule names the later time as well, only its beat goes on.
        const LocalTime shown = zone_.to_local(moment);
        return next_named(rule_, shown - seconds{1}) != shown;
    }

    [[nodiscard]] std::string listed() const {
        std::vector<std::string> words;
        for (std::size_t i = 0; i < std::min(times_.size(), most_touched); ++i)
            words.push_back(clock_of(times_[i]));
        if (times_.size() > most_touched)
            words.emplace_back("so on");
        return enumerate(words);
    }

    const EntrySettings& entry_;
    const Zone& zone_;
    const Rule& rule_;
    const ClockChange& change_;
    std::vector<LocalTime> times_; ///< one more than are listed: there are more
};

std::string change_words(const EntrySettings& entry, const Zone& zone, const ClockChange& change) {
    std::string touched;
    for (const Rule& rule : entry.when.rules) {
        if (!is_touchable(rule))
            continue;
        const std::string words = TouchedTimes{entry, zone, rule, change}.words();
        if (!words.empty() && touched.find(words) == std::string::npos)
            touched += (touched.empty() ? "" : "; ") + words;
    }
    if (touched.empty())
        return {};
    const LocalTime old_clock{(change.at + change.before).time_since_epoch()};
    const LocalTime new_clock{(change.at + change.after).time_since_epoch()};
    return "On " + day_words(std::chrono::floor<std::chrono::days>(new_clock)) + " the clocks go " +
           (change.forward() ? "forward" : "back") + " from " + clock_of(old_clock) + " to " +
           clock_of(new_clock) + ": " + touched + ".";
}

} // namespace

std::string clock_changes_in_words(const EntrySettings& entry, Instant now) {
    const Zone zone = Zone::find_or_utc(entry.timezone);
    std::string text;
    for (const ClockChange& change : changes_after(zone, now)) {
        const std::string words = change_words(entry, zone, change);
        text += (text.empty() || words.empty() ? "" : " ") + words;
    }
    return text;
}

} // namespace crier::schedule
