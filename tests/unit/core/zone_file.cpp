#include "core/schedule/zone/file.hpp"
#include "core/time.hpp"
#include "zone_bytes.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::schedule;
using namespace std::chrono_literals;
using std::chrono::sys_seconds;
using test::ZoneBytes;

namespace {

/// CET until 1000, CEST until 2000, CET again.
ZoneBytes two_changes() {
    ZoneBytes zone;
    zone.changes = {{1000, 1}, {2000, 0}};
    return zone;
}

std::string settings_of(const ZoneTable& table, std::initializer_list<std::int64_t> moments) {
    std::string names;
    for (const std::int64_t when : moments)
        names +=
            (names.empty() ? "" : " ") + table.setting(sys_seconds{std::chrono::seconds{when}}).abbreviation;
    return names;
}

std::string period_of(const ZoneTable& table, sys_seconds when) {
    const Period period = table.period(when);
    return to_rfc3339(period.begin) + " to " + to_rfc3339(period.end) + " " +
           std::to_string(period.offset.count());
}

sys_seconds second_at(std::int64_t when) {
    return sys_seconds{std::chrono::seconds{when}};
}

} // namespace

BOOST_AUTO_TEST_SUITE(zone_file)

BOOST_AUTO_TEST_CASE(all_versions_are_read) {
    for (const char version : {'\0', '2', '3', '4', '5'}) {
        ZoneBytes zone = two_changes();
        zone.version = version;
        const auto table = parse_zone_file(zone.bytes());
        BOOST_TEST_REQUIRE(table.has_value(), "version " << version);
        BOOST_TEST(settings_of(*table, {-1'000'000'000'000, 999, 1000, 1999, 2000, 1'000'000'000'000}) ==
                   "CET CET CEST CEST CET CET");
        BOOST_TEST(period_of(*table, second_at(999)) == "-9999-01-01T00:00:00Z to 1970-01-01T00:16:40Z 3600");
        BOOST_TEST(period_of(*table, second_at(1000)) == "1970-01-01T00:16:40Z to 1970-01-01T00:33:20Z 7200");
        BOOST_TEST(period_of(*table, second_at(2000)) == "1970-01-01T00:33:20Z to 9999-12-31T00:00:00Z 3600");
    }
}

BOOST_AUTO_TEST_CASE(the_first_block_of_a_later_version_is_passed_over) {
    // Moments that do not fit into four bytes are those of the second block.
    ZoneBytes zone;
    zone.changes = {{-5'000'000'000, 1}, {5'000'000'000, 0}};
    const auto table = parse_zone_file(zone.bytes());
    BOOST_TEST_REQUIRE(table.has_value());
    BOOST_TEST(settings_of(*table, {-5'000'000'001, -5'000'000'000, 4'999'999'999, 5'000'000'000}) ==
               "CET CEST CEST CET");
}

