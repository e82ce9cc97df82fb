#include "core/schedule/calendar.hpp"

#include "core/schedule/rule_text.hpp"

#include <boost/test/unit_test.hpp>

#include <random>
#include <set>

using namespace crier;
using namespace crier::schedule;
using namespace std::chrono_literals;

namespace {

Instant moment_of(const char* text) {
    return from_rfc3339(text).value();
}

std::string when_text(const std::optional<Instant>& when) {
    return when ? to_rfc3339(*when) : "never";
}

/// The next firings, one after the other, "-" where there is none.
std::string firings_of(const Calendar& calendar, const Zone& zone, const char* after, int count) {
    std::string text;
    std::optional<Instant> when = moment_of(after);
    for (int i = 0; i < count && when; ++i) {
        when = next_after(calendar, zone, *when);
        text += (text.empty() ? "" : " ") + (when ? to_rfc3339(*when) : "-");
    }
    return text;
}

Calendar by_cron(const char* cron) {
    return Calendar{Rule{Cron::parse(cron).value()}};
}

Dates days_of(std::initializer_list<const char*> texts) {
    Dates made;
    for (const char* text : texts)
        BOOST_REQUIRE(made.add(text).has_value());
    return made;
}

} // namespace

BOOST_AUTO_TEST_SUITE(calendar)

BOOST_AUTO_TEST_CASE(several_rules_fire_each_and_once_where_they_meet) {
    Calendar calendar = by_cron("0 9 * * *");
    calendar.rules.push_back(Cron::parse("0 9,12 * * MON").value());
    calendar.rules.push_back(At{{moment_of("2026-11-24T10:30:00Z")}});
    BOOST_TEST(firings_of(calendar, Zone{}, "2026-11-23T00:00:00Z", 5) ==
               "2026-11-23T09:00:00Z 2026-11-23T12:00:00Z 2026-11-24T09:00:00Z 2026-11-24T10:30:00Z "
               "2026-11-25T09:00:00Z");
    BOOST_TEST(!calendar.one_off());
    BOOST_TEST(Calendar{Rule{At{{moment_of("2026-11-24T10:30:00Z")}}}}.one_off());
}

BOOST_AUTO_TEST_CASE(days_are_left_out_by_the_zones_calendar) {
    const Zone berlin = Zone::find("Europe/Berlin").value();
    Calendar calendar = by_cron("30 0 * * *"); // 23:30 or 22:30 UTC of the day before
    calendar.except = days_of({"12-24..12-26", "2026-12-28"});
    BOOST_TEST(firings_of(calendar, berlin, "2026-12-22T23:00:00Z", 3) ==
               "2026-12-22T23:30:00Z 2026-12-26T23:30:00Z 2026-12-28T23:30:00Z");
    calendar.except_at = {moment_of("2026-12-26T23:30:00Z")};
    BOOST_TEST(firings_of(calendar, berlin, "2026-12-22T23:30:00Z", 1) == "2026-12-28T23:30:00Z");
}

BOOST_AUTO_TEST_CASE(only_some_days_of_the_week_and_of_the_year) {
    Calendar calendar = by_cron("0 * * * *");
    calendar.weekdays = 0b0000001; // Sundays
    calendar.only = days_of({"12-01..12-24"});
    BOOST_TEST(firings_of(calendar, Zone{}, "2026-11-24T00:00:00Z", 1) == "2026-12-06T00:00:00Z");
    BOOST_TEST(firings_of(calendar, Zone{}, "2026-12-20T23:00:00Z", 1) == "2027-12-05T00:00:00Z");
    calendar.only = days_of({"2020-01-01"});
    BOOST_TEST(firings_of(calendar, Zone{}, "2026-12-20T23:00:00Z", 1) == "-");
}

BOOST_AUTO_TEST_CASE(start_and_until_are_in_it) {
    Calendar calendar = by_cron("0 9 * * *");
    calendar.start = moment_of("2026-12-01T09:00:00Z");
    calendar.until = moment_of("2026-12-03T09:00:00Z");
    BOOST_TEST(firings_of(calendar, Zone{}, "2026-01-01T00:00:00Z", 4) ==
               "2026-12-01T09:00:00Z 2026-12-02T09:00:00Z 2026-12-03T09:00:00Z -");
    BOOST_TEST(fires_at(calendar, Zone{}, moment_of("2026-12-01T09:00:00Z")));
    BOOST_TEST(!fires_at(calendar, Zone{}, moment_of("2026-12-04T09:00:00Z")));
    BOOST_TEST(!fires_at(calendar, Zone{}, moment_of("2026-11-30T09:00:00Z")));
    BOOST_TEST(!fires_at(calendar, Zone{}, moment_of("2026-12-01T09:00:01Z")));
}

