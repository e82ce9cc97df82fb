#include "core/text/date_format.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::text;

namespace {

std::string format(const char* when, const char* zone, const char* how, const char* language = "en") {
    return format_date({from_rfc3339(when).value(), schedule::Zone::find(zone).value()}, how, language);
}

} // namespace

BOOST_AUTO_TEST_SUITE(dates)

BOOST_AUTO_TEST_CASE(every_letter_does_what_strftime_does) {
    const std::pair<const char*, const char*> cases[] = {
        {"%Y-%m-%d", "2026-03-04"},
        {"%y", "26"},
        {"%-d.%-m.", "4.3."},
        {"%e", " 4"},
        {"%H:%M:%S", "09:05:07"},
        {"%-H", "9"},
        {"%I %p", "09 AM"},
        {"%-I%P", "9am"},
        {"%A %a", "Wednesday Wed"},
        {"%B %b %h", "March Mar Mar"},
        {"%j", "063"},
        {"%-j", "63"},
        {"%u %w", "3 3"},
        {"%V %G", "10 2026"},
        {"%z %Z", "+0100 CET"},
        {"%F", "2026-03-04"},
        {"%T", "09:05:07"},
        {"%R", "09:05"},
        {"%D", "03/04/26"},
        {"%s", "1772611507"},
        {"%%", "%"},
        {"a%nb%tc", "a\nb\tc"},
        {"%_d|%_H", " 4| 9"},
        {"%0e", "04"},
        {"%OB", "March"},
    };
    for (const auto& [how, expected] : cases)
        BOOST_TEST(format("2026-03-04T08:05:07Z", "Europe/Berlin", how) == expected, how);
}

BOOST_AUTO_TEST_CASE(the_turn_of_day_noon_and_year_is_right) {
    BOOST_TEST(format("2026-01-01T00:30:00Z", "UTC", "%I %p %-I") == "12 AM 12");
    BOOST_TEST(format("2026-01-01T12:00:00Z", "UTC", "%I %p") == "12 PM");
    BOOST_TEST(format("2026-12-31T23:30:00Z", "Europe/Berlin", "%F %j") == "2027-01-01 001");
    BOOST_TEST(format("2027-01-01T12:00:00Z", "UTC", "%G-W%V-%u") == "2026-W53-5");
    BOOST_TEST(format("2024-12-30T12:00:00Z", "UTC", "%G-W%V-%u") == "2025-W01-1");
    BOOST_TEST(format("2028-12-31T12:00:00Z", "UTC", "%j %u") == "366 7");
    BOOST_TEST(format("2026-01-01T00:00:00Z", "America/St_Johns", "%z") == "-0330");
}

BOOST_AUTO_TEST_CASE(names_are_the_languages_own) {
    struct {
        const char* language;
        const char* expected;
    } const cases[] = {
        {"en", "Wednesday 4 March"},  {"de", "Mittwoch 4 März"},   {"fr", "mercredi 4 mars"},
        {"es", "miércoles 4 marzo"},  {"it", "mercoledì 4 marzo"}, {"pt", "quarta-feira 4 março"},
        {"nl", "woensdag 4 maart"},   {"pl", "środa 4 marca"},     {"sv", "onsdag 4 mars"},
        {"da", "onsdag 4 marts"},     {"nb", "onsdag 4 mars"},     {"no", "onsdag 4 mars"},
        {"de-AT", "Mittwoch 4 März"}, {"DE", "Mittwoch 4 März"},   {"pt_BR", "quarta-feira 4 março"},
        {"xx", "Wednesday 4 March"},  {"", "Wednesday 4 March"},
    };
    for (const auto& c : cases)
        BOOST_TEST(format("2026-03-04T08:05:07Z", "UTC", "%A %-d %B", c.language) == c.expected, c.language);
    BOOST_TEST(format("2026-11-04T08:05:07Z", "UTC", "%OB %Y", "pl") == "listopad 2026");
}

BOOST_AUTO_TEST_SUITE_END()
