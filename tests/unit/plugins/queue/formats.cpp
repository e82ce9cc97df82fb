// What a list is written in, and lists that are JSON or YAML.

#include "reading.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::queue::test;
using crier::plugin_test::read;

namespace {

std::string told_from(std::string_view list, std::string_view type, std::string_view address) {
    return crier::plugin_test::told(read(crier::queue::table(), {list, type, address}));
}

} // namespace

BOOST_AUTO_TEST_SUITE(queue_formats)

BOOST_AUTO_TEST_CASE(the_format_shows) {
    const std::string one = "- title=a\n";
    const std::string csv = "title\na\n";
    const std::string json = "{\"title\": \"a\"}\n";
    const std::string yaml = "- title: a\n";
    for (const std::string& list : {csv, json, yaml})
        BOOST_TEST(told(list) == one);
    BOOST_TEST(told("---\n" + yaml) == one);
    // What the server says comes before the name, and that before the text.
    BOOST_TEST(told_from("[{title: a}]", "text/yaml; charset=utf-8", "https://e.org/a.csv") == one);
    BOOST_TEST(told_from("[{title: a}]", "text/plain", "https://e.org/a.YML?x=.csv") == one);
    BOOST_TEST(told_from("[{title: a}]", "", "/srv/list.yaml") == one);
    BOOST_TEST(told_from("{title}\na\n", "text/csv", "").substr(0, 6) == "error:");
    BOOST_TEST(told_from(json, "application/x-ndjson", "https://e.org/a.csv") == one);
    BOOST_TEST(told_from("- title;text\na;b\n", "", "https://e.org/a.tsv?b") == "- content=b\n");
    BOOST_TEST(told("[{title: a}]", {{"format", "yaml"}}) == one);
    BOOST_TEST(told("- title;title\na;b\n", {{"separator", ";"}}) == "- title=b\n");
}

BOOST_AUTO_TEST_CASE(a_web_page_is_no_list) {
    const std::string refused =
        "error: this is HTML or XML, and no list: give the address of the list itself (of a "
        "spreadsheet, the one that exports it as CSV)\n";
    BOOST_TEST(told("\n <!doctype html>") == refused);
    BOOST_TEST(told_from("<html>", "text/csv", "https://e.org/a.csv") == refused);
}

BOOST_AUTO_TEST_CASE(encodings) {
    BOOST_TEST(told("title\ngr\xfc\xdf\n") == "- title=gr\xc3\xbc\xc3\x9f\n! the list is not UTF-8 and was "
                                              "read as windows-1252: save it as UTF-8 if "
                                              "signs look wrong\n");
    BOOST_TEST(told(std::string_view{"\xff\xfet\0", 4}) == "error: this text is UTF-16: save it as UTF-8\n");
}

BOOST_AUTO_TEST_CASE(rows_of_json) {
    BOOST_TEST(told("[\"a\", {\"title\": \"b\"}, null, 7]") ==
               "- content=a\n- title=b\n! line 1, item 4: a row is a mapping of fields, or a text, and this "
               "is neither\n");
    BOOST_TEST(told("{\"text\": \"a\"}\n{\"text\": \n\"c\"\n{\"text\": \"b\", \"tags\": \"x, y\"}\n") ==
               "- content=a\n- content=c\n- content=b category=x category=y\n! line 2: broken JSON (syntax "
               "error)\n");
    BOOST_TEST(told("[1, 2").substr(0, 26) == "! line 1: this JSON breaks");
    BOOST_TEST(told("[]") == "");
    BOOST_TEST(told("{\"id\": 7, \"weight\": 0, \"title\": 2026}") == "- id=7 title=2026 weight=0\n");
}

BOOST_AUTO_TEST_CASE(rows_of_yaml) {
    BOOST_TEST(
        told("- Good morning!\n- text: |\n    a\n    b\n  tags: [x, y]\n  at: 1970-01-01 00:01\n-\n") ==
        "- content=Good morning!\n- content=a|b due=60000000 category=x category=y\n");
    BOOST_TEST(told("- &b {author: Jo, title: a}\n- {<<: *b, title: c}\n- [x]\n") ==
               "- title=a author=Jo\n- title=c author=Jo\n! line 3: a row is a mapping of fields, or a text, "
               "and this is "
               "neither\n");
    BOOST_TEST(told("---\ntitle: a\n") ==
               "error: this YAML is no list: each row begins with \"- \", at the left\n");
    BOOST_TEST(told("- a: b: c\n").substr(0, 30) == "error: line 1: this is no YAML");
    BOOST_TEST(told("- title: !new a\n").substr(0, 31) == "- title=a\n! line 1: '!new' was ");
    BOOST_TEST(told("---\n# nothing yet\n") == "");
}

BOOST_AUTO_TEST_CASE(the_host_says_when_it_is_enough) {
    for (const char* list :
         {"title\na\nb\nc\n", "- a\n- b\n- c\n", "[\"a\",\"b\",\"c\"]", "{\"id\":1}\n{\"id\":2}\n{\"id\":3}"})
        BOOST_TEST(read(crier::queue::table(), {list}, {}, 2).items.size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
