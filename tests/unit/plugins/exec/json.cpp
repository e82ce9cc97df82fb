// Output that is JSON: lines, a list, objects over several lines, and what is wrong in them.

#include "kit/item_keys.hpp"
#include "reading.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <fstream>
#include <iterator>
#include <set>
#include <string>

using namespace crier::exec::test;
namespace json = boost::json;

namespace {

struct Case {
    std::string output;
    std::string told;
};

void check(std::initializer_list<Case> cases) {
    for (const Case& one : cases)
        BOOST_TEST(told(one.output) == one.told);
}

/// The keys of plugins/exec/item.schema.json, and of a medium in it.
std::set<std::string> documented(bool of_media) {
    std::ifstream file{CRIER_SOURCES "/plugins/exec/item.schema.json"};
    const json::value schema = json::parse(std::string{std::istreambuf_iterator<char>{file}, {}});
    const json::value& item = schema.at("properties");
    std::set<std::string> names;
    for (const auto& member : (of_media ? item.at("media").at("items").at("properties") : item).as_object())
        names.emplace(member.key());
    return names;
}

} // namespace

BOOST_AUTO_TEST_SUITE(exec_json)

BOOST_AUTO_TEST_CASE(an_object_has_all_that_an_item_has) {
    check(
        {{R"({"id": "1", "title": "A\n title ", "link": "https://e.org/1", "published": "1970-01-01T00:00:01Z", )"
          R"("updated": "1970-01-01T01:00:02+01:00", "summary": "s", "content": " a\nb ", "author": "Jo", )"
          R"("categories": ["x", "Y z"], "media": [{"url": "https://e.org/p.png", "type": "image/png", )"
          R"("alt": "a dot", "from": "item"}, {"url": "HTTP://e.org/q", "alt": null}], "language": "de", )"
          R"("weight": 2.5, "more": {"of": "this"}})",
          "- id=1 title=A title link=https://e.org/1 summary=s content=a|b author=Jo language=de "
          "published=1000000 updated=2000000 category=x category=Y z "
          "media=https://e.org/p.png,image/png,a dot,enclosure media=HTTP://e.org/q,image/*,,enclosure "
          "weight=2.5\n"},
         {R"({"id": 7})", "- id=7\n"},
         {R"({"id": 18446744073709551615})", "- id=18446744073709551615\n"},
         {R"({"id": "1", "title": null, "link": "", "published": null, "media": [], "weight": 0})",
          "- id=1 weight=0\n"},
         {R"({"id": "1", "id": "2"})", "- id=2\n"},
         {"{\"title\": \"\xff\"}", "- title=\xff\n"}}); // the host mends it
}

BOOST_AUTO_TEST_CASE(lines_lists_and_objects_over_lines_are_read) {
    const std::string two = "- id=1\n- id=2\n";
    check({{"{\"id\":1}\n{\"id\":2}\n", two},
           {"\xef\xbb\xbf\n\n {\"id\":1} \r\n\r\n\t{\"id\":2}", two},
           {"[{\"id\":1},{\"id\":2}]", two},
           {"[\n  {\"id\":1},\n  {\"id\":2}\n]\n", two},
           {"[{\"id\":1}]\n[{\"id\":2}]\n", two},
           {"{\n  \"id\": 1,\n  \"media\": []\n}\n{\n  \"id\": 2\n}\n", two},
           {"[]", ""}});
}

BOOST_AUTO_TEST_CASE(a_broken_line_costs_itself) {
    const std::string one = "- id=1\n- id=2\n";
    check({{"{\"id\":1}\n{\"id\":\n{\"id\":2}\n", one + "! line 2: this JSON breaks off\n"},
           {"{\"id\":1}\n{\"id\" 7}\n{\"id\":2}\n", one + "! line 2: broken JSON (syntax error)\n"},
           {"{\"id\":1}\n{\"title\":\"cut o\n{\"id\":2}\n", one + "! line 2: broken JSON (syntax error)\n"},
           {"{\"id\":1}\nWarning: disk full\n{\"id\":2}", one + "! line 2: broken JSON (syntax error)\n"},
           {"{\"id\":1}\n42\n{\"id\":2}", one + "! line 2: an item is an object {...}, and this is none\n"},
           {"{\"id\":1}\n{\"id\":3} {\"id\":4}\n{\"id\":2}",
            one + "! line 2: something follows the JSON in its line\n"},
           {"{\"id\":1}\n\n{\"author\":\"Jo\"}\n{\"id\":2}",
            one + "! line 3: an item without id, link, title and text was passed over\n"},
           {"\n[{\"id\":1},\n7,\n{\"id\":2}]",
            one + "! line 2, item 2: an item is an object {...}, and this is none\n"},
           {"{\"id\":1}\n{\"id\":2}\n{\"id\":", one + "! line 3: this JSON breaks off\n"}});
}

