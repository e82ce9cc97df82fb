#include "core/schedule/words/cron.hpp"
#include "core/schedule/words/phrases.hpp"

#include <optional>

namespace crier::schedule {
namespace {

/// More times of day than these are no list any more that somebody reads.
constexpr std::size_t most_times = 6;

/// More stretches of hours than these are said as a list of hours.
constexpr std::size_t most_stretches = 3;

template <std::size_t N>
std::vector<int> numbers_of(const std::bitset<N>& set) {
    std::vector<int> found;
    for (std::size_t i = 0; i < N; ++i)
        if (set[i])
            found.push_back(static_cast<int>(i));
    return found;
}

/// The step of a set that goes round the clock from 0 on: what fires so has one rhythm over all hours.
template <std::size_t N>
std::optional<int> round_step(const std::bitset<N>& set) {
    const std::vector<int> found = numbers_of(set);
    if (found.size() < 2 || N % found.size() != 0)
        return std::nullopt;
    const int step = static_cast<int>(N / found.size());
    for (std::size_t i = 0; i < found.size(); ++i)
        if (found[i] != static_cast<int>(i) * step)
            return std::nullopt;
    return step;
}

/// The step between the members, where it is the same between all of them.
std::optional<int> even_step(const std::vector<int>& numbers) {
    if (numbers.size() < 2)
        return std::nullopt;
    const int step = numbers[1] - numbers[0];
    for (std::size_t i = 2; i < numbers.size(); ++i)
        if (numbers[i] - numbers[i - 1] != step)
            return std::nullopt;
    return step;
}

std::string every_words(int step, const std::string& unit) {
    return step == 1 ? "every " + unit : "every " + count_words(step, unit);
}

template <std::size_t N>
std::string number_words(const std::bitset<N>& set) {
    return enumerate(members(set, [](std::size_t value) { return std::to_string(value); }));
}

std::string time_words(int hour, int minute, int second) {
    return clock_words(std::chrono::hours{hour} + std::chrono::minutes{minute} +
                       std::chrono::seconds{second});
}

std::string times_words(const Cron& cron) {
    std::vector<std::string> times;
    for (const int hour : numbers_of(cron.hours))
        for (const int minute : numbers_of(cron.minutes))
            for (const int second : numbers_of(cron.seconds))
                times.push_back(time_words(hour, minute, second));
    return "at " + enumerate(times);
}

/// " from 09:00 to 17:59", for what goes on all the while; nothing for all hours.
std::string in_hours(const Cron& cron) {
    if (cron.hours.all())
        return {};
    std::vector<std::string> stretches;
    for (const Neighbours& some : neighbours(cron.hours))
        stretches.push_back("from " + time_words(static_cast<int>(some.first), 0, 0) + " to " +
                            time_words(static_cast<int>(some.last), 59, 0));
    return " " + (stretches.size() <= most_stretches ? enumerate(stretches)
                                                     : "in the hours " + number_words(cron.hours));
}

/// One minute of many hours.
std::string hourly_words(const Cron& cron) {
    const std::vector<int> hours = numbers_of(cron.hours);
    const int minute = numbers_of(cron.minutes).front();
    const int second = numbers_of(cron.seconds).front();
    if (cron.hours.all()) {
        std::vector<std::string> past;
        if (minute > 0)
            past.push_back(count_words(minute, "minute"));
        if (second > 0)
            past.push_back(count_words(second, "second"));
        return past.empty() ? "every hour, on the hour" : "at " + enumerate(past) + " past every hour";
    }
    if (const auto step = even_step(hours))
        return every_words(*step, "hour") + " from " + time_words(hours.front(), minute, second) + " to " +
               time_words(hours.back(), minute, second);
    return times_words(cron);
}

/// Minutes without a rhythm, on the minute: "at 5, 20 and 25 minutes past every hour".
std::string minutes_past_words(const Cron& cron) {
    const std::string text = "at " + number_words(cron.minutes) + " minutes past ";
    const std::vector<int> hours = numbers_of(cron.hours);
    if (hours.size() > 1 && even_step(hours) == 1)
        return text + "every hour" + in_hours(cron);
    std::vector<std::string> times;
    times.reserve(hours.size());
    for (const int hour : hours)
        times.push_back(time_words(hour, 0, 0));
    return text + enumerate(times);
}

/// Seconds that are neither one nor a rhythm over all minutes.
std::string seconds_words(const Cron& cron) {
    const auto step = round_step(cron.seconds);
    const char* const counted = cron.seconds.count() == 1 ? "second " : "seconds ";
    const std::string beat =
        step ? every_words(*step, "second") : "at " + (counted + number_words(cron.seconds));
    if (cron.minutes.all())
        return beat + (step ? "" : " of every minute") + in_hours(cron);
    return beat + (cron.minutes.count() == 1 ? " of minute " : " of the minutes ") +
           number_words(cron.minutes) + (cron.hours.all() ? " of every hour" : in_hours(cron));
}

} // namespace

std::string cron_time_words(const Cron& cron) {
    if (cron.seconds.count() * cron.minutes.count() * cron.hours.count() <= most_times)
        return times_words(cron);
    if (cron.seconds.count() != 1)
        return seconds_words(cron);
    if (cron.minutes.count() == 1)
        return hourly_words(cron);
    const int second = numbers_of(cron.seconds).front();
    if (const auto step = round_step(cron.minutes))
        return every_words(*step, "minute") + (second == 0 ? "" : " at second " + std::to_string(second)) +
               in_hours(cron);
    return second == 0 ? minutes_past_words(cron) : seconds_words(cron);
}

} // namespace crier::schedule
