// The search and the parser against the oracle. Short by default: some weeks of each expression;
// CRIER_TEST_FULL=1 compares every firing of 30 years.

#include "core/schedule/rule.hpp"
#include "cron_oracle.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>

using namespace crier;
using namespace crier::schedule;
using namespace std::chrono_literals;

namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year;

constexpr const char* compared_zones[] = {
    "Europe/Berlin", "America/New_York",  "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu",
    "Pacific/Apia",  "Africa/Casablanca", "Asia/Tehran",       "America/St_Johns",    "Pacific/Chatham",
    "Europe/Dublin", "Africa/Cairo",      "Asia/Gaza",         "America/Havana",      "Antarctica/Troll",
    "Asia/Beirut",   "America/Nuuk",      "Pacific/Easter",    "Europe/London",       "UTC"};
constexpr int expressions_of_a_zone = 100;

constexpr sys_days first_day{year{2015} / 1 / 1};
constexpr sys_days last_day{year{2045} / 1 / 1};

unsigned cron_seed() {
    const char* given = std::getenv("CRIER_TEST_SEED"); // NOLINT(concurrency-mt-unsafe): one thread
    return given == nullptr ? 20261124U : static_cast<unsigned>(std::strtoul(given, nullptr, 10));
}

bool in_full() {
    return std::getenv("CRIER_TEST_FULL") != nullptr; // NOLINT(concurrency-mt-unsafe): one thread
}

/// Search and oracle side by side in one zone.
class Comparison {
public:
    Comparison(const char* zone_name, sys_days from, sys_days to)
        : zone(Zone::find(zone_name).value())
        , oracle(zone, from, to) {}

    /// The day up to which they were compared.
    sys_days compare(const Expression& expression, const Rule& rule, sys_days from, const Budget& budget) {
        const Looked looked = oracle.look(expression, from, budget);
        std::string difference;
        Instant last = from - 1s;
        for (const sys_seconds expected : looked.firings) {
            const auto found = next_after(rule, zone, last);
            if (found != Instant{expected}) {
                difference = "fires at " + to_rfc3339(expected) + ", found " + shown(found);
                break;
            }
            last = expected;
        }
        const auto beyond = next_after(rule, zone, last);
        if (difference.empty() && beyond && *beyond < looked.until)
            difference = "does not fire at " + shown(beyond);
        BOOST_TEST(difference == "", "'" << expression.text << "' in " << zone.name() << ", seed "
                                         << cron_seed() << ": " << difference);
        firings += looked.firings.size();
        return looked.until;
    }

    Zone zone;
    Oracle oracle;
    std::size_t firings = 0;

private:
    static std::string shown(const std::optional<Instant>& when) {
        return when ? to_rfc3339(*when) : "nothing";
    }
};

void compare_everything(Comparison& comparison, const Expression& expression, const Rule& rule) {
    constexpr std::size_t any = SIZE_MAX;
    for (sys_days from = first_day; from < last_day;)
        from = comparison.compare(expression, rule, from, {days{366}, any, any});
}

void compare_samples(Comparison& comparison, const Expression& expression, const Rule& rule,
                     std::mt19937& random) {
    const auto some = [&](std::size_t count) {
        return std::uniform_int_distribution<std::size_t>{0, count - 1}(random);
    };
    constexpr std::size_t ten_days = 10 * 24 * 60;
    for (int i = 0; i < 3; ++i) {
        const days skipped{static_cast<int>(some((last_day - first_day).count()))};
        comparison.compare(expression, rule, first_day + skipped, {days{400}, ten_days, 40});
    }
    const auto& changes = comparison.oracle.changes();
    for (int i = 0; i < 2 && !changes.empty(); ++i) {
        const sys_seconds change = changes[some(changes.size())];
        comparison.compare(expression, rule, std::chrono::floor<days>(change) - days{1},
                           {days{4}, ten_days, 1000});
    }
}

