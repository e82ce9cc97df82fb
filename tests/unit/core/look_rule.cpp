#include "core/look_rule.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace crier;
using namespace std::chrono_literals;

namespace {

Instant at(const std::string& time) {
    return *from_rfc3339(time);
}

struct Skip {
    std::uint32_t hours;
    std::uint32_t days;
    const char* when;
    const char* next;
};

constexpr std::uint32_t night = 0b0000'0000'0000'0000'0011'1111; // 0:00 to 6:00
constexpr std::uint32_t evening = 0xC0'0000;                     // 22:00 to 24:00
constexpr std::uint32_t weekend = 0b100'0001;

// 2026-11-24 is a Tuesday.
const Skip skips[] = {
    {0, 0, "2026-11-24T03:10:00Z", "2026-11-24T03:10:00Z"},
    {night, 0, "2026-11-24T03:10:00Z", "2026-11-24T06:00:00Z"},
    {night, 0, "2026-11-24T05:59:59.999999Z", "2026-11-24T06:00:00Z"},
    {night, 0, "2026-11-24T06:00:00Z", "2026-11-24T06:00:00Z"},
    {night, 0, "2026-11-24T23:59:59Z", "2026-11-24T23:59:59Z"},
    {night | evening, 0, "2026-11-24T22:00:00Z", "2026-11-25T06:00:00Z"},
    {0, weekend, "2026-11-27T23:59:00Z", "2026-11-27T23:59:00Z"},
    {0, weekend, "2026-11-28T00:00:00Z", "2026-11-30T00:00:00Z"},
    {0, weekend, "2026-11-29T12:00:00Z", "2026-11-30T00:00:00Z"},
    {night, weekend, "2026-11-28T12:00:00Z", "2026-11-30T06:00:00Z"},
    {0, 0b111'1011, "2026-11-25T08:00:00Z", "2026-12-01T00:00:00Z"}, // Tuesdays only
    {0xFF'FFFE, 0b111'1011, "2026-11-24T01:00:00Z", "2026-12-01T00:00:00Z"},
    // What lies before the epoch is a day, too.
    {night, 0, "1969-12-31T03:00:00Z", "1969-12-31T06:00:00Z"},
    // Bits that are no hour and no day mean nothing.
    {0xFF00'0000, 0xFFFF'FF80, "2026-11-24T03:10:00Z", "2026-11-24T03:10:00Z"},
};

LookRule skipping(std::uint32_t hours, std::uint32_t days) {
    LookRule rule;
    rule.skip_hours = hours;
    rule.skip_days = days;
    return rule;
}

} // namespace

BOOST_AUTO_TEST_SUITE(look_rules)

BOOST_AUTO_TEST_CASE(a_look_in_a_skipped_hour_or_day_is_put_to_the_next_that_is_not) {
    for (const Skip& skip : skips) {
        const Instant when = at(skip.when);
        BOOST_TEST(to_rfc3339(not_skipped(skipping(skip.hours, skip.days), when, when)) == skip.next,
                   skip.when << " of " << skip.hours << ", " << skip.days);
    }
}

BOOST_AUTO_TEST_CASE(a_rule_that_skips_everything_means_a_look_a_day) {
    const Instant now = at("2026-11-24T12:00:00Z");
    for (const LookRule& rule : {skipping(0xFF'FFFF, 0), skipping(0, 0b111'1111), skipping(~0U, ~0U)}) {
        BOOST_TEST((not_skipped(rule, now, now + 15min) == now + 24h));
        BOOST_TEST((not_skipped(rule, now, now + 24h * 7) == now + 24h * 7));
    }
}

BOOST_AUTO_TEST_CASE(a_step_without_a_base_begins_with_the_look) {
    const Instant now = at("2026-11-24T12:00:00Z");
    LookRule rule;
    BOOST_TEST((next_step(rule, now, now + 15min) == now + 15min));
    rule.step = 1h;
    BOOST_TEST((next_step(rule, now, now + 15min) == now + 1h));
    BOOST_TEST((next_step(rule, now, now + 2h) == now + 2h));
    rule.step = 24h * 365;
    BOOST_TEST((next_step(rule, now, now + 15min) == now + 24h));
    rule.step = -1h;
    BOOST_TEST((next_step(rule, now, now + 15min) == now + 15min));
}

BOOST_AUTO_TEST_CASE(steps_with_a_base_go_through_it) {
    const Instant now = at("2026-11-24T12:00:00Z");
    LookRule rule;
    rule.step = 6h;
    for (const char* base : {"2000-01-01T03:30:00Z", "2040-01-01T03:30:00Z", "1960-01-01T15:30:00Z"}) {
        rule.base = at(base);
        BOOST_TEST(to_rfc3339(next_step(rule, now, now + 15min)) == "2026-11-24T15:30:00Z", base);
        BOOST_TEST(to_rfc3339(next_step(rule, now, now + 3h + 30min)) == "2026-11-24T15:30:00Z", base);
        BOOST_TEST(to_rfc3339(next_step(rule, now, now + 3h + 31min)) == "2026-11-24T21:30:00Z", base);
    }
    rule.step = 24h * 7; // within a day all the same
    rule.base = at("2000-01-01T03:30:00Z");
    BOOST_TEST(to_rfc3339(next_step(rule, now, now + 15min)) == "2026-11-25T03:30:00Z");
}

BOOST_AUTO_TEST_SUITE_END()
