#include "core/text/template.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::text;

namespace {

Value look_up_number(std::string_view name) {
    if (name == "counter")
        return std::int64_t{7};
    if (name == "entry")
        return std::string{"042"};
    if (name == "account")
        return std::string{"news"};
    if (name == "published")
        return Moment{from_rfc3339("2026-01-31T08:00:00Z").value(),
                      schedule::Zone::find("Europe/Berlin").value()};
    return {};
}

struct When {
    const char* now = "2026-11-24T08:05:09Z"; // a Tuesday
    const char* zone = "Europe/Berlin";
    std::string_view language = "en";
};

std::string filled(const std::string& source, const When& when = {}) {
    const auto parsed =
        Template::parse(source, {"counter", "entry", "account", "published", "updated", "title"});
    if (!parsed)
        return "error: " + parsed.error().message;
    const RenderContext context{{from_rfc3339(when.now).value(), schedule::Zone::find(when.zone).value()},
                                digest_of("an occurrence"),
                                when.language};
    return parsed->render_text(look_up_number, context);
}

} // namespace

BOOST_AUTO_TEST_SUITE(template_functions)

// The examples of docs/TEMPLATES.md among them.
BOOST_AUTO_TEST_CASE(functions_and_filters_of_numbers_render_as_documented) {
    const std::pair<const char*, const char*> cases[] = {
        {"{{ days_until('12-24') }}", "30"},
        {"{{ days_until('2027-01-01') }}", "38"},
        {"{{days_until( \"2027-01-01\" )}}", "38"},
        {"{{ days_until ('2026-11-24') }}", "0"},
        {"{{ days_until('11-24') }}", "0"},
        {"{{ days_until('11-23') }}", "364"},
        {"{{ days_until('2026-11-21') }}", "-3"},
        {"{{ days_since('2026-11-21') }}", "3"},
        {"{{ days_since('11-24') }}", "0"},
        {"{{ days_since('11-25') }}", "364"},
        {"{{ days_since('2027-01-01') }}", "-38"},
        {"{{ weeks_until('12-24') }}", "4"},
        {"{{ weeks_until('2026-11-21') }}", "0"},
        {"{{ weeks_since('01-01') }}", "46"},
        {"{{ months_until('2027-06-01') }}", "6"},
        {"{{ months_since('2024-03-24') }}", "32"},
        {"{{ months_since('2024-03-25') }}", "31"},
        {"{{ months_since('03-25') }}", "7"},
        {"{{ years_since('1990-11-24') }}", "36"},
        {"{{ years_since('1990-11-25') }}", "35"},
        {"{{ hours_until('2026-11-24 18:00') }}", "8"},
        {"{{ hours_until('2026-11-24 09:00') }}", "0"},
        {"{{ hours_until('2026-11-25') }}", "14"},
        {"{{ moment('2027-01-01 09:00') }}", "2027-01-01 09:00"},
        {"{{ moment('2027-01-01 09:00') | date('%A, %-d %B %z') }}", "Friday, 1 January +0100"},
        {"{{ moment('2026-03-29 02:30') | date('%R %Z') }}", "03:00 CEST"},
        {"{{ moment('2026-10-25 02:30') | date('%R %Z') }}", "02:30 CEST"},
        {"{{ moment('2027-01-01') | add('-1d') | date('%F %R') }}", "2026-12-31 00:00"},
        {"{{ published | add('1mo') }}", "2026-02-28 09:00"},
        {"{{ published | add('1w') | date('%d.%m.') }}", "07.02."},
        {"{{ updated | add('1w') }}", ""},
        {"{{ updated | add('1w') | default('some day') }}", "some day"},
        {"{{ days_until('12-24') | plural('day', 'days') }}", "30 days"},
        {"{{ days_until('11-25') | plural('day', 'days') }}", "1 day"},
        {"{{ days_until('11-24') | plural('day', 'days') }}", "0 days"},
        {"{{ years_since('1990-11-24') | ordinal }}", "36th"},
        {"{{ days_since('01-01') | plus(1) }}", "328"},
        {"{{ weeks_until('12-24') | pad(3) }}", "004"},
        {"{{ counter }}", "7"},
        {"{{ counter | plus(1) }}", "8"},
        {"{{ counter | plus(-9) }}", "-2"},
        {"{{ counter | plus(0) | pad(3) }}", "007"},
        {"{{ counter | plus(-9) | pad(3) }}", "-002"},
        {"{{ counter | plus(1000) | pad(3) }}", "1007"},
        {"{{ counter | ordinal | upper }}", "7TH"},
        {"{{ counter | replace('7', 'seven') }}", "seven"},
        {"{{ counter | default(1) | plus(1) }}", "8"},
        {"{{ title | default(7) }}", "7"},
        {"{{ title | default(-7) }}", "-7"},
        {"{{ entry | plus(1) }}", "43"},
        {"{{ account | plus(1) }}", ""},
        {"{{ published | date('%-d') | ordinal }}", "31st"},
        {"{{ published | date('%m') | plus(1) }}", "2"},
    };
    for (const auto& [source, expected] : cases)
        BOOST_TEST(filled(source) == expected, source << ": " << filled(source));
}

