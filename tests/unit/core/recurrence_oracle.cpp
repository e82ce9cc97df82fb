// Jumping to a moment against an oracle that steps from the rule's start, day by day or unit by unit, and
// asks of each whether it matches: RFC 5545's table of parts as it stands, without the lists and periods of
// the search.

#include "core/schedule/rrule/recurrence.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <random>
#include <set>

using namespace crier;
using namespace crier::schedule;
using namespace std::chrono_literals;

namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::weekday;
using std::chrono::year;
using std::chrono::year_month_day;

using RuleRandom = std::mt19937;

int roll(RuleRandom& random, int least, int most) {
    return std::uniform_int_distribution<int>{least, most}(random);
}

bool one_in(RuleRandom& random, int n) {
    return roll(random, 1, n) == 1;
}

constexpr const char* frequencies[] = {"SECONDLY", "MINUTELY", "HOURLY", "DAILY",
                                       "WEEKLY",   "MONTHLY",  "YEARLY"};
enum : int { secondly, minutely, hourly, daily, weekly, monthly, yearly };
constexpr const char* weekday_codes[] = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};

struct RandomRule {
    int frequency = daily;
    int interval = 1;
    unsigned week_start = 1;
    int count = 0;
    LocalTime start;
    std::set<int> months, week_nos, year_days, month_days, hours, minutes, seconds, positions;
    std::set<std::pair<int, int>> weekdays; ///< number (0: every) and day

    [[nodiscard]] std::string text(RuleRandom& random) const {
        std::string out = "FREQ=" + std::string{frequencies[frequency]};
        if (interval > 1)
            out += ";INTERVAL=" + std::to_string(interval);
        if (week_start != 1)
            out += ";WKST=" + std::string{weekday_codes[week_start]};
        if (count > 0)
            out += ";COUNT=" + std::to_string(count);
        const auto add = [&](const char* name, const std::set<int>& set) {
            std::vector<int> list(set.begin(), set.end());
            std::shuffle(list.begin(), list.end(), random);
            for (std::size_t i = 0; i < list.size(); ++i)
                out += (i == 0 ? std::string{";"} + name + "=" : ",") + std::to_string(list[i]);
        };
        add("BYMONTH", months);
        add("BYWEEKNO", week_nos);
        add("BYYEARDAY", year_days);
        add("BYMONTHDAY", month_days);
        add("BYHOUR", hours);
        add("BYMINUTE", minutes);
        add("BYSECOND", seconds);
        add("BYSETPOS", positions);
        std::string list;
        for (const auto& [nth, day] : weekdays)
            list +=
                (list.empty() ? ";BYDAY=" : ",") + (nth == 0 ? "" : std::to_string(nth)) + weekday_codes[day];
        return out + list;
    }
};

std::set<int> some(RuleRandom& random, int least, int most, int up_to, bool from_end = false) {
    std::set<int> out;
    for (int n = roll(random, 1, up_to); n > 0; --n)
        out.insert(roll(random, least, most) * (from_end && one_in(random, 3) ? -1 : 1));
    return out;
}

