#include "sandbox/state/time.hpp"

#include "sandbox/state/ids.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::sandbox;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(sandbox_time)

BOOST_AUTO_TEST_CASE(times_are_read_and_written) {
    const struct {
        const char* text;
        const char* says;
    } cases[] = {
        {"2026-01-05T12:05:00Z", "2026-01-05T12:05:00.000000Z"},
        {"2026-01-05T12:05:00.123456789+01:30", "2026-01-05T10:35:00.123456Z"},
        {"2026-01-05 12:05", "2026-01-05T12:05:00.000000Z"},
        {"2024-02-29T00:00:00-0100", "2024-02-29T01:00:00.000000Z"},
        {"2023-02-29T00:00:00Z", ""},
        {"2026-01-05", ""},
        {"2026-1-5T12:05:00Z", ""},
        {"2026-01-05T24:00:00Z", ""},
        {"2026-01-05T12:05:00.Z", ""},
        {"2026-01-05T12:05:00Zulu", ""},
        {"-026-01-05T12:05:00Z", ""},
        {"", ""},
    };
    for (const auto& one : cases) {
        const auto time = parse_rfc3339(one.text);
        BOOST_TEST((time ? rfc3339(*time, 6) : "") == one.says, one.text);
    }
    const Time time = *parse_rfc3339("2026-01-05T09:00:00.25Z");
    BOOST_TEST(rfc3339(time) == "2026-01-05T09:00:00.250Z");
    BOOST_TEST(rfc3339(time, 0) == "2026-01-05T09:00:00Z");
    BOOST_TEST(http_date(time) == "Mon, 05 Jan 2026 09:00:00 GMT");
    BOOST_TEST(unix_seconds(time) == 1767603600);
}

BOOST_AUTO_TEST_CASE(durations_have_a_unit_or_are_seconds) {
    BOOST_TEST((parse_duration("20s") == 20s));
    BOOST_TEST((parse_duration("20") == 20s));
    BOOST_TEST((parse_duration("2h") == 7200s));
    for (const char* wrong : {"", "0s", "-1s", "s", "1w", "1 s", "99999999999s"})
        BOOST_TEST(!parse_duration(wrong), wrong);
}

BOOST_AUTO_TEST_CASE(ids_rise_and_sort_as_text) {
    for (const IdStyle style : {IdStyle::snowflake, IdStyle::ulid, IdStyle::flake}) {
        Ids ids;
        const Time now = *parse_rfc3339("2026-01-05T09:00:00Z");
        std::string before = ids.next(now, style);
        for (int i = 0; i < 100; ++i) {
            const std::string id = ids.next(now - i * 1h, style); // even when the clock is set back
            BOOST_TEST(id.size() == before.size());
            BOOST_TEST(id > before);
            before = id;
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
