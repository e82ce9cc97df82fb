// Calendars come from strangers.

#include "harness.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <random>
#include <string>

using namespace crier::calendar::test;

namespace {

const std::string good = calendar(
    "METHOD:PUBLISH\nX-WR-TIMEZONE:Europe/Berlin\nBEGIN:VTIMEZONE\nTZID:Z\nBEGIN:STANDARD\n"
    "DTSTART:20201025T030000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n"
    "END:STANDARD\nEND:VTIMEZONE\n"
    "BEGIN:VEVENT\nUID:a\nDTSTART;TZID=Z:20261020T090000\nDTEND;TZID=Z:20261020T100000\n"
    "RRULE:FREQ=WEEKLY;BYDAY=TU,WE,TH;COUNT=40;BYSETPOS=1,-1\nEXDATE;TZID=Z:20261201T090000\n"
    "RDATE:20261205T090000Z,20261206T090000Z/PT1H\nSUMMARY;LANGUAGE=en:A\\, b\nCATEGORIES:x,y\nEND:VEVENT\n"
    "BEGIN:VEVENT\nUID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Z:20261203T090000\nDTSTART;TZID=Z:"
    "20261203T1\n"
    " 10000\nEND:VEVENT\n"
    "BEGIN:VEVENT\nUID:b\nDTSTART;VALUE=DATE:20261202\nDURATION:P2D\nBEGIN:VALARM\nTRIGGER:-PT1H\nEND:"
    "VALARM\n"
    "ATTACH;FMTTYPE=image/png:https://e.org/p.png\nEND:VEVENT");

std::string many(int count, const std::string& lines) {
    std::string all;
    for (int i = 0; i < count; ++i)
        all += lines;
    return all;
}

/// Something of it could not be worked out in time.
bool gave_up(const Yield& yield) {
    return std::any_of(yield.warnings.begin(), yield.warnings.end(), [](const std::string& warning) {
        return warning.find("takes too long") != std::string::npos ||
               warning.find("rest was left out") != std::string::npos ||
               warning.find("too often") != std::string::npos;
    });
}

} // namespace

BOOST_AUTO_TEST_SUITE(calendar_hostile)

BOOST_AUTO_TEST_CASE(cut_off_after_every_byte_only_whole_events_come) {
    const Instance instance{{{"leads", "0"}, {"leads", "1d"}}};
    BOOST_TEST(instance.look(good, at(december)).items.size() > 6U);
    for (std::size_t size = 0; size < good.size(); ++size) {
        const std::string cut = good.substr(0, size);
        std::size_t ends = 0;
        for (std::size_t i = cut.find("END:VEVENT"); i != std::string::npos;
             i = cut.find("END:VEVENT", i + 1))
            ++ends;
        const Yield yield = instance.look(cut, at(december));
        BOOST_TEST((yield.items.empty() || ends > 0), size);
        BOOST_TEST((ends == 3 || std::none_of(yield.items.begin(), yield.items.end(),
                                              [](const Seen& item) { return item.id.front() == 'b'; })),
                   size);
    }
}

BOOST_AUTO_TEST_CASE(bytes_changed_by_chance_do_no_harm) {
    const char* given = std::getenv("CRIER_TEST_SEED");
    const unsigned long seed = given != nullptr ? std::strtoul(given, nullptr, 10) : 20261124UL;
    BOOST_TEST_MESSAGE("CRIER_TEST_SEED=" << seed);
    std::mt19937_64 random{seed};
    const Instance instance{{{"leads", "0"}, {"leads", "-1d"}, {"end", "true"}}};
    for (int round = 0; round < 5000; ++round) {
        std::string bytes = good;
        for (std::size_t changes = 1 + random() % 4; changes > 0; --changes)
            bytes[random() % bytes.size()] =
                random() % 2 == 0 ? static_cast<char>(random()) : "0123456789:;,=-\nTZ"[random() % 18];
        (void)instance.look(bytes, at(december));
    }
}