RandomRule random_rule(RuleRandom& random, int frequency) {
    RandomRule r;
    r.frequency = frequency;
    r.interval = one_in(random, 2) ? 1 : roll(random, 2, frequency == yearly ? 4 : 50);
    r.week_start = one_in(random, 2) ? 1U : static_cast<unsigned>(roll(random, 0, 6));
    r.start = local_days{year{2008} / roll(random, 1, 12) / roll(random, 1, 28)} +
              days{roll(random, 0, 700)} + std::chrono::seconds{roll(random, 0, 86399)};
    // Where the oracle steps but hours far, a rule that leaves out days would hardly fire.
    const bool may_restrict = frequency >= hourly || one_in(random, 3);
    if (may_restrict && one_in(random, frequency >= monthly ? 2 : 4))
        r.months = some(random, 1, 12, 4);
    if (may_restrict && (frequency == yearly || frequency <= hourly) && one_in(random, 3))
        r.year_days = some(random, 1, 366, frequency == yearly ? 6 : 60, true);
    if (may_restrict && frequency != weekly && one_in(random, r.year_days.empty() ? 3 : 6))
        r.month_days = some(random, 1, 31, 6, true);
    if (frequency == yearly && one_in(random, 3))
        r.week_nos = some(random, 1, 53, 5, true);
    if (may_restrict && one_in(random, 2)) {
        const bool may_number = frequency >= monthly && r.week_nos.empty();
        const int farthest = frequency == monthly || !r.months.empty() ? 5 : 53;
        for (int n = roll(random, 1, 4); n > 0; --n) {
            const int nth = may_number && one_in(random, 2) ? roll(random, 1, farthest) : 0;
            r.weekdays.insert({one_in(random, 2) ? nth : -nth, roll(random, 0, 6)});
        }
    }
    if (one_in(random, 3))
        r.hours = some(random, 0, 23, 4);
    if (one_in(random, 4))
        r.minutes = some(random, 0, 59, 4);
    if (one_in(random, 6))
        r.seconds = some(random, 0, 59, 3);
    const bool other = !r.months.empty() || !r.year_days.empty() || !r.month_days.empty() ||
                       !r.week_nos.empty() || !r.weekdays.empty() || !r.hours.empty() || !r.minutes.empty() ||
                       !r.seconds.empty();
    if (other && one_in(random, 4))
        r.positions = some(random, 1, 5, 2, true);
    if (one_in(random, 6))
        r.count = roll(random, 1, 200);
    return r;
}

/// Whether a number that counts from the begin or, below zero, from the end is in the set; an empty set has
/// all.
bool listed(const std::set<int>& set, int from_begin, int length) {
    return set.empty() || set.count(from_begin) > 0 || set.count(from_begin - length - 1) > 0;
}

int number(local_days begin, local_days day) {
    return static_cast<int>((day - begin).count()) + 1;
}

/// The year whose week it is, that week's number, and how many there are; by looking for the 4 January in it.
std::array<int, 3> week_of(local_days day, unsigned week_start) {
    const auto begin_of = [&](local_days any) {
        while (weekday{any}.c_encoding() != week_start)
            any -= days{1};
        return any;
    };
    for (int y = static_cast<int>(year_month_day{day}.year()) + 1;; --y) {
        const local_days first = begin_of(local_days{year{y} / 1 / 4});
        if (first > day)
            continue;
        const int weeks = number(first, begin_of(local_days{year{y + 1} / 1 / 4})) / 7;
        return {y, (number(first, day) - 1) / 7 + 1, weeks};
    }
}

bool day_matches(const RandomRule& r, local_days day) {
    const year_month_day date{day};
    const year_month_day start{std::chrono::floor<days>(r.start)};
    const local_days january{date.year() / 1 / 1};
    const local_days first{date.year() / date.month() / 1};
    const int in_year = number(january, local_days{(date.year() + std::chrono::years{1}) / 1 / 1}) - 1;
    const int in_month = static_cast<int>(static_cast<unsigned>(
        year_month_day{local_days{date.year() / date.month() / std::chrono::last}}.day()));
    const int of_day = static_cast<int>(weekday{day}.c_encoding());
    if (!listed(r.months, static_cast<int>(static_cast<unsigned>(date.month())), 100) ||
        !listed(r.year_days, number(january, day), in_year) ||
        !listed(r.month_days, number(first, day), in_month))
        return false;
    if (!r.week_nos.empty()) {
        const auto [y, week, weeks] = week_of(day, r.week_start);
        if (!listed(r.week_nos, week, weeks))
            return false;
    }
    if (!r.weekdays.empty()) {
        const bool by_month = r.frequency == monthly || !r.months.empty();
        const int place = by_month ? number(first, day) : number(january, day);
        const int length = by_month ? in_month : in_year;
        return std::any_of(r.weekdays.begin(), r.weekdays.end(), [&](const auto& each) {
            return each.second == of_day && (each.first == 0 || each.first == (place - 1) / 7 + 1 ||
                                             -each.first == (length - place) / 7 + 1);
        });
    }
    if (!r.year_days.empty() || !r.month_days.empty())
        return true;
    if (r.frequency == weekly || !r.week_nos.empty())
        return weekday{day} == weekday{local_days{start}};
    return (r.frequency < monthly || date.day() == start.day()) &&
           (r.frequency < yearly || !r.months.empty() || date.month() == start.month());
}

