// What an entry says of when, as sentences: by tables, and by rules that are said alike firing alike.

#include "core/schedule/words/words.hpp"

#include "core/schedule/cron/days.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <map>
#include <random>

using namespace crier;
using namespace crier::schedule;
using namespace std::chrono_literals;

namespace {

Instant utc_time(const char* text) {
    return from_rfc3339(text).value();
}

EntrySettings entry_of(Rule rule, const char* timezone = "Europe/Berlin") {
    EntrySettings entry;
    entry.name = "e";
    entry.timezone = timezone;
    entry.when = Calendar{std::move(rule)};
    return entry;
}

EntrySettings entry_of(const char* cron, const char* timezone = "Europe/Berlin") {
    return entry_of(Rule{Cron::parse(cron).value()}, timezone);
}

const std::string missed_by_default = " If it was missed: the latest, up to 1 hour late.";

/// Of the whole, what follows "It fires", without the missed policy where that is the default.
std::string firing_said(const EntrySettings& entry) {
    const std::string begin = "It fires ";
    std::string words = in_words(entry);
    BOOST_TEST_REQUIRE(words.starts_with(begin), words);
    words.erase(0, begin.size());
    if (const std::size_t at = words.find(missed_by_default); at != std::string::npos)
        words.erase(at, missed_by_default.size());
    return words;
}

/// Of a cron, without the zone.
std::string cron_said(const char* cron) {
    const std::string end = ", by UTC.";
    std::string words = firing_said(entry_of(cron, "UTC"));
    BOOST_TEST_REQUIRE(words.ends_with(end), words);
    return words.substr(0, words.size() - end.size());
}

Rule recurrence(const char* text) {
    const auto start = std::chrono::local_days{std::chrono::year{2026} / 12 / 1} + 9h;
    return Recurrence::parse(text, start, Zone::find("Europe/Berlin").value()).value();
}

Dates dates_of(std::initializer_list<const char*> days) {
    Dates dates;
    for (const char* day : days)
        dates.add(day).value();
    return dates;
}

/// By their sets, and by the days of years that hold most kinds of month.
bool same_firings(const Cron& one, const Cron& other) {
    if (one.seconds != other.seconds || one.minutes != other.minutes || one.hours != other.hours)
        return false;
    const std::chrono::local_days end{std::chrono::year{2030} / 1 / 1};
    std::optional<std::chrono::local_days> day{std::chrono::year{2024} / 1 / 1};
    while (day) {
        const auto next = next_day(one, *day, end);
        if (next != next_day(other, *day, end))
            return false;
        day = next ? std::optional{*next + std::chrono::days{1}} : std::nullopt;
    }
    return true;
}

PostTarget target_of(const char* account) {
    PostTarget target;
    target.account = account;
    return target;
}

} // namespace

BOOST_AUTO_TEST_SUITE(words_of_entries)

