#include "core/filter.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;

namespace {

Item article() {
    Item item;
    item.title = "Crier 1.2: Größere Köpfe";
    item.summary = "Sponsored by nobody";
    item.content = "Line one\nline two";
    item.link = "https://example.org/news/7";
    item.author = "Ada Lovelace";
    item.categories = {"Release", "C++"};
    item.language = "de-AT";
    return item;
}

FilterVerdict judge(const Filter& filter, const Item& item = article()) {
    return CompiledFilter::compile(filter).value().judge(item);
}

} // namespace

BOOST_AUTO_TEST_SUITE(filter)

BOOST_AUTO_TEST_CASE(conditions_match_as_documented) {
    struct {
        const char* field;
        const char* condition;
        bool matches;
    } const cases[] = {
        {"title", "crier", true},
        {"title", "RIER 1", true},
        {"title", "GRÖSSERE", true}, // the capitals of ß are SS
        {"title", "größere KÖPFE", true},
        {"title", "cried", false},
        {"title", "/^crier/", false},
        {"title", "/^crier/i", true},
        {"title", "/\\d\\.\\d/", true},
        {"title", "/gröss?e|größere/i", true},
        {"summary", "sponsored", true},
        {"content", "/one.line/", false},
        {"content", "/(?s)one.line/", true},
        {"link", "/news/", true}, // an expression: news
        {"link", "/news", true},  // a text
        {"link", "/news/7?a|b", false},
        {"title", " /^crier/i ", true},
        {"link", "example.org/news", true},
        {"author", "lovelace", true},
        {"category", "release", true},
        {"category", "RELEASE ", true},
        {"category", "rel", false},
        {"category", "/^rel/i", true},
        {"category", "c++", true},
        {"language", "de", true},
        {"language", "de-at", true},
        {"language", "at", false},
        {"language", "d", false},
    };
    for (const auto& c : cases)
        BOOST_TEST(judge({{{c.field, {c.condition}}}, {}}).pass == c.matches, c.field << ": " << c.condition);
}

BOOST_AUTO_TEST_CASE(all_fields_must_match_any_of_a_list_is_enough_and_exclude_wins) {
    BOOST_TEST(judge({}).pass);
    BOOST_TEST(judge({{{"title", {"nothing", "crier"}}, {"category", {"release"}}}, {}}).pass);
    BOOST_TEST(!judge({{{"title", {"crier"}}, {"category", {"draft"}}}, {}}).pass);
    BOOST_TEST(!judge({{{"title", {"crier"}}}, {{"summary", {"sponsored"}}}}).pass);
    BOOST_TEST(judge({{}, {{"summary", {"advert"}}}}).pass);
    BOOST_TEST(!judge({{{"category", {"release"}}}, {}}, Item{}).pass);
}

BOOST_AUTO_TEST_CASE(verdicts_say_why) {
    BOOST_TEST(judge({}).why == "passes");
    BOOST_TEST(judge({{{"title", {"x", "crier"}}}, {}}).why == "included: title matches crier");
    BOOST_TEST(judge({{{"title", {"x", "y", "z", "d"}}}, {}}).why ==
               "not included: title matches none of x, y, z, ...");
    BOOST_TEST(judge({{}, {{"summary", {"/spon/i"}}}}).why == "excluded: summary matches /spon/i");
}

BOOST_AUTO_TEST_CASE(wrong_filters_are_refused_with_the_condition_and_a_remedy) {
    struct {
        const char* field;
        const char* condition;
        const char* message;
        const char* hint;
    } const cases[] = {
        {"titel", "x", "filter: there is no field 'titel'",
         "did you mean 'title'? fields are title, summary, content, link, author, category, language, media"},
        {"title", "/a(/", "filter on title: '/a(/': missing ): a(",
         "RE2 expressions have no look-around and no back-references; write them in single quotes in YAML"},
        {"title", "/a(?=b)/", "filter on title: '/a(?=b)/': invalid perl operator: (?=",
         "RE2 expressions have no look-around and no back-references; write them in single quotes in YAML"},
        {"title", "/a/g", "filter on title: '/a/g': the only flag is i",
         "/.../i goes without regard to case"},
        {"title", "/crier/I", "filter on title: '/crier/I': the only flag is i",
         "/.../i goes without regard to case"},
        {"link", "/news/I", "filter on link: '/news/I': the only flag is i",
         "/.../i goes without regard to case"},
        {"title", "/srv/art", "filter on title: '/srv/art': an expression ends with / or /i",
         "/.../i goes without regard to case; for a mere text, leave the slash at its start out"},
        {"title", "/ad|promo", "filter on title: '/ad|promo': an expression ends with / or /i",
         "/.../i goes without regard to case; for a mere text, leave the slash at its start out"},
        {"category", " /ad/1", "filter on category: ' /ad/1': an expression ends with / or /i",
         "/.../i goes without regard to case; for a mere text, leave the slash at its start out"},
        {"author", "/", "filter on author: '/': an expression ends with / or /i",
         "/.../i goes without regard to case; for a mere text, leave the slash at its start out"},
        {"title", " ", "filter on title: ' ': an empty condition says nothing", "leave it out"},
    };
    for (const auto& c : cases) {
        const auto compiled = CompiledFilter::compile({{}, {{c.field, {c.condition}}}});
        BOOST_TEST_REQUIRE(compiled.has_error(), c.condition);
        BOOST_TEST((compiled.error().cause == Cause::config));
        BOOST_TEST(compiled.error().message == c.message);
        BOOST_TEST(compiled.error().hint == c.hint);
    }
}

BOOST_AUTO_TEST_CASE(expressions_that_ruin_others_take_linear_time) {
    Item item;
    item.title = std::string(200'000, 'a');
    BOOST_TEST(!judge({{{"title", {"/^(a+)+$b/"}}}, {}}, item).pass);
}

BOOST_AUTO_TEST_SUITE_END()