/// The period that the day is in, counted so that neighbours differ by one.
int day_period(const RandomRule& r, local_days day) {
    const year_month_day date{day};
    switch (r.frequency) {
    case weekly: {
        local_days begin{year{2000} / 1 / 1}; // some begin of a week long before
        while (weekday{begin}.c_encoding() != r.week_start)
            begin += days{1};
        return static_cast<int>((day - begin).count() / 7);
    }
    case monthly:
        return static_cast<int>(date.year()) * 12 + static_cast<int>(static_cast<unsigned>(date.month()));
    case yearly:
        return r.week_nos.empty() ? static_cast<int>(date.year()) : week_of(day, r.week_start)[0];
    default:
        return number(local_days{}, day);
    }
}

/// Adds what of one period (ascending) the positions leave.
void choose(const RandomRule& r, const std::vector<LocalTime>& period, std::vector<LocalTime>& out) {
    for (std::size_t i = 0; i < period.size(); ++i)
        if (listed(r.positions, static_cast<int>(i) + 1, static_cast<int>(period.size())))
            out.push_back(period[i]);
}

std::set<int> or_else(const std::set<int>& set, int otherwise) {
    return set.empty() ? std::set<int>{otherwise} : set;
}

/// All occurrences in local time from the start until `end`, by stepping.
std::vector<LocalTime> stepped(const RandomRule& r, LocalTime end) {
    const auto start_day = std::chrono::floor<days>(r.start);
    const std::chrono::hh_mm_ss<std::chrono::seconds> clock{r.start - start_day};
    std::vector<LocalTime> all;
    std::vector<LocalTime> period;
    if (r.frequency >= daily) {
        const int origin = day_period(r, start_day);
        int current = origin;
        // A period may begin before the rule, and what lies there counts for the positions.
        for (local_days day = start_day - days{400}; day < end + days{400}; day += days{1}) {
            const int index = day_period(r, day);
            if (index != current)
                choose(r, std::exchange(period, {}), all);
            current = index;
            if (index < origin || (index - origin) % r.interval != 0 || !day_matches(r, day))
                continue;
            for (const int hour : or_else(r.hours, static_cast<int>(clock.hours().count())))
                for (const int minute : or_else(r.minutes, static_cast<int>(clock.minutes().count())))
                    for (const int second : or_else(r.seconds, static_cast<int>(clock.seconds().count())))
                        period.push_back(day + std::chrono::hours{hour} + std::chrono::minutes{minute} +
                                         std::chrono::seconds{second});
        }
    } else {
        const std::chrono::seconds unit = r.frequency == secondly   ? 1s
                                          : r.frequency == minutely ? 60s
                                                                    : 3600s;
        const LocalTime origin = r.start - (r.start - start_day) % unit;
        std::optional<local_days> day;
        bool matches = false;
        for (LocalTime at = origin; at < end; at += unit * r.interval) {
            const auto today = std::chrono::floor<days>(at);
            if (day != today)
                matches = day_matches(r, today);
            day = today;
            const std::chrono::hh_mm_ss<std::chrono::seconds> now{at - today};
            if (!matches || !listed(r.hours, static_cast<int>(now.hours().count()), 1000))
                continue;
            std::set<int> minutes = or_else(r.minutes, static_cast<int>(clock.minutes().count()));
            std::set<int> seconds = or_else(r.seconds, static_cast<int>(clock.seconds().count()));
            if (r.frequency <= minutely) {
                if (!listed(r.minutes, static_cast<int>(now.minutes().count()), 1000))
                    continue;
                minutes = {static_cast<int>(now.minutes().count())};
            }
            if (r.frequency == secondly) {
                if (!listed(r.seconds, static_cast<int>(now.seconds().count()), 1000))
                    continue;
                seconds = {static_cast<int>(now.seconds().count())};
            }
            period.clear();
            for (const int minute : minutes)
                for (const int second : seconds)
                    period.push_back(today + now.hours() + std::chrono::minutes{minute} +
                                     std::chrono::seconds{second});
            choose(r, period, all);
        }
    }
    all.erase(all.begin(), std::lower_bound(all.begin(), all.end(), r.start));
    all.erase(std::lower_bound(all.begin(), all.end(), end), all.end());
    if (r.count > 0 && all.size() > static_cast<std::size_t>(r.count))
        all.resize(static_cast<std::size_t>(r.count));
    return all;
}

