#include "core/schedule/words/rule.hpp"

#include "core/schedule/rrule/recurrence_data.hpp"
#include "core/schedule/words/cron.hpp"
#include "core/schedule/words/phrases.hpp"

namespace crier::schedule {
namespace {

using std::chrono::seconds;

constexpr Duration whole_day = std::chrono::hours{24};

/// More times of day than these are told by the first ones.
constexpr std::int64_t most_steps_listed = 6;
constexpr std::int64_t steps_shown = 3;

std::string times_a_day(int count) {
    return count == 1 ? "once a day" : count == 2 ? "twice a day" : std::to_string(count) + " times a day";
}

/// "every 6 hours"; "every hour" rather than "every 1 hour".
std::string period_words(Duration period) {
    const std::string words = duration_words(period);
    const bool single = words.starts_with("1 ") && words.find(' ', 2) == std::string::npos;
    return "every " + (single ? words.substr(2) : words);
}

/// Of whole days: by the zone's calendar, at one time of day; of whole weeks also on one weekday.
std::string calendar_steps(const Every& every) {
    const LocalTime first{std::chrono::floor<seconds>(every.offset % every.period)};
    const auto day = std::chrono::floor<std::chrono::days>(first);
    std::string text = period_words(every.period) + " at " + clock_words(first - day);
    if (every.period % std::chrono::hours{24 * 7} == Duration::zero())
        text += " on " + weekday_name(std::chrono::weekday{day}.c_encoding()) + "s";
    return text;
}

/// Of elapsed time: what divides a day is at the same times of UTC on each.
std::string elapsed_steps(const Every& every) {
    std::string text = period_words(every.period);
    const Duration offset = every.offset % every.period;
    if (every.period % seconds{1} != Duration::zero() || offset % seconds{1} != Duration::zero())
        return text;
    const auto clock = [&](std::int64_t step) {
        return clock_words(std::chrono::floor<seconds>(offset + every.period * step));
    };
    if (whole_day % every.period != Duration::zero()) {
        const auto day =
            std::chrono::floor<std::chrono::days>(LocalTime{std::chrono::floor<seconds>(offset)});
        const auto of_day = std::chrono::floor<seconds>(offset) - day.time_since_epoch();
        return text + ", counted from " + day_words(day) + " " + clock_words(of_day) + " UTC on";
    }
    const std::int64_t count = whole_day / every.period;
    std::vector<std::string> times;
    for (std::int64_t step = 0; step < (count > most_steps_listed ? steps_shown : count); ++step)
        times.push_back(clock(step));
    if (count <= most_steps_listed)
        return text + ", at " + enumerate(times) + " UTC";
    times.emplace_back("so on");
    return text + ", at " + enumerate(times) + " (UTC)";
}

/// "monthly"; how many occurrences that makes, only the rest of the rule says.
std::string frequency_words(const Rrule& rule) {
    static constexpr std::string_view adverbs[] = {"every second", "every minute", "hourly", "daily",
                                                   "weekly",       "monthly",      "yearly"};
    static constexpr std::string_view units[] = {"second", "minute", "hour", "day", "week", "month", "year"};
    const auto index = static_cast<std::size_t>(rule.frequency);
    return rule.interval == 1 ? std::string{adverbs[index]}
                              : "every " + count_words(rule.interval, units[index]);
}

/// " at 09:00", where it is the same each time.
std::string daily_time(const Rrule& rule) {
    if (rule.hours.size() != 1 || rule.minutes.size() != 1 || rule.seconds.size() != 1)
        return {};
    return " at " + clock_words(std::chrono::hours{rule.hours.front()} +
                                std::chrono::minutes{rule.minutes.front()} + seconds{rule.seconds.front()});
}

/// The lines of a calendar file may be long.
std::string shortened(const std::string& text) {
    constexpr std::size_t most = 200;
    return text.size() <= most ? text : text.substr(0, most) + "...";
}

struct WordsOfRule {
    const Zone& zone;

    std::string operator()(const Cron& cron) const { return cron_words(cron); }

    std::string operator()(const Every& every) const {
        return every.by_calendar() ? calendar_steps(every) : elapsed_steps(every);
    }

    std::string operator()(const At& at) const {
        if (at.instants.empty())
            return "at no moment";
        if (at.instants.size() == 1)
            return "once, on " + moment_words(at.instants.front(), zone);
        return "at " + std::to_string(at.instants.size()) + " moments, the first on " +
               moment_words(at.instants.front(), zone) + ", the last on " +
               moment_words(at.instants.back(), zone);
    }

    std::string operator()(const Spread& spread) const {
        const std::string from = clock_words(spread.from);
        const std::string to = clock_words(spread.to) + (spread.to > spread.from ? "" : " of the next day");
        if (spread.random) {
            const std::string between = "at random between " + from + " and " + to;
            return times_a_day(spread.posts) + ", " + between +
                   (spread.posts == 1 ? "" : ", each in a share of its own");
        }
        // The last of a whole day is the first of the next.
        const bool round = spread.to == spread.from && spread.posts > 1;
        const int posts = spread.posts - (round ? 1 : 0);
        if (posts == 1)
            return "once a day, at " + from;
        return times_a_day(posts) + (round ? ", evenly over the whole day from " + from + " on"
                                           : ", evenly from " + from + " to " + to);
    }

    std::string operator()(const Recurrence& recurrence) const {
        const Recurrence::Data& data = recurrence.data();
        const std::string text = shortened(data.text);
        if (data.rules.size() != 1 || !data.extra.empty())
            return "by " + text;
        const Rrule& rule = data.rules.front().rule;
        return frequency_words(rule) + daily_time(rule) + " by " + text;
    }
};

} // namespace

std::string rule_words(const Rule& rule, const Zone& zone) {
    return std::visit(WordsOfRule{zone}, rule);
}

bool goes_by_clock(const Rule& rule) {
    const auto* every = std::get_if<Every>(&rule);
    return every == nullptr || every->by_calendar();
}

} // namespace crier::schedule
