#include "core/schedule/calendar.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

using namespace crier;
using namespace crier::schedule;
using namespace std::chrono_literals;

namespace {

Instant instant(const char* text) {
    return from_rfc3339(text).value();
}

std::string shown(const std::optional<Instant>& when) {
    return when ? to_rfc3339(*when) : "never";
}

} // namespace

BOOST_AUTO_TEST_SUITE(rules)

BOOST_AUTO_TEST_CASE(every_is_anchored_at_the_epoch_and_shifted) {
    const Zone zone;
    const Rule rule = Every{15min, 2min};
    BOOST_TEST(shown(next_after(rule, zone, instant("2026-11-24T09:00:00Z"))) == "2026-11-24T09:02:00Z");
    BOOST_TEST(shown(next_after(rule, zone, instant("2026-11-24T09:02:00Z"))) == "2026-11-24T09:17:00Z");
    BOOST_TEST(shown(next_after(rule, zone, instant("1969-12-31T23:59:00Z"))) == "1970-01-01T00:02:00Z");
    BOOST_TEST(shown(next_after(rule, zone, instant("1969-12-31T23:40:00Z"))) == "1969-12-31T23:47:00Z");
    BOOST_TEST(shown(next_after(Rule{Every{90min, {}}}, zone, instant("1970-01-01T00:00:00Z"))) ==
               "1970-01-01T01:30:00Z");
    // An offset beyond the period is one within it.
    BOOST_TEST(shown(next_after(Rule{Every{15min, 32min}}, zone, instant("2026-11-24T09:00:00Z"))) ==
               "2026-11-24T09:02:00Z");
    BOOST_TEST(shown(next_after(Rule{Every{}}, zone, instant("2026-11-24T09:00:00Z"))) == "never");
}

/// What waits is cancelled when its rule no longer has its instant: so each instant must be found again from
/// the moment before it, also over a change of daylight saving.
BOOST_AUTO_TEST_CASE(an_instant_that_a_rule_has_is_found_from_just_before_it) {
    const Zone zone = Zone::find_or_utc("Europe/Berlin");
    std::vector<Rule> all{Every{45min, 7min}};
    for (const char* cron : {"*/20 * * * *", "30 2 * * *", "30 */2 * * *", "15 1-3 * * SUN", "0 0 * * MON"})
        all.push_back(Cron::parse(cron).value());
    for (const char* start : {"2026-03-27T00:00:00Z", "2026-10-23T00:00:00Z"})
        for (const Rule& rule : all) {
            std::optional<Instant> when = next_after(rule, zone, instant(start));
            for (int i = 0; i < 300 && when; ++i) {
                BOOST_TEST(shown(next_after(rule, zone, *when - Duration{1})) == shown(when));
                when = next_after(rule, zone, *when);
            }
        }
}

BOOST_AUTO_TEST_CASE(at_fires_at_its_moments_only) {
    const Zone zone;
    const Rule rule = At{{instant("2026-01-01T00:00:00Z"), instant("2026-06-01T00:00:00Z")}};
    BOOST_TEST(shown(next_after(rule, zone, Instant{})) == "2026-01-01T00:00:00Z");
    BOOST_TEST(shown(next_after(rule, zone, instant("2026-01-01T00:00:00Z"))) == "2026-06-01T00:00:00Z");
    BOOST_TEST(shown(next_after(rule, zone, instant("2026-06-01T00:00:00Z"))) == "never");
    BOOST_TEST(shown(last_until(Calendar{rule}, zone, Instant{}, instant("2026-05-01T00:00:00Z"))) ==
               "2026-01-01T00:00:00Z");
    BOOST_TEST(shown(last_until(Calendar{rule}, zone, Instant{}, instant("2026-06-01T00:00:00Z"))) ==
               "2026-06-01T00:00:00Z");
    BOOST_TEST(shown(last_until(Calendar{rule}, zone, instant("2026-01-01T00:00:00Z"),
                                instant("2026-05-01T00:00:00Z"))) == "never");
    BOOST_TEST(shown(next_after(Rule{At{}}, zone, Instant{})) == "never");
}

BOOST_AUTO_TEST_CASE(the_last_firing_is_found_however_long_ago_the_start_is) {
    const Zone zone = Zone::find("Europe/Berlin").value();
    struct {
        Rule rule;
        const char* since;
        const char* at;
        const char* expected;
    } const cases[] = {
        {Cron::parse("* * * * * *").value(), "1990-01-01T00:00:00Z", "2026-11-24T09:00:00.5Z",
         "2026-11-24T09:00:00Z"},
        {Cron::parse("0 0 29 2 *").value(), "1990-01-01T00:00:00Z", "2026-11-24T09:00:00Z",
         "2024-02-28T23:00:00Z"},
        {Cron::parse("* * 1 1 *").value(), "2020-01-01T00:00:00Z", "2026-11-24T09:00:00Z",
         "2026-01-01T22:59:00Z"},
        {Cron::parse("0 9 * * *").value(), "2026-11-24T07:59:59Z", "2026-11-24T08:00:00Z",
         "2026-11-24T08:00:00Z"},
        {Cron::parse("0 9 * * *").value(), "2026-11-24T08:00:00Z", "2026-11-25T07:59:59Z", "never"},
        {Cron::parse("0 0 30 2 *").value(), "1990-01-01T00:00:00Z", "2026-11-24T09:00:00Z", "never"},
        {Every{15min, {}}, "2026-11-24T09:00:00Z", "2026-11-24T09:14:00Z", "never"},
        {Every{15min, {}}, "2026-11-24T08:59:00Z", "2026-11-24T09:14:00Z", "2026-11-24T09:00:00Z"},
    };
    for (const auto& c : cases)
        BOOST_TEST(shown(last_until(Calendar{c.rule}, zone, instant(c.since), instant(c.at))) == c.expected,
                   c.since << " to " << c.at);
}

BOOST_AUTO_TEST_CASE(the_last_firing_is_the_one_that_going_forward_ends_at) {
    const unsigned seed = 20261124;
    BOOST_TEST_MESSAGE("seed " << seed);
    std::mt19937 random{seed};
    const Zone zone = Zone::find("Europe/Berlin").value();
    const char* crons[] = {"*/7 * * * *", "30 2 * * *", "0 */5 * * *", "15 3 1-7 * MON", "0 0 1 */5 *"};
    for (int i = 0; i < 200; ++i) {
        const Rule rule = Cron::parse(crons[random() % 5]).value();
        const Instant since =
            instant("2026-03-20T00:00:00Z") + std::chrono::seconds{random() % (40U * 86400U)};
        const Instant at = since + std::chrono::seconds{random() % (3U * 86400U)};
        std::optional<Instant> last;
        for (auto next = next_after(rule, zone, since); next && *next <= at;
             next = next_after(rule, zone, *next))
            last = next;
        BOOST_TEST(shown(last_until(Calendar{rule}, zone, since, at)) == shown(last));
    }
}

BOOST_AUTO_TEST_SUITE_END()
