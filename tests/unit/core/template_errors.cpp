#include "core/text/template.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

using namespace crier::text;

namespace {

const std::vector<std::string> known_names{"title", "link", "categories", "now"};

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
        {"{{ weather }}", 3, "there is no 'weather' here", "names are title, link, categories, now"},
        {"{{ title | uper }}", 11, "there is no filter 'uper'", "did you mean 'upper'?"},
        {"{{ title | shout }}", 11, "there is no filter 'shout'",
         "filters are date, default, first, hashtags, join, lower, oneline, replace, strip, truncate, upper, "
         "urlencode"},
        {"a {{ title", 2, "{{ is never closed", "end it with }}; write {{ '{{' }} for the braces themselves"},
        {"a {{ title } b", 2, "{{ is never closed",
         "end it with }}; write {{ '{{' }} for the braces themselves"},
        {"{{ title {{ link }}", 0, "{{ is never closed",
         "end it with }}; write {{ '{{' }} for the braces themselves"},
        {"{{", 0, "{{ is never closed", "end it with }}; write {{ '{{' }} for the braces themselves"},
        {"{{ }}", 0, "there is nothing between {{ and }}", "names are title, link, categories, now"},
        {"{{ title.x }}", 8, "expected | or }}, found '.x'", ""},
        {"{{ title link }}", 9, "expected | or }}, found 'link'", ""},
        {"{{ 7 }}", 3, "expected a name or a text in quotes, found '7'",
         "names are title, link, categories, now"},
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
        {"{{ title | }}", 11, "expected a filter after |, found ''",
         "filters are date, default, first, hashtags, join, lower, oneline, replace, strip, truncate, upper, "
         "urlencode"},
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
    const char* parts[] = {"{{",  "}}", " ",    "title",    "|",    "'",  "\"", "(",
                           ")",   ",",  "date", "truncate", "80",   "\\", "%",  "x",
                           "now", "{%", "'%A'", "ü",        "\xFF", "{",  "}"};
    for (int i = 0; i < 20000; ++i) {
        std::string source;
        for (std::size_t n = random() % 14; n > 0; --n)
            source += parts[random() % std::size(parts)];
        const auto parsed = Template::parse(source, known_names);
        if (parsed)
            (void)parsed->render_text([](std::string_view) { return Value{std::string{"v"}}; }, "en");
        else
            BOOST_TEST(parsed.error().offset <= source.size(), source);
    }
}

BOOST_AUTO_TEST_SUITE_END()