BOOST_AUTO_TEST_CASE(a_cron_is_said_as_people_say_it) {
    const std::pair<const char*, const char*> cases[] = {
        // Times of day.
        {"0 9 * * *", "at 09:00 every day"},
        {"30 7,19 * * *", "at 07:30 and 19:30 every day"},
        {"0,30 9,10 * * *", "at 09:00, 09:30, 10:00 and 10:30 every day"},
        {"30 0 8 * * *", "at 08:00:30 every day"},
        {"0,30 0 8 * * *", "at 08:00 and 08:00:30 every day"},
        {"0 */6 * * *", "at 00:00, 06:00, 12:00 and 18:00 every day"},
        {"@daily", "at 00:00 every day"},
        {"0 1,2,3,5,8,13,21 * * *", "at 01:00, 02:00, 03:00, 05:00, 08:00, 13:00 and 21:00 every day"},
        // Hours in a row.
        {"@hourly", "every hour, on the hour"},
        {"5 * * * *", "at 5 minutes past every hour"},
        {"1 * * * *", "at 1 minute past every hour"},
        {"30 5 * * * *", "at 5 minutes and 30 seconds past every hour"},
        {"30 0 * * * *", "at 30 seconds past every hour"},
        {"0 9-17 * * *", "every hour from 09:00 to 17:00 every day"},
        {"5 */2 * * *", "every 2 hours from 00:05 to 22:05 every day"},
        {"15 8-20/2 * * MON", "every 2 hours from 08:15 to 20:15 on Mondays"},
        // Minutes.
        {"* * * * *", "every minute"},
        {"*/15 * * * *", "every 15 minutes"},
        {"0,30 * * * *", "every 30 minutes"},
        {"*/15 9-17 * * MON-FRI", "every 15 minutes from 09:00 to 17:59 on weekdays (Monday to Friday)"},
        {"* 9 * * *", "every minute from 09:00 to 09:59 every day"},
        {"*/10 9,10,14 * * *", "every 10 minutes from 09:00 to 10:59 and from 14:00 to 14:59 every day"},
        {"*/20 */4 * * *", "every 20 minutes in the hours 0, 4, 8, 12, 16 and 20 every day"},
        {"5-59/15 * * * *", "at 5, 20, 35 and 50 minutes past every hour"},
        {"*/7 * * * *", "at 0, 7, 14, 21, 28, 35, 42, 49 and 56 minutes past every hour"},
        {"1-5,50 9-17 * * *", "at 1 to 5 and 50 minutes past every hour from 09:00 to 17:59 every day"},
        {"0,5,20,40 9,12 * * *", "at 0, 5, 20 and 40 minutes past 09:00 and 12:00 every day"},
        {"*/25 9,11,13 * * *", "at 0, 25 and 50 minutes past 09:00, 11:00 and 13:00 every day"},
        // Seconds.
        {"* * * * * *", "every second"},
        {"*/10 * * * * *", "every 10 seconds"},
        {"30 * * * * *", "every minute at second 30"},
        {"30 */15 9-17 * * *", "every 15 minutes at second 30 from 09:00 to 17:59 every day"},
        {"*/30 * 9-17 * * MON", "every 30 seconds from 09:00 to 17:59 on Mondays"},
        {"5,17 * * * * *", "at seconds 5 and 17 of every minute"},
        {"*/20 5 * * * *", "every 20 seconds of minute 5 of every hour"},
        {"*/30 0,15 9-17 * * *", "every 30 seconds of the minutes 0 and 15 from 09:00 to 17:59 every day"},
        {"30 5,7 * * * *", "at second 30 of the minutes 5 and 7 of every hour"},
        {"3,7 1 0-9 * * *", "at seconds 3 and 7 of minute 1 from 00:00 to 09:59 every day"},
        // Weekdays.
        {"0 9 * * MON", "at 09:00 on Mondays"},
        {"0 9 * * SUN", "at 09:00 on Sundays"},
        {"0 9 * * 7,1,3", "at 09:00 on Mondays, Wednesdays and Sundays"},
        {"0 9 * * MON-FRI", "at 09:00 on weekdays (Monday to Friday)"},
        {"0 9 * * SAT,SUN", "at 09:00 on Saturdays and Sundays"},
        {"0 9 * * 0-6", "at 09:00 every day"},
        {"@weekly", "at 00:00 on Sundays"},
        {"0 9 * * MON#2", "at 09:00 on the second Monday of the month"},
        {"0 9 * * MON#1,MON#3,FRIL",
         "at 09:00 on the first Monday, the third Monday and the last Friday of the month"},
        {"0 9 * * WED,MON#5", "at 09:00 on Wednesdays and the fifth Monday of the month"},
        // Days of the month.
        {"0 9 1 * *", "at 09:00 on the 1st"},
        {"0 9 1,15,22,31 * *", "at 09:00 on the 1st, 15th, 22nd and 31st"},
        {"0 9 1-7 * *", "at 09:00 on the 1st to 7th"},
        {"0 9 1-31 * *", "at 09:00 every day"},
        {"0 18 L * *", "at 18:00 on the last day of the month"},
        {"0 9 1,15,L * *", "at 09:00 on the 1st, 15th and the last day of the month"},
        {"0 9 L-3 * *", "at 09:00 on the day 3 days before the last of the month"},
        {"0 9 L,L-1 * *", "at 09:00 on the day 1 day before the last and the last day of the month"},
        {"0 9 15W * *", "at 09:00 on the working day nearest to the 15th"},
        {"0 9 LW * *", "at 09:00 on the last working day of the month"},
        {"0 9 1,15W,LW * *",
         "at 09:00 on the 1st, the working day nearest to the 15th and the last working day of the month"},
        // Both day fields: either is enough, or, with a star before one of them, both must be so.
        {"30 4 1,15 * FRI", "at 04:30 on the 1st and 15th and on Fridays"},
        {"0 12 13 * FRI", "at 12:00 on the 13th and on Fridays"},
        {"0 9 L * MON", "at 09:00 on the last day of the month and on Mondays"},
        {"0 9 1-31 * MON", "at 09:00 every day"},
        {"0 9 1 * 0-6", "at 09:00 every day"},
        {"0 12 */10 * FRI", "at 12:00 on the 1st, 11th, 21st and 31st, but only if that is a Friday"},
        {"0 12 13 * */2",
         "at 12:00 on the 13th, but only if that is a Tuesday, a Thursday, a Saturday or a Sunday"},
        {"0 12 */15 * MON#1,FRIL", "at 12:00 on the 1st, 16th and 31st, but only if that is the first Monday "
                                   "or the last Friday of the month"},
        // Months.
        {"0 9 * 12 *", "at 09:00 every day in December"},
        {"0 9 * JAN,JUL *", "at 09:00 every day in January and July"},
        {"0 9 * 6-9 *", "at 09:00 every day from June to September"},
        {"0 9 * 1,2,11,12 *", "at 09:00 every day in January, February, November and December"},
        {"*/15 * * 12 *", "every 15 minutes in December"},
        {"0 9 * 12 MON", "at 09:00 on Mondays in December"},
        {"0 9 24,25 12 *", "at 09:00 on the 24th and 25th of December"},
        {"0 10 29 2 *", "at 10:00 on the 29th of February"},
        {"@yearly", "at 00:00 on the 1st of January"},
        {"0 9 L 2,6 *", "at 09:00 on the last day of the month in February and June"},
        {"0 9 1 12 SUN", "at 09:00 on the 1st and on Sundays in December"},
        {"0 9 */13 10 FRI", "at 09:00 on the 1st, 14th and 27th of October, but only if that is a Friday"},
    };
    for (const auto& [cron, expected] : cases)
        BOOST_TEST(cron_said(cron) == expected, cron << ": " << cron_said(cron) << " / " << expected);
}