BOOST_AUTO_TEST_CASE(output_of_which_nothing_can_be_read_is_an_error) {
    BOOST_TEST(read("[news] It rains").error ==
               "no item could be read of it; line 1: broken JSON (syntax error)");
    BOOST_TEST(
        read("{\"a\":1}\n{\"b\":1}").error ==
        "no item could be read of it; line 1: an item without id, link, title and text was passed over");
    BOOST_TEST(read("[1, 2]").error ==
               "no item could be read of it; line 1, item 1: an item is an object {...}, and this is none");
}

BOOST_AUTO_TEST_CASE(what_is_wrong_in_an_item_is_named_with_line_and_key) {
    const auto warned = [](const std::string& key, const std::string& value, const std::string& wanted) {
        BOOST_TEST(told("\n{\"title\":\"t\",\n\"" + key + "\":" + value + "}") ==
                   "- title=t\n! line 2: \"" + key + "\" must be " + wanted +
                       "; what is not so was left out\n");
    };
    warned("id", "1.5", "a text or a whole number");
    warned("link", "\"/relative\"", "an http or https address");
    warned("link", "\"mailto:jo@e.org\"", "an http or https address");
    warned("published", "\"yesterday\"", "a time such as \"2026-11-24T12:00:00Z\"");
    warned("updated", "1795521600", "a time such as \"2026-11-24T12:00:00Z\"");
    warned("content", "[\"a\"]", "a text");
    warned("weight", "-1", "a number, 0 or more");
    warned("weight", "\"1\"", "a number, 0 or more");
    warned("weight", "1e999", "a number, 0 or more");
    const std::string media =
        "a list of {url, type, alt} with http or https addresses, or of {file, type, alt} "
        "with absolute paths";
    warned("media", "[{\"url\": \"/srv/p.png\"}]", media);
    warned("media", "[{\"file\": \"p.png\"}]", media);
    warned("media", "[{\"file\": \"/p.png\", \"url\": \"https://e.org/p.png\"}]", media);
    warned("media", "[{}]", media);
    BOOST_TEST(
        told("{\"id\":1,\"categories\":[\"a\",2,\"b\"]}") ==
        "- id=1 category=a category=b\n! line 1: \"categories\" must be a list of texts; what is not so "
        "was left out\n");
    BOOST_TEST(
        told("{\"id\":1,\"media\":[{\"url\":\"http://e.org/p\",\"alt\":7},9]}") ==
        "- id=1 media=http://e.org/p,image/*,,enclosure\n! line 1: \"media\" must be a list of {url, type, "
        "alt} with http or https addresses, or of {file, type, alt} with absolute paths; what is not so was "
        "left out\n");
}

BOOST_AUTO_TEST_CASE(the_schema_has_the_keys_that_are_read) {
    std::set<std::string> known{"gone"};
    for (const crier::kit::Key& key : crier::kit::item_keys(crier::kit::Files::absolute))
        known.emplace(key.name);
    for (const std::string& key : known) {
        // Nothing of an item is a mapping: the key is looked at.
        const Yield yield = read("{\"id\":\"1\",\"title\":\"t\",\"" + key + "\":{}}");
        BOOST_TEST(yield.warnings.size() == 1U, key);
    }
    BOOST_TEST(documented(false) == known, boost::test_tools::per_element());
    BOOST_TEST(documented(true) == (std::set<std::string>{"url", "file", "type", "alt"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_host_says_when_it_is_enough) {
    BOOST_TEST(read("{\"id\":1}\n{\"id\":2}\n{\"id\":3}", 2).items.size() == 2U);
    BOOST_TEST(read("[{\"id\":1},{\"id\":2},{\"id\":3}]", 2).items.size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
