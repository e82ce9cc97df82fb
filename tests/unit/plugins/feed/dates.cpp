#include "feed/dates.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

using crier::feed::parse_date;

namespace {

constexpr std::int64_t noon = 1795521600; // 2026-11-24T12:00:00Z, a Tuesday
constexpr std::int64_t midnight = noon - 12 * 3600;
constexpr std::int64_t hour = 3600;
constexpr std::int64_t none = -1;

struct Date {
    std::string text;
    std::int64_t seconds;
};
std::ostream& operator<<(std::ostream& out, const Date& date) {
    return out << date.text;
}

const Date rfc822[] = {
    {"Tue, 24 Nov 2026 12:00:00 +0000", noon},
    {"Tue, 24 Nov 2026 12:00:00 GMT", noon},
    {"Tue, 24 Nov 2026 12:00:00 UT", noon},
    {"Tue, 24 Nov 2026 12:00:00 Z", noon},
    {"Tue, 24 Nov 2026 12:00:00", noon},
    {"  Tue, 24 Nov 2026 12:00:00 +0000\n", noon},
    {"24 Nov 2026 12:00:00 +0000", noon},
    {"24 Nov 2026 12:00 +0000", noon},
    {"24 Nov 2026", midnight},
    {"Tue, 24 Nov 26 12:00:00 +0000", noon},
    {"24 Nov 126 12:00:00 GMT", noon}, // years counted from 1900
    {"Tue, 01 Feb 99 00:00:00 GMT", 917827200},
    {"Tue, 24 Nov 2026 13:00:00 +0100", noon},
    {"Tue, 24 Nov 2026 13:00:00 +01:00", noon},
    {"Tue, 24 Nov 2026 13:00:00 +1", noon},
    {"Tue, 24 Nov 2026 13:00:00 +100", noon},
    {"Tue, 24 Nov 2026 13:00:00 GMT+0100", noon},
    {"Tue, 24 Nov 2026 13:00:00 GMT+1", noon},
    {"Tue, 24 Nov 2026 13:00:00 +0100 (CET)", noon},
    {"Tue, 24 Nov 2026 13:00:00 CET", noon},
    {"Tue, 24 Nov 2026 14:00:00 CEST", noon}, // the wrong one for November: it is what is said
    {"Tue, 24 Nov 2026 07:00:00 EST", noon},
    {"Tue, 24 Nov 2026 04:00:00 PST", noon},
    {"Tue, 24 Nov 2026 17:30:00 +0530", noon},
    {"Tue, 24 Nov 2026 03:30:00 -0830", noon},
    {"Tue, 24 Nov 2026 12:00:00 -0000", noon},
    {"Tue, 24 Nov 2026 12:00:00 XYZ", noon}, // RFC 2822, 4.3
    {"Tue, 24 Nov 2026 07:00:00 America/New_York", noon},
    {"Tue, 24 Nov 2026 12:00:00 +0000 UTC", noon}, // Go's
    {"Mon, 24 Nov 2026 12:00:00 +0000", noon},     // a wrong weekday
    {"Di, 24 Nov 2026 12:00:00 +0000", noon},      // in another language
    {"mar., 24 Nov 2026 12:00:00 +0000", noon},    // mardi, not March
    {"Tuesday, 24 November 2026 12:00:00 +0000", noon},
    {"Tue, 24 Sept 2026 12:00:00 GMT", 1790251200},
    {"Tue,24 Nov 2026 12:00:00 GMT", noon},
    {"Tue 24 Nov 2026 12:00:00 GMT", noon},
    {"Tue, 24-Nov-2026 12:00:00 GMT", noon},
    {"Tuesday, 24-Nov-26 12:00:00 GMT", noon}, // RFC 850
    {"Tue, 24 NOV 2026 12:00:00 gmt", noon},
    {"Tue Nov 24 12:00:00 2026", noon}, // asctime
    {"Tue Nov 24 13:00:00 CET 2026", noon},
    {"Tue Nov 24 13:00:00 +0100 2026", noon},
    {"Nov 24, 2026", midnight},
    {"November 24, 2026 12:00", noon},
    {"November 24th, 2026 12:00", noon},
    {"Tuesday, November 24, 2026 12:00:00 PM GMT", noon},
    {"Nov 24, 2026 at 1:00 PM +0100", noon},
    {"Nov 24, 2026 12:00:00 a.m.", midnight},
    {"Nov 24, 2026 1:00 p.m.", noon + hour},
    {"Tue, 24 Nov 2026 24:00:00 GMT", noon + 12 * hour},
    {"Thu, 31 Dec 2026 23:59:60 GMT", 1798761600},
    {"Sun, 29 Feb 2032 12:00:00 GMT", 1961668800},
};

const Date rfc3339[] = {
    {"2026-11-24T12:00:00Z", noon},
    {"2026-11-24t12:00:00z", noon},
    {"2026-11-24T13:00:00+01:00", noon},
    {"2026-11-24T13:00:00+0100", noon},
    {"2026-11-24T13:00:00+01", noon},
    {"2026-11-24T12:00:00.123456789Z", noon},
    {"2026-11-24T12:00:00,5Z", noon},
    {"2026-11-24T12:00:00", noon},
    {"2026-11-24T12:00Z", noon},
    {"2026-11-24 12:00:00", noon},
    {"2026-11-24 12:00:00 +0000", noon},
    {"2026-11-24 12:00:00 UTC", noon},
    {"2026-11-24 12:00:00 +0000 UTC", noon},
    {"2026-11-24T13:00:00+01:00[Europe/Berlin]", noon},
    {"2026/11/24 12:00", noon},
    {"2026-11-24", midnight},
    {"2026-11", 1793491200},
    {"2026", 1767225600},
    {"20261124", midnight},
    {"20261124T120000Z", noon},
    {"20261124T1200Z", noon},
};

const Date no_dates[] = {
    {"", none},
    {"now", none},
    {"yesterday", none},
    {"Tue, 24 Nov", none},
    {"Tue, 24 Nov 2026 25:00:00 GMT", none},
    {"Tue, 24 Nov 2026 12:60:00 GMT", none},
    {"Tue, 24 Nov 2026 12:00:00 +9900", none},
    {"Tue, 24 Nov 2026 12:00:00 +0175", none},
    {"Tue, 30 Feb 2026 12:00:00 GMT", none},
    {"Tue, 00 Nov 2026 12:00:00 GMT", none},
    {"Tue, 24 Nov 2026 13:00:00 PM GMT", none},
    {"Tue, 24 Nov 2026 12:00:00 GMT and 7 more", none},
    {"2026-13-01", none},
    {"2026-11-31", none},
    {"2026-11-24T", midnight}, // as good as without
    {"2026-11-24T25:00:00Z", none},
    {"2026-11-24T1", none},
    {"202611", none},
    {"0000-00-00 00:00:00", none},
    {"0001-01-01T00:00:00Z", none},
    {"-0001-11-30T00:00:00+00:00", none},
    {"1970-01-01T00:00:00Z", none},
    {"Thu, 01 Jan 1970 00:00:00 +0000", none},
    {"Wed, 31 Dec 1969 23:59:59 GMT", none},
    {"9999-12-31T23:59:59Z", none},
    {"2200-01-01T00:00:00Z", none},
    {"99999999999999999999", none},
    {std::string(200, '1'), none},
};

void check(const Date& date) {
    const auto read = parse_date(date.text);
    BOOST_TEST((read ? *read / 1'000'000 : none) == date.seconds);
}

} // namespace