BOOST_AUTO_TEST_CASE(steps_of_time_are_said_with_their_times) {
    const struct {
        Duration period;
        Duration offset;
        const char* words;
    } cases[] = {
        {6h, 2h + 13min, "every 6 hours, at 02:13, 08:13, 14:13 and 20:13 UTC."},
        {12h, 0h, "every 12 hours, at 00:00 and 12:00 UTC."},
        {1h, 13min, "every hour, at 00:13, 01:13, 02:13 and so on (UTC)."},
        {15min, 2min + 20s, "every 15 minutes, at 00:02:20, 00:17:20, 00:32:20 and so on (UTC)."},
        {15min, 32min, "every 15 minutes, at 00:02, 00:17, 00:32 and so on (UTC)."},
        {90min, 0h, "every 1 hour 30 minutes, at 00:00, 01:30, 03:00 and so on (UTC)."},
        {7h, 5h, "every 7 hours, counted from 1970-01-01 05:00 UTC on."},
        {30h, 29h, "every 1 day 6 hours, counted from 1970-01-02 05:00 UTC on."},
        {1500ms, 0ms, "every 1 second 500 milliseconds."},
        {24h, 9h, "every day at 09:00, by the clock of Europe/Berlin."},
        {48h, 33h, "every 2 days at 09:00, by the clock of Europe/Berlin."},
        {7 * 24h, 9h, "every 7 days at 09:00 on Thursdays, by the clock of Europe/Berlin."},
        {14 * 24h, 11 * 24h + 9h, "every 14 days at 09:00 on Mondays, by the clock of Europe/Berlin."},
    };
    for (const auto& c : cases)
        BOOST_TEST(firing_said(entry_of(Rule{Every{c.period, c.offset}})) == c.words);
}

