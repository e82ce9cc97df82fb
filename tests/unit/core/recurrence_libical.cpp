// Against the iterator of libical, which comes to its days by another way, in the shapes in which libical 3.0
// is right: by the day and above, from the begin of a period on, and without
// - FREQ=WEEKLY with an INTERVAL from a start that is no occurrence: it counts from a later week;
// - weeks that begin in one year and end in another: it leaves out 2005-12-30, which is in week 52;
// - BYSETPOS beside days that may be named twice: in April it takes BYMONTHDAY=27,-4 for two;
// - INTERVAL beside BYWEEKNO, which the RFC leaves open: do the years of 2016-01-01, in week 53 of 2015,
// count from
//   2015 or 2016?

#include "core/schedule/rrule/recurrence.hpp"

#include <boost/test/unit_test.hpp>
#include <libical/ical.h>

#include <cstdlib>
#include <memory>
#include <random>
#include <set>

using namespace crier;
using namespace crier::schedule;

namespace {

using std::chrono::local_days;
using std::chrono::weekday;
using std::chrono::year;

/// Indexed as std::chrono::weekday counts.
constexpr const char* weekday_codes_of_ical[] = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};

using IcalRandom = std::mt19937;

int between(IcalRandom& random, int least, int most) {
    return std::uniform_int_distribution<int>{least, most}(random);
}

bool chance_of(IcalRandom& random, int n) {
    return between(random, 1, n) == 1;
}

/// ";NAME=3,17,-2": up to `up_to` values.
std::string list_part(IcalRandom& random, const char* name, int most, int up_to, bool from_end) {
    std::set<int> values;
    for (int n = between(random, 1, up_to); n > 0; --n)
        values.insert(between(random, 1, most) * (from_end && chance_of(random, 3) ? -1 : 1));
    std::string text;
    for (const int value : values)
        text += (text.empty() ? ";" + std::string{name} + "=" : ",") + std::to_string(value);
    return text;
}

/// With numbers up to `farthest`; without any for 0.
std::string by_day(IcalRandom& random, int farthest) {
    std::set<std::string> values;
    for (int n = between(random, 1, 3); n > 0; --n) {
        const int nth = farthest > 0 ? between(random, 1, farthest) * (chance_of(random, 2) ? 1 : -1) : 0;
        values.insert((nth == 0 ? "" : std::to_string(nth)) + weekday_codes_of_ical[between(random, 0, 6)]);
    }
    std::string text;
    for (const std::string& value : values)
        text += (text.empty() ? ";BYDAY=" : ",") + value;
    return text;
}

std::string of_a_month(IcalRandom& random) {
    switch (between(random, 1, 4)) {
    case 1:
        return list_part(random, "BYMONTHDAY", 31, 5, true);
    case 2:
        return by_day(random, 5);
    case 3:
        return by_day(random, 0);
    default:
        return list_part(random, "BYMONTHDAY", 31, 9, true) + by_day(random, 0);
    }
}

std::string positions_of_a_month(IcalRandom& random) {
    return list_part(random, "BYMONTHDAY", 31, 20, false) + (chance_of(random, 2) ? by_day(random, 0) : "") +
           list_part(random, "BYSETPOS", 4, 2, true);
}

std::string of_a_year(IcalRandom& random) {
    switch (between(random, 1, 3)) {
    case 1:
        return list_part(random, "BYYEARDAY", 366, 6, true);
    case 2:
        return by_day(random, 53);
    default:
        return list_part(random, "BYMONTH", 12, 4, false) + of_a_month(random);
    }
}

struct IcalRule {
    std::string text;
    local_days start;
};