BOOST_AUTO_TEST_CASE(the_last_of_a_count_counts_what_fires) {
    Calendar calendar = by_cron("0 9 * * *");
    calendar.start = moment_of("2026-12-01T00:00:00Z");
    calendar.except = days_of({"2026-12-02"});
    BOOST_TEST(when_text(last_of(calendar, Zone{}, 1)) == "2026-12-01T09:00:00Z");
    BOOST_TEST(when_text(last_of(calendar, Zone{}, 3)) == "2026-12-04T09:00:00Z");
    calendar.until = moment_of("2026-12-03T12:00:00Z");
    BOOST_TEST(when_text(last_of(calendar, Zone{}, 3)) == "never");
}

/// What the daemon does over restarts: it asks from the last moment on, and must get each firing once.
BOOST_AUTO_TEST_CASE(no_firing_is_lost_or_doubled_from_whatever_moment_it_is_asked) {
    const unsigned seed = 20261126;
    BOOST_TEST_MESSAGE("seed " << seed);
    std::mt19937 random{seed};
    for (const char* name : {"Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "UTC"}) {
        const Zone zone = Zone::find(name).value();
        Calendar calendar = by_cron("*/50 */3 * * *");
        calendar.rules.push_back(Every{7h, 13min});
        calendar.rules.push_back(Every{48h, 9h});
        Spread spread;
        spread.posts = 3;
        spread.from = 22h;
        spread.to = 3h;
        spread.random = true;
        spread.seed = name;
        calendar.rules.push_back(spread);
        calendar.except = days_of({"2026-03-28", "10-24..10-25"});
        const Instant begin = moment_of("2026-03-20T00:00:00Z");
        const Instant end = moment_of("2026-04-10T00:00:00Z");
        std::set<Instant> all;
        for (const Rule& rule : calendar.rules)
            for (auto next = next_after(rule, zone, begin); next && *next < end;
                 next = next_after(rule, zone, *next))
                if (calendar.admits(std::chrono::floor<std::chrono::days>(zone.to_local(*next))))
                    all.insert(*next);
        std::set<Instant> seen;
        Instant now = begin;
        while (now < end) {
            const auto next = next_after(calendar, zone, now);
            const Instant looked = now + std::chrono::seconds{1 + random() % 40000};
            if (next && *next <= looked) {
                if (*next < end)
                    BOOST_TEST(seen.insert(*next).second, name << " " << to_rfc3339(*next) << " twice");
                now = *next;
            } else {
                now = looked;
            }
            if (random() % 3 == 0) // and back to just before: the same one again
                BOOST_TEST(when_text(next_after(calendar, zone, now - Duration{1})) >= when_text(now));
        }
        BOOST_TEST(seen.size() == all.size(), name);
        BOOST_TEST((seen == all), name);
    }
}

BOOST_AUTO_TEST_CASE(whole_days_go_by_the_clock_all_else_by_time) {
    const Zone berlin = Zone::find("Europe/Berlin").value();
    const Calendar days{Rule{Every{48h, 33h}}}; // 09:00 of every second day
    BOOST_TEST(firings_of(days, berlin, "2026-03-26T12:00:00Z", 3) ==
               "2026-03-27T08:00:00Z 2026-03-29T07:00:00Z 2026-03-31T07:00:00Z");
    const Calendar weeks{Rule{Every{168h, 2h + 30min}}}; // 02:30 on Thursdays
    BOOST_TEST(firings_of(weeks, berlin, "2026-10-20T00:00:00Z", 2) ==
               "2026-10-22T00:30:00Z 2026-10-29T01:30:00Z");
    const Calendar night{Rule{Every{24h, 2h + 30min}}}; // not there on 29 March, twice on 25 October
    BOOST_TEST(firings_of(night, berlin, "2026-03-28T02:00:00Z", 2) ==
               "2026-03-29T01:00:00Z 2026-03-30T00:30:00Z");
    BOOST_TEST(firings_of(night, berlin, "2026-10-24T02:00:00Z", 2) ==
               "2026-10-25T00:30:00Z 2026-10-26T01:30:00Z");
    const Calendar hours{Rule{Every{36h, 9h}}};
    BOOST_TEST(firings_of(hours, berlin, "2026-03-28T00:00:00Z", 2) ==
               firings_of(hours, Zone{}, "2026-03-28T00:00:00Z", 2));
}

BOOST_AUTO_TEST_CASE(a_spread_day_has_its_number_of_posts) {
    Spread spread;
    spread.posts = 5;
    spread.from = 9h;
    spread.to = 21h;
    BOOST_TEST(firings_of(Calendar{Rule{spread}}, Zone{}, "2026-11-24T00:00:00Z", 6) ==
               "2026-11-24T09:00:00Z 2026-11-24T12:00:00Z 2026-11-24T15:00:00Z 2026-11-24T18:00:00Z "
               "2026-11-24T21:00:00Z 2026-11-25T09:00:00Z");
    spread.posts = 1;
    BOOST_TEST(firings_of(Calendar{Rule{spread}}, Zone{}, "2026-11-24T09:00:00Z", 1) ==
               "2026-11-25T09:00:00Z");
    spread.posts = 4;
    spread.from = 22h;
    spread.to = 1h;
    BOOST_TEST(firings_of(Calendar{Rule{spread}}, Zone{}, "2026-11-24T12:00:00Z", 5) ==
               "2026-11-24T22:00:00Z 2026-11-24T23:00:00Z 2026-11-25T00:00:00Z 2026-11-25T01:00:00Z "
               "2026-11-25T22:00:00Z");
}

BOOST_AUTO_TEST_CASE(chance_stays_within_its_share_and_is_the_same_again) {
    Spread spread;
    spread.posts = 6;
    spread.from = 8h;
    spread.to = 20h;
    spread.random = true;
    spread.seed = "tips";
    std::set<std::string> days;
    Instant when = moment_of("2026-11-24T00:00:00Z");
    for (int day = 0; day < 30; ++day) {
        std::string day_text;
        for (int post = 0; post < 6; ++post) {
            const Instant next = spread_after(spread, Zone{}, when).value();
            BOOST_TEST(to_rfc3339(spread_after(spread, Zone{}, next - Duration{1}).value()) ==
                       to_rfc3339(next));
            const Duration since = next - std::chrono::floor<std::chrono::days>(next);
            BOOST_TEST(((since - 8h) / 2h) == post);
            day_text += std::to_string(since.count()) + " ";
            when = next;
        }
        days.insert(day_text);
    }
    BOOST_TEST(days.size() == 30U); // no two days alike
    // A promise: posts are known by their moment, so these must never change.
    BOOST_TEST(when_text(spread_after(spread, Zone{}, moment_of("2026-11-24T00:00:00Z"))) ==
               "2026-11-24T08:18:43Z");
}

BOOST_AUTO_TEST_CASE(a_text_tells_calendars_apart) {
    Calendar calendar = by_cron("0 9 * * MON");
    BOOST_TEST(to_text(calendar) == "cron 0 9 * * MON");
    calendar.except = days_of({"12-25", "2026-12-31"});
    calendar.weekdays.reset(0);
    calendar.start = moment_of("2026-12-01T00:00:00Z");
    BOOST_TEST(to_text(calendar) ==
               "cron 0 9 * * MON from 2026-12-01T00:00:00Z weekdays 1111110 except 12-25, 2026-12-31");
}

BOOST_AUTO_TEST_CASE(dates_are_read_and_refused) {
    struct {
        const char* text;
        const char* in;
        const char* out;
    } const cases[] = {
        {"2026-12-24", "2026-12-24", "2027-12-24"},   {"2026-12-24..2027-01-06", "2027-01-06", "2027-01-07"},
        {"12-25", "2031-12-25", "2031-12-24"},        {"12-24..01-06", "2026-01-06", "2026-01-07"},
        {"12-24..01-06", "2026-12-31", "2026-12-23"}, {"02-29", "2028-02-29", "2027-03-01"},
        {"02-28..02-29", "2027-02-28", "2027-03-01"},
    };
    const auto day = [](const char* text) {
        return std::chrono::floor<std::chrono::days>(
            Zone{}.to_local(moment_of((std::string{text} + "T12:00:00Z").c_str())));
    };
    for (const auto& c : cases) {
        BOOST_TEST(days_of({c.text}).contains(day(c.in)), c.text << " " << c.in);
        BOOST_TEST(!days_of({c.text}).contains(day(c.out)), c.text << " " << c.out);
        BOOST_TEST(days_of({c.text}).text() == c.text);
    }
    for (const char* text :
         {"", "tomorrow", "2026-13-01", "2026-02-29", "02-30", "2026-12-24..12-26", "2026-12-26..2026-12-24",
          "26-12-24", "2026/12/24", "2026-12-24..", "12-24-2026"})
        BOOST_TEST(Dates{}.add(text).has_error(), text);
    Dates some = days_of({"2026-12-24..2026-12-26"});
    BOOST_TEST(!some.over(day("2026-12-26")));
    BOOST_TEST(some.over(day("2026-12-27")));
    BOOST_TEST(!days_of({"12-24"}).over(day("2099-12-27")));
}

BOOST_AUTO_TEST_SUITE_END()
