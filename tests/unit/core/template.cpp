#include "core/text/template.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::text;

namespace {

const std::vector<std::string> names{"title",      "link", "summary",   "content", "author",
                                     "categories", "now",  "published", "entry",   "id"};

Value look_up(std::string_view name) {
    if (name == "title")
        return std::string{"Größe & <b>"};
    if (name == "link")
        return std::string{"https://example.org/a"};
    if (name == "summary")
        return std::string{"  One line,\n and another.  "};
    if (name == "categories")
        return std::vector<std::string>{"Machine Learning", "news", "NEWS", "2026"};
    if (name == "now")
        return Moment{from_rfc3339("2026-11-24T08:05:09Z").value(),
                      schedule::Zone::find("Europe/Berlin").value()};
    if (name == "entry")
        return std::string{"monday"};
    return {};
}

RenderContext context_in(std::string_view language) {
    return {std::get<Moment>(look_up("now")), digest_of("an occurrence"), language};
}

std::string render(const char* source, std::string_view language = "en") {
    const auto parsed = Template::parse(source, names);
    if (!parsed)
        return "error at " + std::to_string(parsed.error().offset) + ": " + parsed.error().message;
    return parsed->render_text(look_up, context_in(language));
}

std::string kinds(const char* source) {
    std::string text;
    for (const Piece& piece : Template::parse(source, names).value().render(look_up, context_in("en")))
        text += piece.kind == PieceKind::literal ? 'L' : piece.kind == PieceKind::prose ? 'P' : 'F';
    return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(templates)

// The examples of docs/TEMPLATES.md among them.
BOOST_AUTO_TEST_CASE(expressions_render_as_documented) {
    const std::pair<const char*, const char*> cases[] = {
        {"", ""},
        {"plain text", "plain text"},
        {"{{ title }}", "Größe & <b>"},
        {"{{title}}", "Größe & <b>"},
        {"{{\n title\t}}", "Größe & <b>"},
        {"a {{ title }}\n\n{{ link }} z", "a Größe & <b>\n\nhttps://example.org/a z"},
        {"{{ author }}", ""},
        {"{{ '{{' }} and {{ \"}}\" }}", "{{ and }}"},
        {"a } b }} c { d", "a } b }} c { d"},
        {"{{ 'it\\'s' }}{{ \"a\\n\\tb\\\\\" }}", "it's"
                                                 "a\n\tb\\"},
        {"{{ title | upper }}", "GRÖSSE & <B>"},
        {"{{ title | lower }}", "größe & <b>"},
        {"{{ title|upper|lower }}", "grösse & <b>"},
        {"{{ summary | strip }}", "One line,\n and another."},
        {"{{ summary | oneline }}", "One line, and another."},
        {"{{ summary | oneline | truncate(10) }}", "One line…"},
        {"{{ title | replace('& <b>', 'und') }}", "Größe und"},
        {"{{ title | replace('Gr', '') | replace('ö', 'oo') }}", "ooße & <b>"},
        {"{{ 'aaa' | replace('a', 'aa') }}", "aaaaaa"},
        {"{{ author | default('somebody') }}", "somebody"},
        {"{{ author | default(7) }}", "7"},
        {"{{ title | default('somebody') }}", "Größe & <b>"},
        {"{{ link | urlencode }}", "https%3A%2F%2Fexample.org%2Fa"},
        {"{{ categories }}", "Machine Learning, news, NEWS, 2026"},
        {"{{ categories | hashtags }}", "#MachineLearning #news"},
        {"{{ categories | hashtags(1) }}", "#MachineLearning"},
        {"{{ categories | join(' / ') }}", "Machine Learning / news / NEWS / 2026"},
        {"{{ categories | first }}", "Machine Learning"},
        {"{{ categories | first | upper }}", "MACHINE LEARNING"},
        {"{{ now }}", "2026-11-24 09:05"},
        {"{{ now | date('%A, %-d %B') }}", "Tuesday, 24 November"},
        {"{{ published | date('%Y') }}", ""},
        {"{{ published | date('%Y') | default('undated') }}", "undated"},
        {"{{ entry | upper }}", "MONDAY"},
    };
    for (const auto& [source, expected] : cases)
        BOOST_TEST(render(source) == expected, source);
}

BOOST_AUTO_TEST_CASE(names_of_days_and_months_follow_the_language) {
    BOOST_TEST(render("{{ now | date('%A, %-d. %B') }}", "de") == "Dienstag, 24. November");
    BOOST_TEST(render("{{ now | date('%A, %-d %B') }}", "xx") == "Tuesday, 24 November");
}

BOOST_AUTO_TEST_CASE(pieces_remember_where_they_come_from) {
    const std::pair<const char*, const char*> cases[] = {
        {"a{{ title }}b{{ link }}", "LPLF"},
        {"{{ summary | strip | oneline | upper | lower | truncate(9) | replace('a', 'b') }}", "P"},
        {"{{ title | default('x') }}", "P"},
        {"{{ title | urlencode }}", "F"},
        {"{{ author | default('x') }}", "L"},
        {"{{ 'text' | upper }}", "L"},
        {"{{ categories | hashtags }}{{ now | date('%Y') }}{{ entry }}", "FFF"},
        {"{{ author }}", ""},
    };
    for (const auto& [source, expected] : cases)
        BOOST_TEST(kinds(source) == expected, source);
}

BOOST_AUTO_TEST_CASE(an_empty_template_renders_to_nothing) {
    BOOST_TEST(Template{}.empty());
    BOOST_TEST(Template{}.source() == "");
    BOOST_TEST(Template{}.render(look_up, context_in("en")).empty());
    BOOST_TEST(Template::parse("", names).value().empty());
    const Template parsed = Template::parse("{{ title }}", names).value();
    const Template copy = parsed; // NOLINT(performance-unnecessary-copy-initialization)
    BOOST_TEST(copy.source() == "{{ title }}");
    BOOST_TEST(!copy.empty());
}

BOOST_AUTO_TEST_SUITE_END()