BOOST_AUTO_TEST_CASE(days_begin_at_midnight_of_the_zone) {
    const char* source = "{{ days_until('2026-12-01') }} {{ hours_until('2026-12-01') }}";
    BOOST_TEST(filled(source, {"2026-11-24T23:30:00Z", "UTC"}) == "7 144");
    BOOST_TEST(filled(source, {"2026-11-24T23:30:00Z", "Europe/Berlin"}) == "6 143");
    BOOST_TEST(filled(source, {"2026-11-24T23:30:00Z", "America/New_York"}) == "7 149");
    // A day of 23 hours is a day.
    BOOST_TEST(filled("{{ days_until('2026-03-30') }} {{ hours_until('2026-03-30') }}",
                      {"2026-03-28T23:00:00Z", "Europe/Berlin"}) == "1 23");
}

BOOST_AUTO_TEST_CASE(numbers_follow_the_language) {
    BOOST_TEST(filled("{{ counter | ordinal }}", {"2026-11-24T08:05:09Z", "UTC", "de-AT"}) == "7.");
    BOOST_TEST(filled("{{ counter | plural('dzień', 'dni') }}", {"2026-11-24T08:05:09Z", "UTC", "pl"}) ==
               "7 dni");
    BOOST_TEST(filled("{{ counter | plural('róża', 'róże', 'róż') }}",
                      {"2026-11-24T08:05:09Z", "UTC", "pl"}) == "7 róż");
    BOOST_TEST(filled("{{ counter | plural('one', 'two', 'five') }}") == "7 two");
}

// Digests of the right bytes, computed elsewhere: these must never change.
BOOST_AUTO_TEST_CASE(chance_is_a_promise) {
    const std::string choice = "{{ choose('a', 'b', 'c') }}";
    BOOST_TEST(filled(choice) == "b");
    BOOST_TEST(filled(choice + choice + choice + choice + choice + choice) == "bbabcb");
    BOOST_TEST(filled("{{ random(1, 6) }} {{ random(6, 1) }} {{ random(1, 6) }} {{ random(1, 6) }}") ==
               "2 2 4 5");
    // What is not by chance takes no turn, nor does the text around it.
    BOOST_TEST(filled("{{ days_until('11-24') }}" + choice + " and {{ counter }} " + choice + choice) ==
               "0b and 7 ba");
    BOOST_TEST(filled("{{ random(-3, -3) }} {{ random(-999999999, 999999999) }}") == "-3 -871070075");
}

BOOST_AUTO_TEST_CASE(what_is_chosen_is_the_templates_own_word) {
    const auto kinds_of = [](const char* source) {
        std::string kinds;
        for (const Piece& piece : Template::parse(source, {}).value().render(look_up_number, {}))
            kinds += piece.kind == PieceKind::literal ? 'L' : piece.kind == PieceKind::prose ? 'P' : 'F';
        return kinds;
    };
    BOOST_TEST(kinds_of("{{ choose('a', 'b') }}") == "L");
    BOOST_TEST(kinds_of("{{ choose('a', 'b') | upper | truncate(9) }}") == "L");
    BOOST_TEST(kinds_of("{{ random(1, 6) }}{{ days_until('12-24') | plural('a', 'b') }}") == "FF");
    BOOST_TEST(kinds_of("{{ moment('2027-01-01') | add('1d') }}{{ random(1, 2) | ordinal }}") == "FF");
}

BOOST_AUTO_TEST_SUITE_END()
