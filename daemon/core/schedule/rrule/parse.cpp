#include "core/ascii.hpp"
#include "core/nearest.hpp"
#include "core/schedule/rrule/check.hpp"
#include "core/schedule/rrule/ical_time.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace crier::schedule {
namespace {

using Frequency = Rrule::Frequency;
using RruleProblem = std::optional<Failure>;

constexpr int most_counted = 100'000;
/// Each weekday of each week of a year has room.
constexpr std::size_t most_values = 400;

/// Indexed as std::chrono::weekday counts.
constexpr std::string_view weekday_names[] = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};

/// A part that is a list of numbers.
struct ListPart {
    std::string_view name;
    std::vector<int> Rrule::*list;
    int least;
    int most;
    bool from_end; ///< -1 is the last
    std::string_view hint;
};

constexpr ListPart list_parts[] = {
    {"BYSECOND", &Rrule::seconds, 0, 60, false, "0 to 60"},
    {"BYMINUTE", &Rrule::minutes, 0, 59, false, "0 to 59"},
    {"BYHOUR", &Rrule::hours, 0, 23, false, "0 to 23"},
    {"BYMONTHDAY", &Rrule::month_days, 1, 31, true, "1 to 31, or -31 to -1 from the month's end"},
    {"BYYEARDAY", &Rrule::year_days, 1, 366, true, "1 to 366, or -366 to -1 from the year's end"},
    {"BYWEEKNO", &Rrule::week_nos, 1, 53, true, "1 to 53, or -53 to -1 from the year's end"},
    {"BYMONTH", &Rrule::months, 1, 12, false, "1 to 12"},
    {"BYSETPOS", &Rrule::positions, 1, 366, true, "1 to 366, or -366 to -1 from the end"}};

const std::vector<std::string_view>& part_names() {
    static const std::vector<std::string_view> names{
        "FREQ",     "INTERVAL", "COUNT",      "UNTIL",     "WKST",     "BYDAY",   "BYSECOND",
        "BYMINUTE", "BYHOUR",   "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS"};
    return names;
}

Failure wrong_part(std::string what, std::string hint = {}) {
    return {Cause::config, std::move(what), std::move(hint)};
}

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& names,
                         std::string otherwise) {
    const std::string near = nearest(word, names);
    return near.empty() ? std::move(otherwise) : "did you mean " + near + "?";
}

/// Of digits alone, with a sign where `is_signed`.
std::optional<int> part_number(std::string_view text, bool is_signed = false) {
    if (is_signed && text.size() > 1 && text.front() == '+' && ascii::is_digit(text[1]))
        text.remove_prefix(1);
    if (text.empty() || (text.front() == '-' && !is_signed))
        return std::nullopt;
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional{value} : std::nullopt;
}

/// Calls `use` with each piece, until one gives a problem.
template <class Use>
RruleProblem each_piece(std::string_view text, std::string_view separator, Use use) {
    for (const std::string_view piece : ascii::split(text, separator))
        if (auto problem = use(piece))
            return problem;
    return std::nullopt;
}

std::optional<std::chrono::weekday> weekday_of(std::string_view name) {
    for (unsigned i = 0; i < std::size(weekday_names); ++i)
        if (ascii::same(name, weekday_names[i]))
            return std::chrono::weekday{i};
    return std::nullopt;
}

void sort_unique(std::vector<int>& list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
}

/// Reads the parts of one rule.
class RruleParser {
public:
    explicit RruleParser(LocalTime start) { rule_.start = start; }

    Result<Rrule> parse(std::string_view value) {
        if (!value.empty() && value.back() == ';')
            value.remove_suffix(1); // as some calendars write
        if (auto problem = each_piece(value, ";", [&](std::string_view part) { return read(part); }))
            return std::move(*problem);
        if (!seen("FREQ"))
            return wrong_part("FREQ is missing", "a rule begins with FREQ=DAILY, FREQ=WEEKLY or the like");
        if (auto problem = check_parts(rule_))
            return std::move(*problem);
        fill_from_start();
        return std::move(rule_);
    }

private:
    [[nodiscard]] bool seen(std::string_view name) const {
        return std::find(seen_.begin(), seen_.end(), name) != seen_.end();
    }