/// Expressions that a change of the clocks from this hour on may go wrong with.
std::vector<Expression> expressions_around(int hour) {
    const auto text = [](int value) { return std::to_string(value); };
    const int before = (hour + 23) % 24;
    const int after = (hour + 1) % 24;
    const int low = std::min(hour, after);
    const int high = std::max(hour, after);
    std::vector<int> every_hour;
    std::vector<int> every_minute;
    std::vector<int> even_hours;
    std::vector<int> third_hours;
    for (int i = 0; i < 60; ++i)
        every_minute.push_back(i);
    for (int i = 0; i < 24; ++i)
        every_hour.push_back(i);
    for (int i = 0; i < 24; i += 2)
        even_hours.push_back(i);
    for (int i = 0; i < 24; i += 3)
        third_hours.push_back(i);
    return {
        daily_expression("30", {30}, text(hour), {hour}),
        daily_expression("0", {0}, text(hour), {hour}),
        daily_expression("0,15,59", {0, 15, 59}, text(before), {before}),
        daily_expression("10,45", {10, 45}, text(after), {after}),
        daily_expression("*", every_minute, text(hour), {hour}),
        daily_expression("*/20", {0, 20, 40}, text(low) + "," + text(high), {low, high}),
        daily_expression("30", {30}, "0-23", every_hour),
        daily_expression("0", {0}, "*", every_hour),
        daily_expression("5,35", {5, 35}, "*", every_hour),
        daily_expression("*/15", {0, 15, 30, 45}, "*", every_hour),
        daily_expression("0", {0}, "*/2", even_hours),
        daily_expression("*/20", {0, 20, 40}, "*/2", even_hours),
        daily_expression("59", {59}, "*/3", third_hours),
    };
}

} // namespace

BOOST_AUTO_TEST_SUITE(cron_compared)

BOOST_AUTO_TEST_CASE(two_thousand_random_expressions_in_twenty_zones) {
    std::mt19937 random{cron_seed()};
    for (const char* zone_name : compared_zones) {
        Comparison comparison{zone_name, first_day, last_day};
        for (int i = 0; i < expressions_of_a_zone; ++i) {
            const Expression expression = random_expression(random);
            const auto cron = Cron::parse(expression.text);
            BOOST_TEST_REQUIRE(cron.has_value(), expression.text);
            if (in_full())
                compare_everything(comparison, expression, *cron);
            else
                compare_samples(comparison, expression, *cron, random);
        }
        BOOST_TEST_MESSAGE(zone_name << ": " << comparison.firings << " firings, seed " << cron_seed());
        BOOST_TEST(comparison.firings > 5000U, zone_name);
    }
}

BOOST_AUTO_TEST_CASE(every_change_of_the_clocks_from_2020_to_2040) {
    std::size_t changes = 0;
    for (const char* zone_name : compared_zones) {
        Comparison comparison{zone_name, sys_days{year{2020} / 1 / 1}, sys_days{year{2041} / 1 / 1}};
        for (const sys_seconds change : comparison.oracle.changes()) {
            const LocalTime shown = comparison.zone.to_local(change - 1s);
            const auto hour = static_cast<int>((shown - std::chrono::floor<days>(shown)) / 1h);
            // A clock that is put forward leaves the next hour out; one that is put back has this hour twice.
            const bool forward = comparison.zone.offset(change) > comparison.zone.offset(change - 1s);
            for (const Expression& expression : expressions_around(forward ? (hour + 1) % 24 : hour))
                comparison.compare(expression, Cron::parse(expression.text).value(),
                                   std::chrono::floor<days>(change) - days{2}, {days{5}, SIZE_MAX, SIZE_MAX});
        }
        changes += comparison.oracle.changes().size();
        BOOST_TEST_MESSAGE(zone_name << ": " << comparison.oracle.changes().size() << " changes");
    }
    BOOST_TEST(changes > 400U);
}

// Samoa left out a whole day, Nepal a quarter of an hour.
BOOST_AUTO_TEST_CASE(the_oddest_changes) {
    struct {
        const char* zone;
        sys_days change;
    } const cases[] = {{"Pacific/Apia", sys_days{year{2011} / 12 / 30}},
                       {"Asia/Kathmandu", sys_days{year{1985} / 12 / 31}}};
    std::mt19937 random{cron_seed()};
    for (const auto& c : cases) {
        Comparison comparison{c.zone, c.change - days{30}, c.change + days{30}};
        BOOST_TEST(comparison.oracle.changes().size() == 1U, c.zone);
        for (int i = 0; i < 60; ++i) {
            const Expression expression = random_expression(random);
            comparison.compare(expression, Cron::parse(expression.text).value(), c.change - days{10},
                               {days{20}, SIZE_MAX, SIZE_MAX});
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
