#include "moving/python_format.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::moving;

namespace {

std::optional<FormatField> some_fields(const std::string& name) {
    FormatField field;
    if (name == "title" || name == "link") {
        field.expression = name;
        return field;
    }
    if (name == "feedname") {
        field.words = "The {{ Blog";
        return field;
    }
    return std::nullopt;
}

std::string translated(const std::string& format) {
    return translate_format(format, some_fields).status;
}

} // namespace

BOOST_AUTO_TEST_SUITE(moving_python_format)

BOOST_AUTO_TEST_CASE(places_become_expressions_and_words_stay) {
    const struct {
        const char* format;
        const char* status;
    } cases[] = {
        {"{title} {link}", "{{ title }} {{ link }}"},
        {"New: {title}\n{link}", "New: {{ title }}\n{{ link }}"},
        {"{{literal}} {title}", "{literal} {{ title }}"},
        {"{{{title}}}", "{{{ title }}}"},
        {"{title:.20}", "{{ title | truncate(20) }}"},
        {"{title:.20s}!", "{{ title | truncate(20) }}!"},
        {"{title!r:>30}", "{{ title }}"},
        {"{feedname}: {title}", "The {{ '{{' }} Blog: {{ title }}"},
        {"{unknown}x", "x"},
        {"a { b", "a { b"},
        {"", ""},
    };
    for (const auto& one : cases)
        BOOST_TEST(translated(one.format) == one.status, one.format);
}

BOOST_AUTO_TEST_CASE(what_is_not_the_same_is_said) {
    const TranslatedFormat all = translate_format("{comments} {title!r:>30} {title:.9}", some_fields);
    BOOST_REQUIRE(all.notes.size() == 3U);
    BOOST_TEST(all.notes[0] == "{comments} has no counterpart, and is left out");
    BOOST_TEST(all.notes[1] == "{title!r:>30}: !r:>30 has no counterpart, and is left out");
    BOOST_TEST(all.notes[2] == "{title:.9} is cut at the end of a word, and not within it");
}

BOOST_AUTO_TEST_SUITE_END()
