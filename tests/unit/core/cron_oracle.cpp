// The search against an oracle that looks at every single minute, over changes of the clocks.

#include "core/schedule/rule.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <random>
#include <set>

using namespace crier;
using namespace crier::schedule;
using namespace std::chrono_literals;

namespace {

using Random = std::mt19937;

int pick(Random& random, int least, int most) {
    return std::uniform_int_distribution<int>{least, most}(random);
}

/// A field as text, and what it means, without the parser under test.
struct Field {
    std::string text;
    std::set<int> values;
    bool star = false;
};

Field random_field(Random& random, int least, int most, int star_weight,
                   const std::vector<std::string>& names = {}) {
    const auto written = [&](int value) {
        if (!names.empty() && pick(random, 0, 1) == 1)
            return names[static_cast<std::size_t>(value - least)];
        return std::to_string(value);
    };
    Field field;
    if (pick(random, 0, 99) < star_weight) {
        const int step = pick(random, 0, 1) == 0 ? 1 : pick(random, 2, std::max(2, (most - least) / 2));
        field.text = step == 1 ? "*" : "*/" + std::to_string(step);
        field.star = true;
        for (int value = least; value <= most; value += step)
            field.values.insert(value);
        return field;
    }
    for (int parts = pick(random, 1, 3); parts > 0; --parts) {
        const int from = pick(random, least, most);
        const int to = pick(random, 0, 1) == 0 ? from : pick(random, from, most);
        const int step = to == from ? 1 : pick(random, 1, 3);
        if (!field.text.empty())
            field.text += ',';
        field.text += written(from);
        if (to != from)
            field.text += '-' + written(to);
        if (step != 1)
            field.text += '/' + std::to_string(step);
        for (int value = from; value <= to; value += step)
            field.values.insert(value);
    }
    return field;
}

struct Expression {
    Field minutes, hours, days, months, weekdays;

