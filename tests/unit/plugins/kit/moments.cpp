#include "kit/moment.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using crier::kit::parse_moment;

BOOST_AUTO_TEST_SUITE(exec_moments)

BOOST_AUTO_TEST_CASE(times_of_rfc_3339_are_read) {
    const struct {
        const char* text;
        std::int64_t microseconds;
    } cases[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"1969-12-31T23:59:59.999999Z", -1},
        {"2026-11-24T12:00:00Z", 1'795'521'600'000'000},
        {"2026-11-24t12:00:00z", 1'795'521'600'000'000},
        {"2026-11-24 12:00:00+00:00", 1'795'521'600'000'000},
        {"2026-11-24T13:30:00+01:30", 1'795'521'600'000'000},
        {"2026-11-24T06:30:00-05:30", 1'795'521'600'000'000},
        {"2026-11-24T12:00:00.5Z", 1'795'521'600'500'000},
        {"2026-11-24T12:00:00.123456789Z", 1'795'521'600'123'456},
        {"2024-02-29T00:00:00Z", 1'709'164'800'000'000},
        {"2016-12-31T23:59:60Z", 1'483'228'800'000'000},
    };
    for (const auto& [text, microseconds] : cases) {
        const auto read = parse_moment(text);
        BOOST_REQUIRE_MESSAGE(read.has_value(), text);
        BOOST_TEST(*read == microseconds, text);
    }
}

BOOST_AUTO_TEST_CASE(anything_else_is_no_time) {
    for (const char* text : {"",
                             "2026",
                             "2026-11-24",
                             "2026-11-24T12:00:00",
                             "2026-11-24T12:00Z",
                             "2026-13-01T00:00:00Z",
                             "2026-00-01T00:00:00Z",
                             "2025-02-29T00:00:00Z",
                             "2026-11-31T00:00:00Z",
                             "2026-11-24T24:00:00Z",
                             "2026-11-24T12:60:00Z",
                             "2026-11-24T12:00:61Z",
                             "2026-11-24T12:00:00.Z",
                             "2026-11-24T12:00:00+0100",
                             "2026-11-24T12:00:00+24:00",
                             "2026-11-24T12:00:00Z ",
                             "2026-11-24T12:00:00ZZ",
                             "26-11-24T12:00:00Z",
                             "+026-11-24T12:00:00Z",
                             "Tue, 24 Nov 2026 12:00:00 GMT",
                             "1795521600"})
        BOOST_TEST(!parse_moment(text).has_value(), text);
}

BOOST_AUTO_TEST_CASE(a_time_that_breaks_off_anywhere_is_none) {
    const std::string whole = "2026-11-24T12:00:00.5+01:00";
    for (std::size_t size = 0; size < whole.size(); ++size)
        BOOST_TEST(!parse_moment(std::string_view{whole}.substr(0, size)).has_value(), size);
}

BOOST_AUTO_TEST_SUITE_END()