BOOST_AUTO_TEST_CASE(single_moments_are_said_by_the_local_clock) {
    const Instant first = utc_time("2026-12-01T08:00:00Z");
    BOOST_TEST(firing_said(entry_of(Rule{At{{first}}})) ==
               "once, on Tuesday 2026-12-01 at 09:00, by the clock of Europe/Berlin.");
    BOOST_TEST(firing_said(entry_of(Rule{At{{first, first + 24h, utc_time("2027-01-01T17:30:05Z")}}})) ==
               "at 3 moments, the first on Tuesday 2026-12-01 at 09:00, the last on Friday 2027-01-01 at "
               "18:30:05, by the clock of Europe/Berlin.");
    // The second of two.
    BOOST_TEST(firing_said(entry_of(Rule{At{{utc_time("2027-10-31T01:30:00Z")}}})) ==
               "once, on Sunday 2027-10-31 at 02:30 CET, by the clock of Europe/Berlin.");
}

BOOST_AUTO_TEST_CASE(what_is_spread_is_said_with_its_ends) {
    const struct {
        int posts;
        std::chrono::minutes from;
        std::chrono::minutes to;
        bool random;
        const char* words;
    } cases[] = {
        {5, 9h, 21h, false, "5 times a day, evenly from 09:00 to 21:00"},
        {2, 9h, 21h, false, "twice a day, evenly from 09:00 to 21:00"},
        {1, 9h, 21h, false, "once a day, at 09:00"},
        {3, 21h, 3h, false, "3 times a day, evenly from 21:00 to 03:00 of the next day"},
        {5, 9h, 21h, true, "5 times a day, at random between 09:00 and 21:00, each in a share of its own"},
        {1, 22h, 2h, true, "once a day, at random between 22:00 and 02:00 of the next day"},
        {5, 9h, 9h, false, "4 times a day, evenly over the whole day from 09:00 on"},
        {2, 9h, 9h, false, "once a day, at 09:00"},
        {4, 0h, 0h, true,
         "4 times a day, at random between 00:00 and 00:00 of the next day, each in a share of its own"},
    };
    for (const auto& c : cases) {
        const Spread rule{c.posts, c.from, c.to, c.random, "e"};
        BOOST_TEST(firing_said(entry_of(Rule{rule}, "UTC")) == c.words + std::string{", by UTC."});
    }
}

