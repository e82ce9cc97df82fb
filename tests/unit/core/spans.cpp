#include "core/text/span.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <random>
#include <string>

using namespace crier;
using namespace crier::text;

namespace {

Moment moment_in(const char* when, const char* zone) {
    return {from_rfc3339(when).value(), schedule::Zone::find(zone).value()};
}

std::string moved_by(const char* when, const char* zone, const char* span) {
    const auto there = moved(moment_in(when, zone), read_span(span).value());
    return there ? to_rfc3339(there->when) : "nowhere";
}

} // namespace

BOOST_AUTO_TEST_SUITE(spans)

BOOST_AUTO_TEST_CASE(what_is_no_span_is_refused) {
    for (const char* text :
         {"", "-", "7", "d", "7 d", "7x", "+7d", "1.5d", "--1d", "1d-1h", "mo", "7D", "1d2"})
        BOOST_TEST(read_span(text).error().message == "'" + std::string{text} + "' is no span of time");
    for (const char* text : {"1001y", "12001mo", "999y13mo1y", "366001d", "99999999999999999999d", "8784001h",
                             "9223372036854775807us9223372036854775807us"})
        BOOST_TEST(read_span(text).error().message == "'" + std::string{text} + "' is too long a span");
    for (const char* text : {"0d", "1000y", "-1000y366000d8784000h", "1y2mo3w4d5h6m7s8ms9us", "007d"})
        BOOST_TEST(!read_span(text).has_error(), text);
}

BOOST_AUTO_TEST_CASE(months_and_days_go_by_the_calendar_and_hours_elapse) {
    const struct {
        const char* when;
        const char* span;
        const char* there;
    } cases[] = {
        // 09:00 stays 09:00 where the clocks change between.
        {"2026-03-28T08:00:00Z", "1d", "2026-03-29T07:00:00Z"},
        {"2026-03-28T08:00:00Z", "24h", "2026-03-29T08:00:00Z"},
        {"2026-03-28T08:00:00Z", "1w", "2026-04-04T07:00:00Z"},
        {"2026-10-26T08:00:00Z", "-2d", "2026-10-24T07:00:00Z"},
        {"2026-10-26T08:00:00Z", "-48h", "2026-10-24T08:00:00Z"},
        {"2026-01-15T08:00:00Z", "6mo", "2026-07-15T07:00:00Z"},
        // Into the gap, and what is repeated.
        {"2026-03-28T01:30:00Z", "1d", "2026-03-29T01:00:00Z"},
        {"2026-10-24T00:30:00Z", "1d", "2026-10-25T00:30:00Z"},
        // In the repeated hour itself only the calendar goes back to the first.
        {"2026-10-25T01:30:00Z", "1m", "2026-10-25T01:31:00Z"},
        {"2026-10-25T01:30:00Z", "0d", "2026-10-25T01:30:00Z"},
        // Months that are too short.
        {"2026-01-31T11:00:00Z", "1mo", "2026-02-28T11:00:00Z"},
        {"2024-01-31T11:00:00Z", "1mo", "2024-02-29T11:00:00Z"},
        {"2024-02-29T11:00:00Z", "1y", "2025-02-28T11:00:00Z"},
        {"2024-02-29T11:00:00Z", "4y", "2028-02-29T11:00:00Z"},
        {"2026-03-31T10:00:00Z", "-1mo", "2026-02-28T11:00:00Z"},
        {"2026-01-31T11:00:00Z", "-2mo", "2025-11-30T11:00:00Z"},
        // First the months, then the days, then what elapses.
        {"2026-01-31T11:00:00Z", "1d1mo", "2026-03-01T11:00:00Z"},
        {"2026-01-31T11:00:00Z", "1y1mo1w1d1h1m1s", "2027-03-08T12:01:01Z"},
        {"2026-01-31T11:00:00.5Z", "1d", "2026-02-01T11:00:00.5Z"},
    };
    for (const auto& c : cases)
        BOOST_TEST(moved_by(c.when, "Europe/Berlin", c.span) == c.there,
                   c.when << " " << c.span << ": " << moved_by(c.when, "Europe/Berlin", c.span));
}

BOOST_AUTO_TEST_CASE(what_is_out_of_reach_is_nowhere) {
    // A zone without changes, whose last period has no end.
    BOOST_TEST(moved_by("9000-12-31T00:00:00Z", "Asia/Kathmandu", "1d") == "nowhere");
    BOOST_TEST(moved_by("8999-12-31T00:00:00Z", "Asia/Kathmandu", "1y") == "9000-12-31T00:00:00Z");
    BOOST_TEST(moved_by("9999-12-31T23:59:59Z", "Asia/Kathmandu", "-1d") == "nowhere");
    BOOST_TEST(moved_by("0001-01-01T00:00:00Z", "UTC", "-1d") == "nowhere");
    const Moment last{Instant::max(), schedule::Zone::find("Europe/Berlin").value()};
    BOOST_TEST(!moved(last, read_span("1000y1000h").value()).has_value());
}

// Whatever the zone does, the wall clock shows the same time on the other day, unless there is no such time.
BOOST_AUTO_TEST_CASE(a_day_is_a_day_in_every_zone) {
    const char* given = std::getenv("CRIER_TEST_SEED"); // NOLINT(concurrency-mt-unsafe): one thread
    const unsigned seed =
        given == nullptr ? 20261124U : static_cast<unsigned>(std::strtoul(given, nullptr, 10));
    BOOST_TEST_MESSAGE("seed " << seed);
    std::mt19937 random{seed};
    for (const char* name : {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"}) {
        const schedule::Zone zone = schedule::Zone::find(name).value();
        for (int i = 0; i < 300; ++i) {
            const Moment from{from_rfc3339("2005-01-01T00:00:00Z").value() +
                                  std::chrono::minutes{random() % (40 * 525'960)},
                              zone};
            const std::chrono::days days{static_cast<int>(random() % 800) - 400};
            Span span;
            span.days = days;
            const auto there = moved(from, span);
            BOOST_TEST_REQUIRE(there.has_value());
            const schedule::LocalTime wanted = zone.to_local(from.when) + days;
            const bool in_gap = zone.to_instant(wanted).kind == schedule::LocalInfo::Kind::gap;
            if (!in_gap && zone.to_local(there->when) != wanted)
                BOOST_ERROR(to_rfc3339(from.when)
                            << " and " << days.count() << " days in " << name << ", seed " << seed);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
