#include "core/text/template.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

using namespace crier::text;

namespace {

const std::vector<std::string> known_names{"title", "link", "categories", "now", "counter"};

const char* const all_filters =
    "filters are add, date, default, first, hashtags, join, lower, oneline, ordinal, pad, "
    "plural, plus, replace, strip, truncate, upper, urlencode";
const char* const all_functions =
    "functions are choose, days_since, days_until, hours_until, moment, months_since, "
    "months_until, random, weeks_since, weeks_until, years_since";
const char* const span_hint =
    "spans are sums of 1y, 6mo, 2w, 7d, 12h, 30m and 10s, with a minus before them to go back";

} // namespace

BOOST_AUTO_TEST_SUITE(template_errors)

BOOST_AUTO_TEST_CASE(each_says_where_what_and_how_to_mend_it) {
    struct {
        const char* source;
        std::size_t offset;
        const char* message;
        const char* hint;
    } const cases[] = {
        {"ab {{ titel }}", 6, "there is no 'titel' here", "did you mean 'title'?"},
        {"{{ weather }}", 3, "there is no 'weather' here", "names are title, link, categories, now, counter"},
        {"{{ title | uper }}", 11, "there is no filter 'uper'", "did you mean 'upper'?"},
        {"{{ title | shout }}", 11, "there is no filter 'shout'", all_filters},
        {"a {{ title", 2, "{{ is never closed", "end it with }}; write {{ '{{' }} for the braces themselves"},
        {"a {{ title } b", 2, "{{ is never closed",
         "end it with }}; write {{ '{{' }} for the braces themselves"},
        {"{{ title {{ link }}", 0, "{{ is never closed",
         "end it with }}; write {{ '{{' }} for the braces themselves"},
        {"{{", 0, "{{ is never closed", "end it with }}; write {{ '{{' }} for the braces themselves"},
        {"{{ }}", 0, "there is nothing between {{ and }}", "names are title, link, categories, now, counter"},
        {"{{ title.x }}", 8, "expected | or }}, found '.x'", ""},
        {"{{ title link }}", 9, "expected | or }}, found 'link'", ""},
        {"{{ 7 }}", 3, "expected a name or a text in quotes, found '7'",
         "names are title, link, categories, now, counter"},
        {"{{ 'open }}", 3, "the text in quotes is never closed", ""},
        {"{{ 'a\\x' }}", 5, "\\x is not understood", "a backslash makes \\n, \\t, \\\\, \\' and \\\""},
        {"{{ title | truncate }}", 11, "'truncate' takes 1 argument, not 0", "it is written truncate(80)"},
        {"{{ title | truncate(1, 2) }}", 11, "'truncate' takes 1 argument, not 2",
         "it is written truncate(80)"},
        {"{{ title | truncate('a') }}", 11, "'truncate' takes a number, not a text",
         "it is written truncate(80)"},
        {"{{ title | truncate(0) }}", 11, "'truncate' takes a number above 0", "it is written truncate(80)"},
        {"{{ title | truncate(99999999999) }}", 20, "the number is too large", ""},
        {"{{ title | replace('a') }}", 11, "'replace' takes 2 arguments, not 1",
         "it is written replace('a', 'b')"},
        {"{{ title | replace('', 'b') }}", 11, "there is nothing to replace",
         "it is written replace('a', 'b')"},
        {"{{ title | upper(1) }}", 11, "'upper' takes no argument, not 1", "it is written upper"},
        {"{{ categories | hashtags(1, 2) }}", 16, "'hashtags' takes 1 argument at most, not 2",
         "it is written hashtags or hashtags(3)"},
        {"{{ title | upper( }}", 18, "expected a text in quotes or a number, found ''", ""},
        {"{{ title | truncate(5 }}", 19, "the parenthesis is never closed", ""},
        {"{{ title | truncate(5; 6) }}", 21, "expected , or ), found ';'", ""},
        {"{{ now | date(7) }}", 9, "'date' takes a text in quotes, not a number",
         "it is written date('%A, %-d %B')"},
        {"{{ now | date('%Q') }}", 9, "the date format has no '%Q'", "it is written date('%A, %-d %B')"},
        {"{{ now | date('%-A') }}", 9, "the date format has no '%-A'", "it is written date('%A, %-d %B')"},
        {"{{ now | date('%') }}", 9, "the date format has no '%'", "it is written date('%A, %-d %B')"},
        {"{{ now | date('dd.mm.') }}", 9, "the date format 'dd.mm.' has no % in it",
         "it is written date('%A, %-d %B')"},
        {"{{ title | date('%A') }}", 11, "'date' works on a moment, and this is text", ""},
        {"{{ now | upper }}", 9, "'upper' works on text, and this is a moment",
         "make it text first: date('%A, %-d %B')"},
        {"{{ categories | upper }}", 16, "'upper' works on text, and this is a list",
         "make it text first: join(', ')"},
        {"{{ title | hashtags }}", 11, "'hashtags' works on a list, and this is text", ""},
        {"{{ categories | join(', ') | first }}", 29, "'first' works on a list, and this is text", ""},
        {"x {% if title %}", 2, "templates have no statements ({% %})",
         "`default` and `first` cover most uses; write {{ '{%' }} for the signs themselves"},
        {"{{ days_untill('12-24') }}", 3, "there is no function 'days_untill'", "did you mean 'days_until'?"},
        {"{{ sunrise('12-24') }}", 3, "there is no function 'sunrise'", all_functions},
        {"{{ title() }}", 3, "there is no function 'title'", "it is a name, and written without parentheses"},
        {"{{ random }}", 3, "there is no 'random' here", "it is a function, and written random(1, 6)"},
        {"{{ days_until() }}", 3, "'days_until' takes 1 argument, not 0",
         "it is written days_until('2027-01-01')"},
        {"{{ days_until('2027-02-30') }}", 3, "there is no 2027-02-30",
         "first the month, then the day: 01-31"},
        {"{{ days_until('Christmas') }}", 3, "'Christmas' is no day",
         "it is written 2027-01-31, or 01-31 for every year"},
        {"{{ days_until(7) }}", 3, "'days_until' takes a text in quotes, not a number",
         "it is written days_until('2027-01-01')"},
        {"{{ years_since('05-01') }}", 3,
         "'years_since' takes a day with its year, and '05-01' is one of every year",
         "it is written years_since('2020-05-01')"},
        {"{{ years_since('05-32') }}", 3, "there is no 05-32", "first the month, then the day: 01-31"},
        {"{{ hours_until('2027-01-01 25:00') }}", 3, "there is no 25:00", "a day goes from 00:00 to 23:59"},
        {"{{ moment('01-01 09:00') }}", 3, "'01-01 09:00' is no day with a time",
         "it is written 2027-01-31 09:00"},
        {"{{ choose('a') }}", 3, "'choose' takes 2 to 100 arguments, not 1",
         "it is written choose('a', 'b', 'c')"},
        {"{{ choose('a', 'b', 7) }}", 3, "'choose' takes a text in quotes, not a number",
         "it is written choose('a', 'b', 'c')"},
        {"{{ random(1) }}", 3, "'random' takes 2 arguments, not 1", "it is written random(1, 6)"},
        {"{{ random(1, '6') }}", 3, "'random' takes a number, not a text", "it is written random(1, 6)"},
        {"{{ random(1, 9999999999) }}", 13, "the number is too large", ""},
        {"{{ random(-9999999999, 1) }}", 10, "the number is too small", ""},
        {"{{ random(1, -) }}", 13, "expected a text in quotes or a number, found '-)'", ""},
        {"{{ random(1, 6 }}", 9, "the parenthesis is never closed", ""},
        {"{{ random(1, 6)", 0, "{{ is never closed",
         "end it with }}; write {{ '{{' }} for the braces themselves"},
        {"{{ random(1, 6) 7 }}", 16, "expected | or }}, found '7'", ""},
        {"{{ random(1, 6) | date('%Y') }}", 18, "'date' works on a moment, and this is a number",
         "to a number something is added with plus(7)"},
        {"{{ choose('a', 'b') | ordinal }}", 22, "'ordinal' works on a number, and this is text", ""},
        {"{{ counter | first }}", 13, "'first' works on a list, and this is a number", ""},
        {"{{ counter | add('1d') }}", 13, "'add' works on a moment, and this is a number",
         "to a number something is added with plus(7)"},
        {"{{ now | plus(1) }}", 9, "'plus' works on a number, and this is a moment",
         "a moment moves with add('7d')"},
        {"{{ now | add('soon') }}", 9, "'soon' is no span of time", span_hint},
        {"{{ now | add(7) }}", 9, "'add' takes a text in quotes, not a number", "it is written add('7d')"},
        {"{{ now | date('%B') | plus(1) }}", 22, "'plus' works on a number, and this is text", ""},
        {"{{ counter | plus('1') }}", 13, "'plus' takes a number, not a text", "it is written plus(1)"},
        {"{{ counter | pad(21) }}", 13, "'pad' takes at most 20", "it is written pad(3)"},
        {"{{ counter | pad(-1) }}", 13, "'pad' takes a number above 0", "it is written pad(3)"},
        {"{{ counter | plural('day') }}", 13, "'plural' takes 2 to 3 arguments, not 1",
         "it is written plural('day', 'days')"},
        {"{{ title | }}", 11, "expected a filter after |, found ''", all_filters},
    };
    for (const auto& c : cases) {
        const auto parsed = Template::parse(c.source, known_names);
        BOOST_TEST_REQUIRE(parsed.has_error(), c.source);
        BOOST_TEST(parsed.error().offset == c.offset, c.source);
        BOOST_TEST(parsed.error().message == c.message, c.source << ": " << parsed.error().message);
        BOOST_TEST(parsed.error().hint == c.hint, c.source << ": " << parsed.error().hint);
    }
}

BOOST_AUTO_TEST_CASE(random_text_is_parsed_or_refused_within_its_bounds) {
    const unsigned seed = 20261124;
    BOOST_TEST_MESSAGE("seed " << seed);
    std::mt19937 random{seed};
    const char* parts[] = {
        "{{",   "}}",       " ",  "title", "|", "'",    "\"",      "(",    ")",     ",",
        "date", "truncate", "80", "\\",    "%", "x",    "now",     "{%",   "'%A'",  "ü",
        "\xFF", "{",        "}",  "-",     "7", "add(", "random(", "plus", "'1mo'", "days_until('02-29')"};
    for (int i = 0; i < 20000; ++i) {
        std::string source;
        for (std::size_t n = random() % 14; n > 0; --n)
            source += parts[random() % std::size(parts)];
        const auto parsed = Template::parse(source, known_names);
        if (parsed)
            (void)parsed->render_text([](std::string_view) { return Value{std::string{"v"}}; }, {});
        else
            BOOST_TEST(parsed.error().offset <= source.size(), source);
    }
}

BOOST_AUTO_TEST_SUITE_END()