    RruleProblem read(std::string_view part) {
        const std::size_t equals = part.find('=');
        const std::string_view name = part.substr(0, equals);
        if (equals == std::string_view::npos)
            return wrong_part("'" + std::string{part} + "' is no NAME=VALUE",
                              "parts are separated by semicolons, such as FREQ=WEEKLY;BYDAY=MO");
        if (ascii::same(name, "RSCALE") || ascii::same(name, "SKIP"))
            return wrong_part(
                std::string{name} + " is not understood",
                "days are those of the Gregorian calendar, and one that a month lacks is left out");
        const auto& names = part_names();
        const auto known = std::find_if(names.begin(), names.end(),
                                        [&](std::string_view each) { return ascii::same(name, each); });
        if (known == names.end())
            return wrong_part("there is no part '" + std::string{name} + "'",
                              did_you_mean(name, names,
                                           "parts are FREQ, INTERVAL, COUNT, UNTIL, BYDAY and others "
                                           "of RFC 5545, 3.3.10"));
        if (seen(*known))
            return wrong_part(std::string{*known} + " stands twice",
                              "several values are a list: BYDAY=MO,TH");
        seen_.push_back(*known);
        return read(*known, part.substr(equals + 1));
    }

    RruleProblem read(std::string_view name, std::string_view value) {
        if (name == "FREQ")
            return read_frequency(value);
        if (name == "UNTIL")
            return read_until(value);
        if (name == "WKST")
            return read_week_start(value);
        if (name == "BYDAY")
            return read_weekdays(value);
        if (name == "INTERVAL" || name == "COUNT")
            return read_number(name, value);
        const auto* const part = std::find_if(std::begin(list_parts), std::end(list_parts),
                                              [&](const ListPart& each) { return each.name == name; });
        auto problem =
            each_piece(value, ",", [&](std::string_view piece) { return read_item(*part, piece); });
        std::vector<int>& list = rule_.*part->list;
        sort_unique(list);
        return problem ? problem : check_length(name, list.size());
    }

    static RruleProblem check_length(std::string_view name, std::size_t size) {
        if (size <= most_values)
            return std::nullopt;
        return wrong_part(std::string{name} + " lists more than " + std::to_string(most_values) + " values",
                          "from the begin or from the end, not both");
    }

    RruleProblem read_frequency(std::string_view value) {
        const auto& names = Rrule::frequency_names;
        const auto* const found =
            std::find_if(std::begin(names), std::end(names),
                         [&](std::string_view name) { return ascii::same(name, value); });
        if (found == std::end(names))
            return wrong_part(
                "FREQ=" + std::string{value} + " is no frequency",
                did_you_mean(value, {std::begin(names), std::end(names)},
                             "there are SECONDLY, MINUTELY, HOURLY, DAILY, WEEKLY, MONTHLY, YEARLY"));
        rule_.frequency = static_cast<Frequency>(found - names);
        return std::nullopt;
    }

    RruleProblem read_until(std::string_view value) {
        const auto time = IcalTime::parse(value);
        if (!time)
            return wrong_part("UNTIL=" + std::string{value} + " is no time",
                              "write 20261231T230000Z (UTC), 20261231T230000 (the entry's zone) or 20261231");
        if (time->utc)
            rule_.until_instant = Instant{time->time.time_since_epoch()};
        else
            rule_.until_local = time->time;
        rule_.until_day = time->date;
        return std::nullopt;
    }

    RruleProblem read_week_start(std::string_view value) {
        const auto day = weekday_of(value);
        if (!day)
            return wrong_part("WKST=" + std::string{value} + " is no weekday",
                              "weekdays are MO, TU, WE, TH, FR, SA, SU");
        rule_.week_start = *day;
        return std::nullopt;
    }

