// Zones: files of the database against the daemon's own reading of them, VTIMEZONE, and the hours that are
// there twice or not at all.

#include "calendar/zone_file.hpp"
#include "core/schedule/zone/zone.hpp"
#include "harness.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace crier::calendar::test;
using namespace std::chrono;

namespace {

/// As Outlook writes it.
const std::string own_zone =
    "BEGIN:VTIMEZONE\nTZID:W. Europe\n"
    "BEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n"
    "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\n"
    "BEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n"
    "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE\n";

std::string due_in(const std::string& zone, const std::string& time, const std::string& before = {},
                   const std::string& after = {}) {
    const std::string now =
        time.substr(0, 4) + "-" + time.substr(4, 2) + "-" + time.substr(6, 2) + "T00:00:00Z";
    const std::string told = dues(calendar(before + "BEGIN:VEVENT\nUID:e\nDTSTART;TZID=" + zone + ":" + time +
                                           "\nEND:VEVENT\n" + after),
                                  now);
    return told.substr(0, 20);
}

} // namespace

BOOST_AUTO_TEST_SUITE(calendar_zones)

BOOST_AUTO_TEST_CASE(the_daemon_reads_the_same_of_the_database) {
    for (const char* name : {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca",
                             "Asia/Kolkata", "America/Sao_Paulo", "Europe/Dublin", "Pacific/Apia",
                             "Asia/Gaza", "America/Nuuk", "Antarctica/Troll", "Asia/Tehran", "Etc/GMT+12",
                             "UTC", "Pacific/Kiritimati", "America/Scoresbysund", "Africa/Monrovia"}) {
        const auto ours = crier::calendar::system_zone(name, year{2100});
        const auto theirs = crier::schedule::Zone::find(name);
        BOOST_REQUIRE(ours);
        BOOST_REQUIRE(theirs);
        int different = 0;
        for (sys_seconds when = sys_days{year{1901} / 12 / 20}; when < sys_days{year{2100} / 12 / 1};
             when += minutes{1511}) {
            different += ours->ahead_at(when) != theirs->offset(when) ? 1 : 0;
            const auto wall = local_seconds{when.time_since_epoch()};
            const auto info = theirs->to_instant(wall);
            if (info.kind != crier::schedule::LocalInfo::Kind::gap)
                different += crier::Instant{ours->instant_of(wall)} != info.first ? 1 : 0;
        }
        BOOST_TEST(different == 0, name);
    }
    for (const char* name :
         {"", "Europe", "Europe/", "/etc/passwd", "../zoneinfo/UTC", "zone.tab", "Europe/Berlim"})
        BOOST_TEST(!crier::calendar::system_zone(name, year{2100}), name);
}

BOOST_AUTO_TEST_CASE(a_file_of_the_database_may_be_cut_off_anywhere) {
    std::string bytes = "TZif2" + std::string(15, '\0');
    const auto counts = [&](char times, char types, char letters) {
        bytes +=
            std::string(15, '\0') + times + std::string(3, '\0') + types + std::string(3, '\0') + letters;
    };
    counts(0, 1, 0);
    bytes += std::string(6, '\0');
    bytes += "TZif2" + std::string(15, '\0');
    counts(1, 2, 4);
    bytes += std::string(4, '\0') + std::string{"\x01\x00\x00\x00", 4} + '\x01'; // 1970-07-14
    bytes += std::string(6, '\0') + std::string{"\x00\x00\x0e\x10\x00\x00", 6} + "XST";
    bytes += std::string(1, '\0') + "\nXST-1XDT,J60/3,300/-1\n";
    const auto whole = crier::calendar::read_zone_file(bytes, year{2030});
    BOOST_REQUIRE(whole);
    BOOST_TEST(whole->ahead_at(sys_days{year{1970} / 1 / 1}).count() == 0);
    BOOST_TEST(whole->ahead_at(sys_days{year{2024} / 3 / 1}).count() == 3600);
    BOOST_TEST(whole->ahead_at(sys_days{year{2024} / 3 / 1} + hours{2}).count() == 7200);
    BOOST_TEST(whole->ahead_at(sys_days{year{2024} / 10 / 26} + hours{21}).count() == 3600);
    BOOST_TEST(whole->ahead_at(sys_days{year{2024} / 10 / 26} + hours{20}).count() == 7200);
    for (std::size_t size = 0; size < bytes.size(); ++size)
        (void)crier::calendar::read_zone_file(std::string(bytes, 0, size), year{2030});
    for (std::size_t i = 0; i < bytes.size(); ++i)
        for (const char c : {'\0', '\x7f', '\xff', '9', ','}) {
            std::string changed = bytes;
            changed[i] = c;
            (void)crier::calendar::read_zone_file(changed, year{2030});
        }
}

