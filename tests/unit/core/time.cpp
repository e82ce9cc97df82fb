#include "core/time.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace std::chrono_literals;

namespace {

Instant micros_after_epoch(std::int64_t micros) {
    return Instant{Duration{micros}};
}

std::string round_trip(std::string_view text) {
    const auto when = from_rfc3339(text);
    return when ? to_rfc3339(*when) : "nothing";
}

} // namespace

BOOST_AUTO_TEST_SUITE(times)

BOOST_AUTO_TEST_CASE(moments_are_written_in_utc_with_fractions_only_where_there_are_any) {
    BOOST_TEST(to_rfc3339(micros_after_epoch(0)) == "1970-01-01T00:00:00Z");
    BOOST_TEST(to_rfc3339(micros_after_epoch(1'500'000)) == "1970-01-01T00:00:01.5Z");
    BOOST_TEST(to_rfc3339(micros_after_epoch(1)) == "1970-01-01T00:00:00.000001Z");
    BOOST_TEST(to_rfc3339(micros_after_epoch(-1)) == "1969-12-31T23:59:59.999999Z");
    // What is read can be written so that it is read again.
    BOOST_TEST(!from_rfc3339("9999-12-31T23:59:59-23:59").has_value());
    BOOST_TEST(!from_rfc3339("0000-01-01T00:00:00+23:59").has_value());
    BOOST_TEST(from_rfc3339("9999-12-31T23:59:59Z").has_value());
    BOOST_TEST(from_rfc3339("0000-01-01T00:00:00Z").has_value());
    BOOST_TEST(to_rfc3339(micros_after_epoch(1'795'510'800'000'000)) == "2026-11-24T09:00:00Z");
}

BOOST_AUTO_TEST_CASE(rfc_3339_is_read_with_any_offset) {
    const std::pair<const char*, const char*> cases[] = {
        {"2026-11-24T09:00:00Z", "2026-11-24T09:00:00Z"},
        {"2026-11-24t09:00:00z", "2026-11-24T09:00:00Z"},
        {"2026-11-24 09:00:00Z", "2026-11-24T09:00:00Z"},
        {"2026-11-24T09:00:00+01:00", "2026-11-24T08:00:00Z"},
        {"2026-11-24T00:30:00+05:45", "2026-11-23T18:45:00Z"},
        {"2026-12-31T23:00:00-02:30", "2027-01-01T01:30:00Z"},
        {"2026-11-24T09:00:00.25Z", "2026-11-24T09:00:00.25Z"},
        {"2026-11-24T09:00:00.123456789Z", "2026-11-24T09:00:00.123456Z"},
        {"2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"},
        {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"},
    };
    for (const auto& [text, expected] : cases)
        BOOST_TEST(round_trip(text) == expected, text << " became " << round_trip(text));
}

BOOST_AUTO_TEST_CASE(what_is_no_rfc_3339_is_refused) {
    for (const char* text :
         {"", "2026-11-24", "2026-11-24T09:00Z", "2026-11-24T09:00:00", "2026-13-01T00:00:00Z",
          "2026-02-29T00:00:00Z", "2026-11-24T24:00:00Z", "2026-11-24T09:60:00Z", "2026-11-24T09:00:61Z",
          "2026-11-24T09:00:00.Z", "2026-11-24T09:00:00+1:00", "2026-11-24T09:00:00Zx", "26-11-24T09:00:00Z",
          "2026-11-24T09:00:00+24:00", "tomorrow"})
        BOOST_TEST(!from_rfc3339(text).has_value(), text);
}

BOOST_AUTO_TEST_CASE(durations_are_sums_of_numbers_with_units) {
    const std::pair<const char*, Duration> cases[] = {
        {"90s", 90s},     {"15m", 15min}, {"2h", 2h},
        {"7d", 168h},     {"1w", 168h},   {"250ms", 250ms},
        {"1h30m", 90min}, {"0s", 0s},     {"1w2d3h4m5s6ms7us", 219h + 4min + 5s + 6ms + 7us},
    };
    for (const auto& [text, expected] : cases) {
        const auto read = parse_duration(text);
        BOOST_TEST_REQUIRE(read.has_value(), text);
        BOOST_TEST((*read == expected), text << " became " << to_text(*read));
    }
    for (const char* text : {"", "90", "s", "-5m", "5 m", "1.5h", "5x", "5M", "h5", "1h30",
                             "99999999999999999999s", "9223372036854775807w", "9223372036854775807us1us"})
        BOOST_TEST(!parse_duration(text).has_value(), text);
}

BOOST_AUTO_TEST_CASE(durations_are_written_shortest_and_read_back_the_same) {
    const std::pair<Duration, const char*> cases[] = {{0s, "0s"},          {90s, "1m30s"}, {60s, "1m"},
                                                      {36h, "1d12h"},      {240h, "10d"},  {336h, "2w"},
                                                      {1500ms, "1s500ms"}, {1us, "1us"},   {-90s, "-1m30s"}};
    for (const auto& [duration, expected] : cases) {
        BOOST_TEST(to_text(duration) == expected);
        if (duration >= 0s)
            BOOST_TEST((parse_duration(expected) == duration), expected);
    }
}

BOOST_AUTO_TEST_CASE(http_dates) {
    BOOST_TEST((from_http_date("Tue, 24 Nov 2026 12:00:00 GMT") == *from_rfc3339("2026-11-24T12:00:00Z")));
    BOOST_TEST((from_http_date("Sat, 29 Feb 2020 23:59:60 GMT") == *from_rfc3339("2020-03-01T00:00:00Z")));
    for (const char* text :
         {"", "2026-11-24T12:00:00Z", "Tue, 24 Nov 2026 12:00:00 CET", "Tue, 24 Nov 2026 24:00:00 GMT",
          "Tue, 31 Feb 2026 12:00:00 GMT", "Tue, 24 ovD 2026 12:00:00 GMT", "Tue, 24 Nov 2026 12:00:00 GMT ",
          "Tue, 2x Nov 2026 12:00:00 GMT", "Tuesday, 24-Nov-26 12:00:00 GMT"})
        BOOST_TEST_CONTEXT(text) {
            BOOST_TEST(!from_http_date(text));
        }
}

BOOST_AUTO_TEST_CASE(a_moment_is_a_time_or_a_length_from_now) {
    const Instant now = *from_rfc3339("2026-11-24T12:00:00Z");
    BOOST_TEST((parse_ahead("2h", now) == now + std::chrono::hours{2}));
    BOOST_TEST((parse_past("2h", now) == now - std::chrono::hours{2}));
    for (const auto& read : {parse_ahead, parse_past}) {
        BOOST_TEST((read("now", now) == now));
        BOOST_TEST((read("2026-11-24T13:00:00+01:00", now) == now));
        for (const char* text : {"", "tomorrow", "2026-11-24", "-2h", "9999999999w", "15000000w"})
            BOOST_TEST(!read(text, now).has_value(), text);
    }
}

BOOST_AUTO_TEST_SUITE_END()
