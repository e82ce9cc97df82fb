// Rules against the daemon's own engine, which comes to its days by another way (and is held against others
// in its turn).

#include "calendar/expand.hpp"
#include "core/schedule/rrule/recurrence.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <random>
#include <string>
#include <vector>

using namespace std::chrono;
namespace plugin = crier::calendar;

namespace {

using Random = std::mt19937;

int pick(Random& random, int least, int most) {
    return std::uniform_int_distribution<int>{least, most}(random);
}

constexpr const char* day_codes[] = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};

/// ";NAME=3,17,-2", of one in so many rules.
std::string some(Random& random, int one_in, const char* name, int least, int most, bool from_end = false) {
    if (pick(random, 1, one_in) != 1)
        return {};
    std::string text;
    for (int n = pick(random, 1, 4); n > 0; --n)
        text += (text.empty() ? ";" + std::string{name} + "=" : ",") +
                std::to_string(pick(random, least, most) * (from_end && pick(random, 1, 3) == 1 ? -1 : 1));
    return text;
}

std::string some_weekdays(Random& random, int one_in, bool numbered) {
    if (pick(random, 1, one_in) != 1)
        return {};
    std::string text;
    for (int n = pick(random, 1, 3); n > 0; --n) {
        const int nth = numbered && pick(random, 1, 2) == 1 ? pick(random, 1, 5) : 0;
        text += (text.empty() ? ";BYDAY=" : ",") +
                std::string{nth != 0 && pick(random, 1, 2) == 1 ? "-" : ""} +
                (nth != 0 ? std::to_string(nth) : "") + day_codes[pick(random, 0, 6)];
    }
    return text;
}

std::string random_rule(Random& random) {
    constexpr const char* names[] = {"SECONDLY", "MINUTELY", "HOURLY", "DAILY",
                                     "WEEKLY",   "MONTHLY",  "YEARLY"};
    const int every = pick(random, 0, 6) == 0 ? pick(random, 0, 2) : pick(random, 2, 6);
    const bool yearly = every == 6;
    std::string text = std::string{"FREQ="} + names[every];
    if (pick(random, 1, 2) == 1)
        text += ";INTERVAL=" + std::to_string(pick(random, 2, every < 3 ? 1000 : 9));
    if (pick(random, 1, 3) == 1)
        text += std::string{";WKST="} + day_codes[pick(random, 0, 6)];
    text += some(random, 3, "BYMONTH", 1, 12);
    if (every != 4)
        text += some(random, 3, "BYMONTHDAY", 1, 31, true);
    if (yearly && pick(random, 1, 3) == 1)
        text += some(random, 1, "BYWEEKNO", 1, 53, true) + some_weekdays(random, 2, false);
    else
        text += some_weekdays(random, 2, every >= 5);
    if (yearly || every < 3)
        text += some(random, 4, "BYYEARDAY", 1, 366, true);
    text += some(random, 3, "BYHOUR", 0, 23) + some(random, 4, "BYMINUTE", 0, 59) +
            some(random, 5, "BYSECOND", 0, 59);
    if (text.find(";BY") != std::string::npos)
        text += some(random, 4, "BYSETPOS", 1, 5, true);
    return text;
}

std::string written(crier::schedule::LocalTime time) {
    return std::to_string(time.time_since_epoch().count()) + " ";
}

constexpr int most_compared = 60;

std::string by_daemon(const crier::schedule::Recurrence& rule, local_seconds from, local_seconds to) {
    const crier::schedule::Zone utc;
    std::string all;
    auto next = recurrence_after(rule, utc, crier::Instant{from.time_since_epoch() - seconds{1}});
    for (int i = 0; i < most_compared && next; ++i) {
        const auto local = utc.to_local(*next);
        if (local >= to)
            break;
        all += written(local);
        next = recurrence_after(rule, utc, *next);
    }
    return all;
}

} // namespace

BOOST_AUTO_TEST_SUITE(calendar_rules_compared)

BOOST_AUTO_TEST_CASE(the_daemon_names_the_same_times) {
    const char* given = std::getenv("CRIER_TEST_SEED");
    const unsigned seed =
        given == nullptr ? 20261127U : static_cast<unsigned>(std::strtoul(given, nullptr, 10));
    BOOST_TEST_MESSAGE("CRIER_TEST_SEED=" << seed);
    Random random{seed};
    int compared = 0;
    int with_times = 0;
    for (int i = 0; i < 6000; ++i) {
        std::string text = random_rule(random);
        const local_seconds start = local_days{year{pick(random, 2000, 2026)} / 1 / 1} +
                                    days{pick(random, 0, 364)} + hours{pick(random, 0, 23)} +
                                    minutes{pick(random, 0, 3) * 15};
        const bool counted = pick(random, 1, 5) == 1;
        if (counted)
            text += ";COUNT=" + std::to_string(pick(random, 1, 40));
        const auto theirs = crier::schedule::Recurrence::parse(text, start, {});
        std::string trouble;
        const auto ours = plugin::read_rule(text, trouble);
        if (!theirs)
            continue; // it never fires, or is no rule
        BOOST_REQUIRE(ours);
        // From the start, or years later.
        const local_seconds from = start + days{pick(random, 1, 2) == 1 ? 0 : pick(random, 1, 3000)};
        const local_seconds to = from + days{pick(random, 1, 2) == 1 ? 20 : 800};
        // Theirs has the start only if the rule names it; then it counts there too.
        const auto first =
            recurrence_after(*theirs, {}, crier::Instant{start.time_since_epoch() - seconds{1}});
        const bool start_counts = first && crier::schedule::Zone{}.to_local(*first) == start;
        if (counted && !start_counts)
            continue;
        std::string all;
        int found = 0;
        plugin::Steps steps{20'000'000};
        const bool complete = plugin::expand(*ours, start, local_days{year{2500} / 1 / 1}, {from, to}, steps,
                                             [&](local_seconds time) {
                                                 if (time == start && !start_counts)
                                                     return true;
                                                 all += written(time);
                                                 return ++found < most_compared;
                                             });
        BOOST_TEST(complete);
        BOOST_TEST(all == by_daemon(*theirs, from, to),
                   text << " from " << written(start) << "in " << written(from) << "seed " << seed);
        ++compared;
        with_times += found > 0 ? 1 : 0;
    }
    BOOST_TEST(compared > 3000);
    BOOST_TEST(with_times > 1500);
}

BOOST_AUTO_TEST_SUITE_END()