BOOST_AUTO_TEST_CASE(a_recurrence_rule_stays_to_be_seen) {
    const std::pair<const char*, const char*> cases[] = {
        {"FREQ=MONTHLY;BYDAY=2TU", "monthly at 09:00 by FREQ=MONTHLY;BYDAY=2TU"},
        {"RRULE:FREQ=DAILY;BYHOUR=7;BYMINUTE=30", "daily at 07:30 by RRULE:FREQ=DAILY;BYHOUR=7;BYMINUTE=30"},
        {"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "every 2 weeks at 09:00 by FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"},
        {"FREQ=DAILY;BYHOUR=7,19", "daily by FREQ=DAILY;BYHOUR=7,19"},
        {"FREQ=HOURLY;INTERVAL=5", "every 5 hours by FREQ=HOURLY;INTERVAL=5"},
        {"DTSTART:20261201T100000\nRRULE:FREQ=YEARLY\nRDATE:20270101T120000",
         "by DTSTART:20261201T100000 RRULE:FREQ=YEARLY RDATE:20270101T120000"},
    };
    for (const auto& [text, expected] : cases)
        BOOST_TEST(firing_said(entry_of(recurrence(text))) ==
                   expected + std::string{", by the clock of Europe/Berlin."});
}

BOOST_AUTO_TEST_CASE(several_rules_and_their_bounds_are_one_sentence) {
    EntrySettings entry = entry_of("0 9 * * MON");
    entry.when.rules.emplace_back(Every{12h, 0h});
    BOOST_TEST(firing_said(entry) ==
               "at 09:00 on Mondays; and every 12 hours, at 00:00 and 12:00 UTC, by the clock "
               "of Europe/Berlin.");
    entry = entry_of(Rule{Every{12h, 0h}});
    entry.when.weekdays = std::bitset<7>{0b0111110};
    entry.when.only = dates_of({"12-01..12-26", "2027-01-01"});
    entry.when.except = dates_of({"12-24"});
    entry.when.except_at = {utc_time("2026-12-02T12:00:00Z")};
    entry.when.start = utc_time("2026-11-30T23:00:00Z");
    entry.when.until = utc_time("2027-12-31T23:00:00Z") - Duration{1};
    BOOST_TEST(
        firing_said(entry) ==
        "every 12 hours, at 00:00 and 12:00 UTC, only on weekdays (Monday to Friday), only on 12-01 to 12-26 "
        "and 2027-01-01, not on 12-24, not on Wednesday 2026-12-02 at 13:00, from 2026-12-01 on, until the "
        "end of 2027-12-31, days by the clock of Europe/Berlin.");
    entry = entry_of("0 9 * * *");
    entry.when.start = utc_time("2026-12-01T08:00:00Z");
    entry.when.until = utc_time("2026-12-24T17:00:00Z");
    for (int day = 1; day < 5; ++day)
        entry.when.except_at.push_back(utc_time("2026-12-01T08:00:00Z") + day * 24h);
    BOOST_TEST(firing_said(entry) == "at 09:00 every day, by the clock of Europe/Berlin, not at 4 single "
                                     "moments, from Tuesday 2026-12-01 at "
                                     "09:00 on, until Thursday 2026-12-24 at 18:00.");
}

BOOST_AUTO_TEST_CASE(what_may_keep_it_from_posting_is_said_behind) {
    const auto behind = [](const auto& change) {
        EntrySettings entry = entry_of("0 9 * * *", "UTC");
        change(entry);
        const std::string begin = "It fires at 09:00 every day, by UTC.";
        const std::string words = in_words(entry);
        BOOST_TEST_REQUIRE(words.starts_with(begin), words);
        return words.substr(begin.size());
    };
    const std::string& missed = missed_by_default;
    BOOST_TEST(behind([](EntrySettings&) {}) == missed);
    BOOST_TEST(behind([](EntrySettings& e) {
                   e.missed = {Missed::skip, 1h};
               }) == " If it was missed: nothing, when more than 5 minutes late.");
    BOOST_TEST(behind([](EntrySettings& e) {
                   e.missed = {Missed::all, 36h};
               }) == " If it was missed: all of it, up to 1 day 12 hours late.");
    // Five minutes late is on time.
    BOOST_TEST(behind([](EntrySettings& e) {
                   e.missed = {Missed::latest, 1min};
               }) == " If it was missed: the latest, up to 5 minutes late.");
    BOOST_TEST(behind([](EntrySettings& e) { e.jitter = 5min; }) ==
               " It leaves up to 5 minutes later, each time differently." + missed);
    BOOST_TEST(behind([](EntrySettings& e) { e.expires_after = 3h; }) ==
               missed + " It expires 3 hours after it was due.");
    BOOST_TEST(behind([](EntrySettings& e) { e.when_quiet = WhenQuiet::skip; }) ==
               " What falls into quiet times of an account is left out." + missed);
    BOOST_TEST(
        behind([](EntrySettings& e) {
            e.quiet.emplace().hours = QuietHours{22h, 8h, "Europe/London"};
            e.quiet->timezone = "UTC";
            e.quiet->blackout = dates_of({"12-25..12-26"});
        }) == " It does not leave from 22:00 to 08:00 of the next day (Europe/London) nor on 12-25 to 12-26; "
              "what falls into that or into quiet times of an account waits for their end." +
                  missed);
    BOOST_TEST(
        behind([](EntrySettings& e) {
            e.quiet.emplace().hours = QuietHours{13h, 14h, "UTC"};
            e.when_quiet = WhenQuiet::skip;
        }) ==
        " It does not leave from 13:00 to 14:00; what falls into that or into quiet times of an account is "
        "left out." +
            missed);
    BOOST_TEST(behind([](EntrySettings& e) {
                   e.targets = {target_of("news"), target_of("art"), target_of("cats")};
               }) == missed + " It posts to news, art and cats.");
    BOOST_TEST(behind([](EntrySettings& e) {
                   e.only_if = Condition{{"/opt/sun", "up"}, 1min};
               }) == missed + " It posts only if /opt/sun says so.");
    BOOST_TEST(behind([](EntrySettings& e) {
                   auto run = std::make_shared<SourceSettings>();
                   run->command = {"/opt/weather", "Kiel"};
                   e.run = run;
               }) == missed + " It runs /opt/weather for an item.");
}

BOOST_AUTO_TEST_CASE(what_it_draws_is_said) {
    const struct {
        DrawOrder order;
        std::optional<Duration> repeat_after;
        WhenEmpty when_empty;
        const char* words;
    } cases[] = {
        {DrawOrder::turn,
         {},
         WhenEmpty::alert,
         "in turn, the oldest first, none again before all others were; where there is none, a person is "
         "told."},
        {DrawOrder::shuffle, 180 * 24h, WhenEmpty::skip,
         "by chance, none again within 180 days; where there is none, nothing is posted."},
        {DrawOrder::weighted,
         {},
         WhenEmpty::repeat,
         "by chance and weight, none again before all others were; where there is none, the one drawn "
         "longest ago "
         "comes again."},
        {DrawOrder::anniversary,
         {},
         WhenEmpty::skip,
         "published on this day of whichever year; where there is none, nothing is posted."},
    };
    for (const auto& c : cases) {
        EntrySettings entry = entry_of("0 9 * * *", "UTC");
        entry.draw = Draw{"art", c.order, DrawDate::published, c.repeat_after, c.when_empty};
        BOOST_TEST(firing_said(entry) ==
                   "at 09:00 every day, by UTC. It draws an item of art, " + std::string{c.words});
    }
}

/// In Berlin 2:00 to 2:59 is left out on 2027-03-28 and comes twice on 2027-10-31.
BOOST_AUTO_TEST_CASE(changes_of_the_clocks_are_told_where_they_touch_it) {
    const std::string forward = "On 2027-03-28 the clocks go forward from 02:00 to 03:00: ";
    const std::string back = "On 2027-10-31 the clocks go back from 03:00 to 02:00: ";
    const std::pair<const char*, std::string> crons[] = {
        {"30 2 * * *",
         forward + "02:30 fires at 03:00. " + back + "02:30 comes twice and fires the first time only."},
        {"*/10 2 * * *", forward + "02:00, 02:10, 02:20 and so on fire at 03:00, once. " + back +
                             "02:00, 02:10, 02:20 and so on come twice and fire the first time only."},
        {"0 2,3 * * *",
         forward + "02:00 fires at 03:00. " + back + "02:00 comes twice and fires the first time only."},
        {"30 */2 * * *",
         forward + "02:30 fires at 03:30. " + back + "02:30 comes twice and fires both times."},
        {"*/20 */2 * * *", forward + "02:00, 02:20 and 02:40 fire 1 hour later by the clock. " + back +
                               "02:00, 02:20 and 02:40 come twice and fire both times."},
        {"0 9 * * *", ""},
        {"0 * * * *", ""},
        {"*/5 * * * *", ""},
        {"30 2 * * MON", ""},
        {"30 2 * 6 *", ""},
        {"30 2 28 3 *", forward + "02:30 fires at 03:00."},
    };
    const Instant now = utc_time("2026-11-24T09:00:00Z");
    for (const auto& [cron, expected] : crons)
        BOOST_TEST(clock_changes_in_words(entry_of(cron), now) == expected, cron);
    BOOST_TEST(clock_changes_in_words(entry_of("30 2 * * *", "UTC"), now).empty());
    BOOST_TEST(clock_changes_in_words(entry_of("30 2 * * *", "Asia/Tokyo"), now).empty());
    const auto said = [&](Rule rule) { return clock_changes_in_words(entry_of(std::move(rule)), now); };
    const std::string half_past_two =
        forward + "02:30 fires at 03:00. " + back + "02:30 comes twice and fires the first time only.";
    BOOST_TEST(said(Every{24h, 2h + 30min}) == half_past_two);
    BOOST_TEST(said(Every{1h, 30min}).empty());
    BOOST_TEST(said(Spread{1, 2h + 30min, 5h, false, "e"}) == half_past_two);
    BOOST_TEST(said(recurrence("FREQ=DAILY;BYHOUR=2;BYMINUTE=30")) == half_past_two);
    BOOST_TEST(said(At{{utc_time("2027-03-28T01:00:00Z")}}).empty());
    // What the rest of the entry leaves out is not touched; what two rules name is told once.
    EntrySettings bounded = entry_of("30 2 * * *");
    bounded.when.rules.push_back(bounded.when.rules.front());
    bounded.when.except = dates_of({"2027-03-28"});
    BOOST_TEST(clock_changes_in_words(bounded, now) ==
               back + "02:30 comes twice and fires the first time only.");
    bounded.when.until = utc_time("2027-04-01T00:00:00Z");
    BOOST_TEST(clock_changes_in_words(bounded, now).empty());
}

/// A sentence that is true of one expression is true of all that have it: made of parts that chance picks,
/// so that many are said alike, and each such pair fires alike.
BOOST_AUTO_TEST_CASE(what_is_said_alike_fires_alike) {
    const char* given = std::getenv("CRIER_TEST_SEED"); // NOLINT(concurrency-mt-unsafe): one thread
    const unsigned seed =
        given == nullptr ? 20261124U : static_cast<unsigned>(std::strtoul(given, nullptr, 10));
    BOOST_TEST_MESSAGE("seed " << seed);
    std::mt19937 random{seed};
    const auto pick = [&](const std::vector<const char*>& parts) {
        return std::string{parts[random() % parts.size()]};
    };
    const std::vector<const char*> seconds{"0", "0", "0", "30", "*", "*/30", "0,30", "5,17", "*/7"};
    const std::vector<const char*> minutes{"0",       "5",    "*",   "*/15", "0,15,30,45",
                                           "5-59/15", "0-59", "*/7", "59"};
    const std::vector<const char*> hours{"9",    "*",   "0-23",      "*/2",   "9-17",
                                         "9,12", "*/5", "0-2,22-23", "0-22/2"};
    const std::vector<const char*> days{"*", "1-31", "*/2", "1", "15W", "L", "1-30", "L-1,L", "1-31/2", "LW"};
    const std::vector<const char*> months{"*", "*", "1-12", "12", "6-9", "6,7,8,9", "2,12"};
    const std::vector<const char*> weekdays{"*",   "*",       "0-6",   "MON",  "1-5",
                                            "*/2", "0,2,4,6", "MON#2", "FRIL", "MON,FRIL"};
    std::map<std::string, Cron> known;
    std::size_t alike = 0;
    for (int i = 0; i < 4000; ++i) {
        const std::string text = pick(seconds) + " " + pick(minutes) + " " + pick(hours) + " " + pick(days) +
                                 " " + pick(months) + " " + pick(weekdays);
        const Cron cron = Cron::parse(text).value();
        const auto [first, fresh] = known.emplace(cron_said(text.c_str()), cron);
        if (fresh || first->second.text == text)
            continue;
        ++alike;
        const Cron& other = first->second;
        BOOST_TEST(same_firings(cron, other), text << " and " << other.text << " are both: " << first->first);
    }
    BOOST_TEST(alike > 100U);
}

BOOST_AUTO_TEST_SUITE_END()