BOOST_AUTO_TEST_CASE(the_rule_goes_on_where_the_list_ends) {
    // A rule that holds from the second change on, in the spring of 2030.
    ZoneBytes zone;
    zone.footer = "\nCET-1CEST,M3.5.0,M10.5.0/3\n";
    zone.changes = {{0, 0}, {1'901'149'200, 1}}; // 2030-03-31T01:00:00Z
    const auto table = parse_zone_file(zone.bytes());
    BOOST_TEST_REQUIRE(table.has_value());
    BOOST_TEST(period_of(*table, second_at(1'901'149'199)) ==
               "-9999-01-01T00:00:00Z to 2030-03-31T01:00:00Z 3600");
    BOOST_TEST(period_of(*table, second_at(1'901'149'200)) ==
               "2030-03-31T01:00:00Z to 2030-10-27T01:00:00Z 7200");
    BOOST_TEST(period_of(*table, last_moment - 1s) == "9999-10-31T01:00:00Z to 9999-12-31T00:00:00Z 3600");
    BOOST_TEST(period_of(*table, sys_seconds::max()) == "9999-10-31T01:00:00Z to 9999-12-31T00:00:00Z 3600");
    BOOST_TEST(period_of(*table, sys_seconds::min()) == "-9999-01-01T00:00:00Z to 2030-03-31T01:00:00Z 3600");
}

BOOST_AUTO_TEST_CASE(a_rule_alone_holds_always) {
    ZoneBytes zone;
    zone.footer = "\nCET-1CEST,M3.5.0,M10.5.0/3\n";
    const auto table = parse_zone_file(zone.bytes());
    BOOST_TEST_REQUIRE(table.has_value());
    BOOST_TEST(period_of(*table, sys_seconds{}) == "1969-10-26T01:00:00Z to 1970-03-29T01:00:00Z 3600");
    BOOST_TEST(period_of(*table, first_moment) == "-9999-01-01T00:00:00Z to -9999-03-25T01:00:00Z 3600");
}

BOOST_AUTO_TEST_CASE(periods_go_over_changes_that_leave_the_offset_alone) {
    ZoneBytes zone;
    zone.settings = {{3600, 0}, {7200, 4}, {3600, 9}};
    zone.letters = std::string{"CET\0CEST\0BST\0", 13};
    zone.changes = {{0, 2}, {1000, 1}, {2000, 0}, {3000, 2}, {4000, 0}};
    const auto listed = parse_zone_file(zone.bytes());
    BOOST_TEST_REQUIRE(listed.has_value());
    BOOST_TEST(settings_of(*listed, {-1, 0, 2999, 3000, 4000}) == "CET BST CET BST CET");
    for (const std::int64_t when : {-1, 0, 999})
        BOOST_TEST(period_of(*listed, second_at(when)) ==
                   "-9999-01-01T00:00:00Z to 1970-01-01T00:16:40Z 3600");
    for (const std::int64_t when : {2000, 3000, 4000})
        BOOST_TEST(period_of(*listed, second_at(when)) ==
                   "1970-01-01T00:33:20Z to 9999-12-31T00:00:00Z 3600");
    // Into the first period of the rule, and from it.
    zone.footer = "\nCET-1CEST,M3.5.0,M10.5.0/3\n";
    const auto ruled = parse_zone_file(zone.bytes());
    BOOST_TEST_REQUIRE(ruled.has_value());
    for (const std::int64_t when : {2000, 3000, 4000})
        BOOST_TEST(period_of(*ruled, second_at(when)) == "1970-01-01T00:33:20Z to 1970-03-29T01:00:00Z 3600");
    BOOST_TEST(period_of(*ruled, second_at(8'000'000)) ==
               "1970-03-29T01:00:00Z to 1970-10-25T01:00:00Z 7200");
}

BOOST_AUTO_TEST_CASE(a_change_at_the_big_bang_is_none) {
    ZoneBytes zone = two_changes();
    zone.changes.insert(zone.changes.begin(), {-(std::int64_t{1} << 59U), 1});
    const auto table = parse_zone_file(zone.bytes());
    BOOST_TEST_REQUIRE(table.has_value());
    BOOST_TEST(period_of(*table, second_at(0)) == "-9999-01-01T00:00:00Z to 1970-01-01T00:33:20Z 7200");
}

BOOST_AUTO_TEST_CASE(every_prefix_of_a_file_is_refused) {
    ZoneBytes zone = two_changes();
    zone.footer = "\nCET-1CEST,M3.5.0,M10.5.0/3\n";
    for (const char version : {'\0', '3'}) {
        zone.version = version;
        const std::string whole = zone.bytes();
        BOOST_TEST(parse_zone_file(whole).has_value());
        for (std::size_t size = 0; size < whole.size(); ++size) {
            // From the heap, and no byte more, so that a sanitizer sees what is read beyond.
            const std::vector<char> part(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
            const auto table = parse_zone_file({part.data(), part.size()});
            BOOST_TEST_REQUIRE(table.has_error(), size << " bytes");
            BOOST_TEST(table.error().message.find("cut off") != std::string::npos, table.error().message);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_broken_file_is_refused_with_the_reason) {
    struct {
        const char* message;
        void (*spoil)(ZoneBytes&);
    } const cases[] = {
        {"it counts leap seconds", [](ZoneBytes& zone) { zone.leap_seconds = 27; }},
        {"it has 0 settings of the clock, not 1 to 256", [](ZoneBytes& zone) { zone.settings.clear(); }},
        {"it has 257 settings of the clock, not 1 to 256",
         [](ZoneBytes& zone) { zone.settings.resize(257); }},
        {"an offset of 93600 s from UTC is none", [](ZoneBytes& zone) { zone.settings[1].offset = 93600; }},
        {"an offset of -90000 s from UTC is none", [](ZoneBytes& zone) { zone.settings[1].offset = -90000; }},
        {"an offset of -2147483648 s from UTC is none",
         [](ZoneBytes& zone) { zone.settings[0].offset = INT32_MIN; }},
        {"an abbreviation is not in it", [](ZoneBytes& zone) { zone.settings[1].letters = 9; }},
        {"an abbreviation is not in it", [](ZoneBytes& zone) { zone.settings[1].letters = 255; }},
        {"an abbreviation is not in it", [](ZoneBytes& zone) { zone.letters.pop_back(); }},
        {"an abbreviation is not in it", [](ZoneBytes& zone) { zone.letters.clear(); }},
        {"its changes are not in order", [](ZoneBytes& zone) { zone.changes[1].when = 1000; }},
        {"its changes are not in order", [](ZoneBytes& zone) { zone.changes[1].when = 999; }},
        {"a change leads to a setting that is not in it",
         [](ZoneBytes& zone) { zone.changes[1].setting = 2; }},
        {"a change comes after the year 9999", [](ZoneBytes& zone) { zone.changes[1].when = INT64_MAX; }},
        {"its last line is cut off", [](ZoneBytes& zone) { zone.footer = "CET-1\n"; }},
        {"the rule 'CET' should have hours of 0 to 24 at ''",
         [](ZoneBytes& zone) { zone.footer = "\nCET\n"; }},
    };
    for (const auto& c : cases) {
        ZoneBytes zone = two_changes();
        c.spoil(zone);
        const auto table = parse_zone_file(zone.bytes());
        BOOST_TEST_REQUIRE(table.has_error(), c.message);
        BOOST_TEST((table.error().cause == Cause::corrupt));
        BOOST_TEST(table.error().message == c.message);
    }
    const std::string whole = two_changes().bytes();
    std::string other = whole;
    other[0] = 't';
    BOOST_TEST(parse_zone_file(other).error().message == "it is no zone file");
    other = whole;
    other[whole.find("TZif", 4)] = 't';
    BOOST_TEST(parse_zone_file(other).error().message == "it is no zone file");
    // Counts that are far beyond what there is.
    for (std::size_t count = 20; count < 44; count += 4) {
        other = whole;
        other.replace(count, 4, 4, '\xFF');
        BOOST_TEST(parse_zone_file(other).error().message == "it is cut off", "count at " << count);
    }
}

BOOST_AUTO_TEST_CASE(no_file_does_harm) {
    // One byte of a good file after the other becomes each of a few others.
    ZoneBytes zone = two_changes();
    zone.footer = "\nCET-1CEST,M3.5.0,M10.5.0/3\n";
    const std::string whole = zone.bytes();
    for (std::size_t at_byte = 0; at_byte < whole.size(); ++at_byte)
        for (const int value : {0x00, 0x01, 0x0A, 0x39, 0x7F, 0x80, 0xFF}) {
            std::string bytes = whole;
            bytes[at_byte] = static_cast<char>(value);
            const auto table = parse_zone_file(bytes);
            if (!table)
                continue;
            for (const sys_seconds when :
                 {sys_seconds::min(), second_at(0), second_at(1500), second_at(5000), sys_seconds::max()})
                BOOST_TEST((table->period(when).begin < table->period(when).end),
                           "byte " << at_byte << " as " << value);
        }
}

BOOST_AUTO_TEST_SUITE_END()