BOOST_AUTO_TEST_CASE(a_calendar_may_bring_its_own_zone) {
    BOOST_TEST(due_in("W. Europe", "20261201T120000", own_zone) == "2026-12-01T11:00:00Z");
    BOOST_TEST(due_in("\"W. Europe\"", "20260701T120000", own_zone) == "2026-07-01T10:00:00Z");
    BOOST_TEST(due_in("W. Europe", "20260701T120000", "", own_zone) == "2026-07-01T10:00:00Z");
    // The day on which they change, and the hour that is not there, and the one that is there twice.
    BOOST_TEST(due_in("W. Europe", "20260329T013000", own_zone) == "2026-03-29T00:30:00Z");
    BOOST_TEST(due_in("W. Europe", "20260329T023000", own_zone) == "2026-03-29T01:30:00Z");
    BOOST_TEST(due_in("W. Europe", "20260329T033000", own_zone) == "2026-03-29T01:30:00Z");
    BOOST_TEST(due_in("W. Europe", "20261025T023000", own_zone) == "2026-10-25T00:30:00Z");
    BOOST_TEST(due_in("W. Europe", "20261025T033000", own_zone) == "2026-10-25T02:30:00Z");
    BOOST_TEST(due_in("Europe/Berlin", "20260329T023000") == "2026-03-29T01:30:00Z");
    BOOST_TEST(due_in("Europe/Berlin", "20261025T023000") == "2026-10-25T00:30:00Z");
}

BOOST_AUTO_TEST_CASE(zones_without_rules_or_with_an_end) {
    const std::string fixed = "BEGIN:VTIMEZONE\nTZID:Fixed\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
                              "TZOFFSETFROM:-0330\nTZOFFSETTO:-0330\nEND:STANDARD\nEND:VTIMEZONE\n";
    BOOST_TEST(due_in("Fixed", "20261201T120000", fixed) == "2026-12-01T15:30:00Z");
    const std::string dated =
        "BEGIN:VTIMEZONE\nTZID:Dated\n"
        "BEGIN:STANDARD\nDTSTART:20251026T030000\nRDATE:20261025T030000,20271031T030000\n"
        "TZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\n"
        "BEGIN:DAYLIGHT\nDTSTART:20260329T020000\n"
        "TZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:DAYLIGHT\nEND:VTIMEZONE\n";
    BOOST_TEST(due_in("Dated", "20260701T120000", dated) == "2026-07-01T10:00:00Z");
    BOOST_TEST(due_in("Dated", "20261201T120000", dated) == "2026-12-01T11:00:00Z");
    BOOST_TEST(due_in("Dated", "20250701T120000", dated) == "2025-07-01T10:00:00Z"); // before all
    const std::string ended =
        "BEGIN:VTIMEZONE\nTZID:Ended\n"
        "BEGIN:DAYLIGHT\nDTSTART:20200329T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n"
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3;UNTIL=20240331T010000Z\nEND:DAYLIGHT\n"
        "BEGIN:STANDARD\nDTSTART:20201025T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n"
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10;COUNT=5\nEND:STANDARD\nEND:VTIMEZONE\n";
    BOOST_TEST(due_in("Ended", "20240701T120000", ended) == "2024-07-01T10:00:00Z");
    BOOST_TEST(due_in("Ended", "20250701T120000", ended) == "2025-07-01T11:00:00Z");
    // What the database knows is taken from there; a zone may say its name in it.
    const std::string wrong = "BEGIN:VTIMEZONE\nTZID:Europe/Berlin\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
                              "TZOFFSETFROM:+0000\nTZOFFSETTO:+0000\nEND:STANDARD\nEND:VTIMEZONE\n";
    BOOST_TEST(due_in("Europe/Berlin", "20261201T120000", wrong) == "2026-12-01T11:00:00Z");
    std::string own = fixed;
    own.replace(own.find("TZID:Fixed"), 10, "TZID:My/EST");
    BOOST_TEST(due_in("My/EST", "20261201T120000", own) == "2026-12-01T15:30:00Z");
    BOOST_TEST(due_in("Custom", "20261201T120000",
                      "BEGIN:VTIMEZONE\nTZID:Custom\nX-LIC-LOCATION:America/New_York\nEND:VTIMEZONE\n") ==
               "2026-12-01T17:00:00Z");
}

BOOST_AUTO_TEST_SUITE_END()