    [[nodiscard]] std::string text() const {
        return minutes.text + " " + hours.text + " " + days.text + " " + months.text + " " + weekdays.text;
    }
};

Expression random_expression(Random& random) {
    Expression e;
    e.minutes = random_field(random, 0, 59, 30);
    e.hours = random_field(random, 0, 23, 50);
    e.days = random_field(random, 1, 31, 60);
    e.months =
        random_field(random, 1, 12, 80,
                     {"jan", "FEB", "Mar", "APR", "may", "JUN", "jul", "AUG", "sep", "OCT", "nov", "DEC"});
    e.weekdays = random_field(random, 0, 6, 60, {"SUN", "mon", "Tue", "WED", "thu", "FRI", "sat"});
    return e;
}

bool matches(const Expression& e, std::chrono::local_seconds local) {
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date{day};
    const auto minute_of_day = static_cast<int>((local - day) / 1min);
    if (e.minutes.values.count(minute_of_day % 60) == 0 || e.hours.values.count(minute_of_day / 60) == 0 ||
        e.months.values.count(static_cast<int>(static_cast<unsigned>(date.month()))) == 0)
        return false;
    const bool in_days = e.days.values.count(static_cast<int>(static_cast<unsigned>(date.day()))) > 0;
    const bool in_weekdays =
        e.weekdays.values.count(static_cast<int>(std::chrono::weekday{day}.c_encoding())) > 0;
    return e.days.star || e.weekdays.star ? in_days && in_weekdays : in_days || in_weekdays;
}

/// All firings in [from, to), by looking at each minute.
std::set<Instant> oracle(const Expression& e, const Zone& zone, Instant from, Instant to) {
    std::set<Instant> found;
    const auto add = [&](Instant when) {
        if (when >= from && when < to)
            found.insert(when);
    };
    if (e.hours.star)
        for (Instant when = from; when < to; when += 1min)
            if (matches(e, zone.to_local(when)))
                add(when);
    const LocalTime first = zone.to_local(from) - 26h;
    const LocalTime last = zone.to_local(to) + 26h;
    for (LocalTime local = first; local < last; local += 1min) {
        if (!matches(e, local))
            continue;
        const LocalInfo info = zone.to_instant(local);
        if (!e.hours.star)
            add(info.first);
        else if (info.kind == LocalInfo::Kind::gap)
            add(Instant{local.time_since_epoch() - zone.offset(info.first - 1s)});
    }
    return found;
}

unsigned seed() {
    const char* given = std::getenv("CRIER_TEST_SEED"); // NOLINT(concurrency-mt-unsafe): one thread
    return given == nullptr ? 20261124U : static_cast<unsigned>(std::strtoul(given, nullptr, 10));
}

void compare(const char* zone_name, const char* begin, const char* end, int expressions) {
    const Zone zone = Zone::find(zone_name).value();
    const Instant from = from_rfc3339(begin).value();
    const Instant to = from_rfc3339(end).value();
    BOOST_TEST_MESSAGE(zone_name << " from " << begin << ", seed " << seed());
    Random random{seed()};
    for (int i = 0; i < expressions; ++i) {
        const Expression e = random_expression(random);
        const Rule rule = Cron::parse(e.text()).value();
        std::set<Instant> searched;
        for (auto next = next_after(rule, zone, from - 1s); next && *next < to;
             next = next_after(rule, zone, *next))
            searched.insert(searched.end(), *next);
        const std::set<Instant> expected = oracle(e, zone, from, to);
        std::string difference;
        for (const Instant when : expected)
            if (searched.count(when) == 0 && difference.size() < 200)
                difference += " missed " + to_rfc3339(when);
        for (const Instant when : searched)
            if (expected.count(when) == 0 && difference.size() < 200)
                difference += " invented " + to_rfc3339(when);
        BOOST_TEST(difference == "",
                   "'" << e.text() << "' in " << zone_name << ", seed " << seed() << ":" << difference);
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(cron_oracle)

// Three weeks around each change, and stretches without one; some hundred expressions in all.
BOOST_AUTO_TEST_CASE(europe_berlin) {
    compare("Europe/Berlin", "2026-03-20T00:00:00Z", "2026-04-10T00:00:00Z", 40);
    compare("Europe/Berlin", "2027-10-20T00:00:00Z", "2027-11-10T00:00:00Z", 40);
    compare("Europe/Berlin", "2039-03-20T00:00:00Z", "2039-04-10T00:00:00Z", 20);
}

BOOST_AUTO_TEST_CASE(america_new_york) {
    compare("America/New_York", "2025-03-01T00:00:00Z", "2025-03-22T00:00:00Z", 40);
    compare("America/New_York", "2026-10-20T00:00:00Z", "2026-11-10T00:00:00Z", 40);
}

BOOST_AUTO_TEST_CASE(australia_lord_howe) {
    compare("Australia/Lord_Howe", "2026-03-28T00:00:00Z", "2026-04-18T00:00:00Z", 40);
    compare("Australia/Lord_Howe", "2026-09-28T00:00:00Z", "2026-10-19T00:00:00Z", 40);
}

BOOST_AUTO_TEST_CASE(asia_kathmandu) {
    compare("Asia/Kathmandu", "2026-01-20T00:00:00Z", "2026-03-10T00:00:00Z", 30);
    compare("Asia/Kathmandu", "1985-12-20T00:00:00Z", "1986-01-12T00:00:00Z", 30);
}

BOOST_AUTO_TEST_CASE(pacific_apia) {
    compare("Pacific/Apia", "2011-12-20T00:00:00Z", "2012-01-10T00:00:00Z", 60);
}

BOOST_AUTO_TEST_CASE(utc) {
    compare("UTC", "2023-12-01T00:00:00Z", "2024-03-10T00:00:00Z", 30);
}

BOOST_AUTO_TEST_SUITE_END()