unsigned rule_seed() {
    const char* given = std::getenv("CRIER_TEST_SEED"); // NOLINT(concurrency-mt-unsafe): one thread
    return given == nullptr ? 20261126U : static_cast<unsigned>(std::strtoul(given, nullptr, 10));
}

Instant utc(LocalTime local) {
    return Instant{local.time_since_epoch()};
}

/// In UTC: what the clocks do is not what is asked here. `span` is how far the oracle steps.
void compare(int frequency, std::chrono::hours span, int rules) {
    RuleRandom random{rule_seed() + static_cast<unsigned>(frequency)};
    int fired = 0;
    for (int i = 0; i < rules; ++i) {
        const RandomRule r = random_rule(random, frequency);
        const std::string text = r.text(random);
        const LocalTime end = r.start + span;
        const std::vector<LocalTime> expected = stepped(r, end);
        const auto rule = Recurrence::parse(text, r.start, Zone{});
        const std::string what = "'" + text + "' from " + to_rfc3339(utc(r.start)) + ", seed " +
                                 std::to_string(rule_seed()) + ": ";
        if (!rule) {
            const std::string first = expected.empty() ? "" : to_rfc3339(utc(expected[0]));
            BOOST_TEST(first == "", what << rule.error().message << ", but fires " << first);
            continue;
        }
        fired += expected.empty() ? 0 : 1;
        std::string difference;
        const auto ask = [&](LocalTime after, std::vector<LocalTime>::const_iterator next) {
            const auto found = recurrence_after(*rule, Zone{}, utc(after));
            const bool in_span = found && *found < utc(end);
            const bool same = next == expected.end() ? !in_span : found == utc(*next);
            if (!same && difference.size() < 300)
                difference += " after " + to_rfc3339(utc(after)) + " comes " +
                              (found ? to_rfc3339(*found) : "nothing") + " for " +
                              (next == expected.end() ? "nothing" : to_rfc3339(utc(*next)));
        };
        // Along the first ones, and jumping to anywhere.
        ask(r.start - 1s, expected.begin());
        for (auto at = expected.begin(); at != expected.end() && at - expected.begin() < 60; ++at)
            ask(*at, at + 1);
        for (int jump = 0; jump < 40; ++jump) {
            const LocalTime after =
                r.start + std::chrono::seconds{roll(random, 0, static_cast<int>(span / 1s))};
            ask(after, std::upper_bound(expected.begin(), expected.end(), after));
        }
        BOOST_TEST(difference == "", what << difference);
    }
    BOOST_TEST(fired * 4 > rules, "too few of the random rules fire");
}

} // namespace

BOOST_AUTO_TEST_SUITE(recurrence_oracle)

BOOST_AUTO_TEST_CASE(years) {
    compare(yearly, days{366 * 12}, 40);
}

BOOST_AUTO_TEST_CASE(months) {
    compare(monthly, days{366 * 12}, 50);
}

BOOST_AUTO_TEST_CASE(weeks) {
    compare(weekly, days{366 * 8}, 40);
}

BOOST_AUTO_TEST_CASE(days_of_all_kinds) {
    compare(daily, days{366 * 6}, 40);
}

BOOST_AUTO_TEST_CASE(hours) {
    compare(hourly, days{366}, 40);
}

BOOST_AUTO_TEST_CASE(minutes) {
    compare(minutely, days{20}, 30);
}

BOOST_AUTO_TEST_CASE(seconds) {
    compare(secondly, std::chrono::hours{8}, 30);
}

BOOST_AUTO_TEST_SUITE_END()