    RruleProblem read_number(std::string_view name, std::string_view value) {
        const auto number = part_number(value);
        const bool counts = name == "COUNT";
        if (!number || *number == 0)
            return wrong_part(std::string{name} + "=" + std::string{value} + " is no number above 0",
                              counts ? "without COUNT a rule has no end" : "without INTERVAL it is 1");
        if (counts && *number > most_counted)
            return wrong_part("COUNT=" + std::string{value} + " is more than " + std::to_string(most_counted),
                              "say with UNTIL when it ends");
        if (counts)
            rule_.count = *number;
        else
            rule_.interval = *number;
        return std::nullopt;
    }

    RruleProblem read_item(const ListPart& part, std::string_view piece) {
        const auto number = part_number(piece, part.from_end);
        const bool within = number && ((*number >= part.least && *number <= part.most) ||
                                       (part.from_end && *number <= -part.least && *number >= -part.most));
        if (!within)
            return wrong_part(std::string{part.name} + ": '" + std::string{piece} + "' is out of range",
                              "there may stand: " + std::string{part.hint});
        // A local time has no leap second; RFC 5545 lets the 59th stand for it.
        (rule_.*part.list).push_back(part.list == &Rrule::seconds ? std::min(*number, 59) : *number);
        return std::nullopt;
    }

    RruleProblem read_weekdays(std::string_view value) {
        auto problem = each_piece(value, ",", [&](std::string_view piece) { return read_weekday(piece); });
        return problem ? problem : check_length("BYDAY", rule_.weekdays.size());
    }

    RruleProblem read_weekday(std::string_view piece) {
        const std::size_t name = piece.size() < 2 ? 0 : piece.size() - 2;
        const auto day = weekday_of(piece.substr(name));
        const auto nth = name == 0 ? std::optional{0} : part_number(piece.substr(0, name), true);
        if (!day || !nth || (name > 0 && *nth == 0) || *nth > 53 || *nth < -53)
            return wrong_part(
                "BYDAY: '" + std::string{piece} + "' is no weekday",
                "there may stand: MO, TU, WE, TH, FR, SA, SU, with a number before it (2TU, -1FR) for "
                "the second or last of the month or year");
        const auto same = [&](const NthWeekday& each) { return each.weekday == *day && each.nth == *nth; };
        if (std::none_of(rule_.weekdays.begin(), rule_.weekdays.end(), same))
            rule_.weekdays.push_back({*day, *nth});
        return std::nullopt;
    }

    /// What the parts do not say the start says (RFC 5545, 3.3.10): from the frequency downwards.
    void fill_from_start() {
        const auto day = std::chrono::floor<std::chrono::days>(rule_.start);
        const std::chrono::year_month_day date{day};
        const std::chrono::hh_mm_ss<std::chrono::seconds> clock{rule_.start - day};
        const Frequency freq = rule_.frequency;
        const bool no_day = rule_.month_days.empty() && rule_.year_days.empty() && rule_.weekdays.empty();
        if (no_day && (freq == Frequency::weekly || !rule_.week_nos.empty()))
            rule_.weekdays = {{std::chrono::weekday{day}, 0}};
        else if (no_day && freq >= Frequency::monthly) {
            rule_.month_days = {static_cast<int>(static_cast<unsigned>(date.day()))};
            if (freq == Frequency::yearly && rule_.months.empty())
                rule_.months = {static_cast<int>(static_cast<unsigned>(date.month()))};
        }
        if (rule_.hours.empty() && freq >= Frequency::daily)
            rule_.hours = {static_cast<int>(clock.hours().count())};
        if (rule_.minutes.empty() && freq >= Frequency::hourly)
            rule_.minutes = {static_cast<int>(clock.minutes().count())};
        if (rule_.seconds.empty() && freq >= Frequency::minutely)
            rule_.seconds = {static_cast<int>(clock.seconds().count())};
    }

    Rrule rule_;
    std::vector<std::string_view> seen_;
};

} // namespace

Result<Rrule> Rrule::parse(std::string_view value, LocalTime start) {
    return RruleParser{start}.parse(value);
}

} // namespace crier::schedule