BOOST_AUTO_TEST_CASE(rules_without_end_come_to_one) {
    for (const char* rule :
         {"FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
          "FREQ=SECONDLY;COUNT=1000000000", "FREQ=MINUTELY;BYSECOND=0,1,2,3,4,5,6,7,8,9;BYSETPOS=-1",
          "FREQ=YEARLY;BYDAY=1MO;BYWEEKNO=53;BYSETPOS=366", "FREQ=YEARLY;INTERVAL=1000000000",
          "FREQ=SECONDLY;INTERVAL=1000000000", "FREQ=MONTHLY;INTERVAL=1000000000",
          "FREQ=WEEKLY;INTERVAL=999999999;COUNT=999999999", "FREQ=DAILY;COUNT=1000000000",
          "FREQ=HOURLY;BYHOUR=1;INTERVAL=2", "FREQ=SECONDLY;INTERVAL=2;BYSECOND=1",
          "FREQ=DAILY;UNTIL=25001231T000000Z", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31;COUNT=2"})
        for (const char* start :
             {"16010101T000000", "19700101T000000", "20261130T000000", "25001231T235959"}) {
            const Yield yield = look(event("DTSTART:" + std::string{start} + "\nRRULE:" + rule), december);
            BOOST_TEST(yield.items.size() <= 5000U);
        }
    BOOST_TEST(gave_up(look(event("DTSTART:20261130T000000\nRRULE:FREQ=SECONDLY"), december)));
    BOOST_TEST(gave_up(look(event("DTSTART:19700101T000000\nRRULE:FREQ=SECONDLY;COUNT=99999999"), december)));
    std::string all = "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=1;BYHOUR=0";
    for (int i = 1; i < 24; ++i)
        all += "," + std::to_string(i);
    for (const char* name : {";BYMINUTE=0", ";BYSECOND=0"}) {
        all += name;
        for (int i = 1; i < 60; ++i)
            all += "," + std::to_string(i);
    }
    (void)look(event("DTSTART:19700101T000000\nRRULE:" + all), december);
    BOOST_TEST(gave_up(
        look(calendar(many(3000, "BEGIN:VEVENT\nDTSTART:19700101T000000\nRRULE:" + all + "\nEND:VEVENT\n")),
             december)));
}

BOOST_AUTO_TEST_CASE(a_zone_without_end_comes_to_one) {
    const auto zone = [](const std::string& rule) {
        return "BEGIN:VTIMEZONE\nTZID:Z\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0200\n"
               "TZOFFSETTO:-2300\nRRULE:" +
               rule + "\nEND:STANDARD\nEND:VTIMEZONE\n";
    };
    const std::string one = "BEGIN:VEVENT\nUID:e\nDTSTART;TZID=Z:20261201T090000\nEND:VEVENT\n";
    for (const char* rule : {"FREQ=SECONDLY", "FREQ=SECONDLY;BYHOUR=1;INTERVAL=2", "FREQ=DAILY"})
        BOOST_TEST(gave_up(look(calendar(zone(rule) + one), december)), rule);
    (void)look(calendar(many(20'000, zone("FREQ=DAILY")) + one), december);
    std::string named;
    for (int i = 0; i < 20'000; ++i)
        named += "BEGIN:VEVENT\nDTSTART;TZID=Z" + std::to_string(i) + ":20261201T090000\nEND:VEVENT\n";
    BOOST_TEST(look(calendar(named), december).warnings.size() == 21U);
}

BOOST_AUTO_TEST_CASE(a_hundred_thousand_events_are_read) {
    std::string all;
    for (int i = 0; i < 100'000; ++i)
        all += "BEGIN:VEVENT\nUID:" + std::to_string(i) + "\nDTSTART;TZID=Europe/Berlin:20261020T090000\n" +
               "RRULE:FREQ=WEEKLY;BYDAY=TU,FR\nSUMMARY:Number " + std::to_string(i) + "\nEND:VEVENT\n";
    const Yield yield = look(calendar(all), december);
    BOOST_TEST(yield.items.size() == 10'000U);
    BOOST_REQUIRE(yield.warnings.size() == 1U);
    BOOST_TEST(yield.warnings[0] ==
               "there are 300000 reminders within the horizon; the 10000 that come first were taken");
    const Yield more = look(many(200'001, "BEGIN:VEVENT\nDTSTART:20251201\nEND:VEVENT\n"), december);
    BOOST_REQUIRE(more.warnings.size() == 1U);
    BOOST_TEST(more.warnings[0] == "line 600003: there are more than 200000 events; the rest was left out");
    // One event, changed as often; and one with as many dates.
    std::string changed = "BEGIN:VEVENT\nUID:e\nDTSTART:20261020T090000Z\nRRULE:FREQ=HOURLY\nEND:VEVENT\n";
    for (int i = 0; i < 50'000; ++i)
        changed += "BEGIN:VEVENT\nUID:e\nRECURRENCE-ID;RANGE=THISANDFUTURE:202612" +
                   std::to_string(10 + i % 20) + "T" + std::to_string(10 + i % 13) +
                   std::to_string(10 + i % 49) + "00Z\nDTSTART:20261201T090000Z\nEND:VEVENT\n";
    (void)look(calendar(changed), december);
    (void)look(event("DTSTART:20261201T090000Z\nRDATE:20261202T090000Z" + many(300'000, ",20261202T090000Z") +
                     "\nEXDATE:20261202T090000Z" + many(300'000, ",20261203")),
               december);
}

// Where the time grows with the square of the size, these take minutes, and CTest ends them.
BOOST_AUTO_TEST_CASE(the_time_is_linear_in_the_size) {
    for (const char* part : {"BEGIN:X\n",
                             "BEGIN:VEVENT\n",
                             "BEGIN:VCALENDAR\n",
                             "BEGIN:VTIMEZONE\n",
                             "END:X\n",
                             "END:VEVENT\n",
                             "\n",
                             " \n",
                             " x\n",
                             ":\n",
                             "X:\n",
                             ";",
                             "X;A=\"",
                             "X;A=B",
                             "BEGIN:VEVENT\nEND:VEVENT\n",
                             "SUMMARY:x\n",
                             "CATEGORIES:a,b\n",
                             "RRULE:FREQ=DAILY\n",
                             "EXDATE:20261201\n",
                             "\\n",
                             "^n",
                             "BEGIN:STANDARD\n",
                             "RDATE:20261201T090000Z/PT1H\n",
                             "RECURRENCE-ID:20261201T090000Z\n",
                             "BYDAY=1MO;",
                             "ATTACH;FMTTYPE=image/x:https://e\n"})
        for (const char* before :
             {"", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:e\nDTSTART:20261201T090000Z\n",
              "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261201T090000Z\nRRULE:FREQ=DAILY;",
              "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261201T090000Z\nSUMMARY;"}) {
            (void)look(before + many(20'000, part), december);
            (void)look(before + many(20'000, part) + "\nEND:VEVENT\nEND:VCALENDAR", december);
        }
}

BOOST_AUTO_TEST_SUITE_END()
