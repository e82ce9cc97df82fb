#include "core/schedule/words/words.hpp"

#include "core/schedule/catchup.hpp"
#include "core/schedule/words/phrases.hpp"
#include "core/schedule/words/rule.hpp"

#include <algorithm>

namespace crier::schedule {
namespace {

/// More single moments than these are counted, not listed.
constexpr std::size_t most_moments = 3;

/// "12-24 to 12-26 and 2027-01-01"; a day without a year is of each.
std::string dates_words(const Dates& dates) {
    const std::string text = dates.text();
    std::vector<std::string> items;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(", ", at), text.size());
        std::string item = text.substr(at, end - at);
        if (const std::size_t dots = item.find(".."); dots != std::string::npos)
            item.replace(dots, 2, " to ");
        items.push_back(std::move(item));
        at = end + 2;
    }
    return enumerate(items);
}

/// The begin of a day stands for the day.
std::string start_words(Instant start, const Zone& zone) {
    const auto day = std::chrono::floor<std::chrono::days>(zone.to_local(start));
    return zone.to_instant(day).first == start ? day_words(day) : moment_words(start, zone);
}

/// And so does its end.
std::string end_words(Instant end, const Zone& zone) {
    const auto day = std::chrono::floor<std::chrono::days>(zone.to_local(end));
    const bool ends_a_day = zone.to_instant(day + std::chrono::days{1}).first == end + Duration{1};
    return ends_a_day ? "the end of " + day_words(day) : moment_words(end, zone);
}

std::string rules_words(const Calendar& when, const Zone& zone) {
    std::string text;
    for (const Rule& rule : when.rules)
        text += (text.empty() ? "" : "; and ") + rule_words(rule, zone);
    return text;
}

std::string zone_words(const EntrySettings& entry) {
    return entry.timezone == "UTC" ? "by UTC" : "by the clock of " + entry.timezone;
}

/// On which days, and from when until when.
std::string bounds_words(const Calendar& when, const Zone& zone) {
    std::string text;
    if (!when.weekdays.all())
        text += ", only on " + weekdays_words(when.weekdays);
    if (!when.only.empty())
        text += ", only on " + dates_words(when.only);
    if (!when.except.empty())
        text += ", not on " + dates_words(when.except);
    if (when.except_at.size() > most_moments)
        text += ", not at " + std::to_string(when.except_at.size()) + " single moments";
    else
        for (const Instant moment : when.except_at)
            text += ", not on " + moment_words(moment, zone);
    if (when.start)
        text += ", from " + start_words(*when.start, zone) + " on";
    if (when.until)
        text += ", until " + end_words(*when.until, zone);
    return text;
}

std::string firing_words(const EntrySettings& entry) {
    const Zone zone = Zone::find_or_utc(entry.timezone);
    const Calendar& when = entry.when;
    const std::string bounds = bounds_words(when, zone);
    const std::string rules = "It fires " + rules_words(when, zone);
    if (std::any_of(when.rules.begin(), when.rules.end(), goes_by_clock))
        return rules + ", " + zone_words(entry) + bounds + ".";
    // The steps are told in UTC, and only the bounds are the zone's.
    return rules + bounds + (bounds.empty() ? "" : ", days " + zone_words(entry)) + ".";
}

std::string quiet_words(const EntrySettings& entry) {
    const bool skips = entry.when_quiet == WhenQuiet::skip;
    if (!entry.quiet)
        return skips ? " What falls into quiet times of an account is left out." : "";
    const QuietTimes& quiet = *entry.quiet;
    const auto zone_beside = [&](const Interned& zone) {
        return zone == entry.timezone ? "" : " (" + zone + ")";
    };
    std::vector<std::string> times;
    if (quiet.hours)
        times.push_back("from " + clock_words(quiet.hours->from) + " to " + clock_words(quiet.hours->to) +
                        (quiet.hours->to > quiet.hours->from ? "" : " of the next day") +
                        zone_beside(quiet.hours->timezone));
    if (!quiet.blackout.empty())
        times.push_back("on " + dates_words(quiet.blackout) + zone_beside(quiet.timezone));
    return " It does not leave " + enumerate(times, "nor") +
           "; what falls into that or into quiet times of an account " +
           (skips ? "is left out." : "waits for their end.");
}

std::string missed_words(const MissedPolicy& missed) {
    const std::string late = duration_words(latest_by(missed));
    switch (missed.policy) {
    case Missed::skip:
        return " If it was missed: nothing, when more than " + late + " late.";
    case Missed::latest:
        return " If it was missed: the latest, up to " + late + " late.";
    case Missed::all:
        break;
    }
    return " If it was missed: all of it, up to " + late + " late.";
}

std::string order_words(const Draw& draw) {
    switch (draw.order) {
    case DrawOrder::turn:
        return "in turn, the oldest first";
    case DrawOrder::shuffle:
        return "by chance";
    case DrawOrder::weighted:
        return "by chance and weight";
    case DrawOrder::anniversary:
        break;
    }
    return std::string{draw.date == DrawDate::published ? "published" : "updated"} +
           " on this day of whichever year";
}

std::string draw_words(const Draw& draw) {
    const std::string again = draw.order == DrawOrder::anniversary ? ""
                              : draw.repeat_after ? "none again within " + duration_words(*draw.repeat_after)
                                                  : "none again before all others were";
    const char* const empty = draw.when_empty == WhenEmpty::alert    ? "a person is told"
                              : draw.when_empty == WhenEmpty::repeat ? "the one drawn longest ago comes again"
                                                                     : "nothing is posted";
    return " It draws an item of " + draw.from + ", " + order_words(draw) + (again.empty() ? "" : ", ") +
           again + "; where there is none, " + empty + ".";
}

std::string content_words(const EntrySettings& entry) {
    std::string text;
    if (entry.draw)
        text += draw_words(*entry.draw);
    if (entry.run)
        text += " It runs " + entry.run->command.front() + " for an item.";
    if (entry.only_if)
        text += " It posts only if " + entry.only_if->command.front() + " says so.";
    return text;
}

std::string targets_words(const EntrySettings& entry) {
    std::vector<std::string> accounts;
    for (const PostTarget& target : entry.targets)
        accounts.push_back(target.account);
    return accounts.empty() ? "" : " It posts to " + enumerate(accounts) + ".";
}

} // namespace

std::string in_words(const EntrySettings& entry) {
    std::string text = firing_words(entry);
    if (entry.jitter > Duration::zero())
        text += " It leaves up to " + duration_words(entry.jitter) + " later, each time differently.";
    text += quiet_words(entry) + missed_words(entry.missed);
    if (entry.expires_after)
        text += " It expires " + duration_words(*entry.expires_after) + " after it was due.";
    return text + content_words(entry) + targets_words(entry);
}

} // namespace crier::schedule