IcalRule random_ical_rule(IcalRandom& random) {
    const std::string interval =
        chance_of(random, 2) ? ";INTERVAL=" + std::to_string(between(random, 2, 7)) : std::string{};
    const local_days start{year{between(random, 1990, 2030)} / 1 / 1};
    switch (between(random, 1, 6)) {
    case 1:
        return {"FREQ=DAILY" + interval +
                    (chance_of(random, 3) ? list_part(random, "BYMONTH", 12, 4, false) : ""),
                start};
    case 2: { // with the start's own weekday
        const int first = between(random, 0, 6);
        const int other = (first + between(random, 1, 6)) % 7;
        return {"FREQ=WEEKLY" + interval + ";WKST=" + weekday_codes_of_ical[first] +
                    ";BYDAY=" + weekday_codes_of_ical[first] + "," + weekday_codes_of_ical[other],
                start + (weekday{static_cast<unsigned>(first)} - weekday{start})};
    }
    case 3:
        return {"FREQ=YEARLY;BYWEEKNO=" + std::to_string(between(random, 2, 51)) + by_day(random, 0), start};
    case 4:
        return {"FREQ=YEARLY" + interval + of_a_year(random), start};
    default:
        return {"FREQ=MONTHLY" + interval +
                    (chance_of(random, 3) ? positions_of_a_month(random) : of_a_month(random)),
                start};
    }
}

unsigned ical_seed() {
    const char* given = std::getenv("CRIER_TEST_SEED"); // NOLINT(concurrency-mt-unsafe): one thread
    return given == nullptr ? 20261127U : static_cast<unsigned>(std::strtoul(given, nullptr, 10));
}

constexpr int most_compared = 40;

/// libical searches on until 2582, and that for long where there is nothing.
std::string by_libical(const IcalRule& rule, year until) {
    const std::chrono::year_month_day begin{rule.start};
    icaltimetype start = icaltime_null_time();
    start.year = static_cast<int>(begin.year());
    start.month = static_cast<int>(static_cast<unsigned>(begin.month()));
    start.day = static_cast<int>(static_cast<unsigned>(begin.day()));
    start.is_date = 1;
    const std::unique_ptr<icalrecur_iterator, decltype(&icalrecur_iterator_free)> iterator{
        icalrecur_iterator_new(icalrecurrencetype_from_string(rule.text.c_str()), start),
        &icalrecur_iterator_free};
    if (!iterator)
        return "refused";
    std::string days;
    for (int i = 0; i < most_compared; ++i) {
        const icaltimetype next = icalrecur_iterator_next(iterator.get());
        if (icaltime_is_null_time(next) != 0 || next.year > static_cast<int>(until))
            break;
        days += std::string{icaltime_as_ical_string(next)} + " ";
    }
    return days;
}

std::string by_us(const Recurrence& rule, year until) {
    std::string days;
    auto next = recurrence_after(rule, Zone{}, Instant{});
    for (int i = 0; i < most_compared && next; ++i, next = recurrence_after(rule, Zone{}, *next)) {
        const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(Zone{}.to_local(*next))};
        if (date.year() > until)
            break;
        const int number = static_cast<int>(date.year()) * 10'000 +
                           static_cast<int>(static_cast<unsigned>(date.month())) * 100 +
                           static_cast<int>(static_cast<unsigned>(date.day()));
        days += std::to_string(number) + " ";
    }
    return days;
}

} // namespace

BOOST_AUTO_TEST_SUITE(recurrence_libical)

BOOST_AUTO_TEST_CASE(libical_names_the_same_days) {
    icalerror_set_errors_are_fatal(0);
    IcalRandom random{ical_seed()};
    int compared = 0;
    for (int i = 0; i < 1000; ++i) {
        const IcalRule given = random_ical_rule(random);
        const std::chrono::year_month_day begin{given.start};
        const auto rule = Recurrence::parse(given.text, given.start, Zone{});
        if (!rule)
            continue; // never fires: there libical searches for long
        ++compared;
        const year until = begin.year() + std::chrono::years{30};
        BOOST_TEST(by_us(*rule, until) == by_libical(given, until),
                   given.text << " from " << to_rfc3339(Instant{given.start.time_since_epoch()}) << ", seed "
                              << ical_seed());
    }
    BOOST_TEST(compared > 800);
}

BOOST_AUTO_TEST_SUITE_END()