BOOST_AUTO_TEST_SUITE(dates)

BOOST_DATA_TEST_CASE(as_rss_writes_them, rfc822) {
    check(sample);
}

BOOST_DATA_TEST_CASE(as_atom_writes_them, rfc3339) {
    check(sample);
}

BOOST_DATA_TEST_CASE(no_date_rather_than_a_wrong_one, no_dates) {
    check(sample);
}

BOOST_AUTO_TEST_CASE(nothing_is_read_past_the_end) {
    // A copy of exactly that size, so that a sanitizer sees it.
    const auto read_exactly = [](std::string_view text) {
        const std::vector<char> copy(text.begin(), text.end());
        (void)parse_date({copy.data(), copy.size()});
    };
    for (const std::string_view other :
         {"le 24 décembre 2026 à 12h30", "2026年11月24日(火) 午後1時05分", "24.11.2026 12.30 Uhr",
          "2026-W48-2T12+01:00", "2026-328T12", "2026-11-24 오후 1:05:06", "Τρι, 24 Αύγ 2026 03:05:00 μ.μ.",
          "8 pm, the 24th of Nov 2026 (x)", "1795521600", "20261124120000",
          "Tuesday @ 12:30 24/11/2026 GMT+1"})
        for (std::size_t size = 0; size <= other.size(); ++size)
            read_exactly(other.substr(0, size));
    for (const Date& date : rfc822)
        for (std::size_t size = 0; size <= date.text.size(); ++size)
            read_exactly(std::string_view{date.text}.substr(0, size));
    for (const Date& date : rfc3339)
        for (std::size_t size = 0; size <= date.text.size(); ++size)
            read_exactly(std::string_view{date.text}.substr(0, size));
}

BOOST_AUTO_TEST_SUITE_END()
