// JSON of any kind.

#include "reading.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::webhook::test;

BOOST_AUTO_TEST_SUITE(webhook_plain)

BOOST_AUTO_TEST_CASE(an_item_or_a_list_of_items) {
    BOOST_TEST(told(R"({"id": 1, "title": "T", "link": "https://e.org/", "categories": ["a"]})") ==
               "- id=1 title=T link=https://e.org/ category=a\n");
    BOOST_TEST(told(R"([{"title": "a"}, {"title": "b"}])") == "- title=a\n- title=b\n");
    BOOST_TEST(told("[]") == "");
    BOOST_TEST(told(R"({"id": "x", "gone": true})") == "- id=x gone=yes\n");
    BOOST_TEST(
        told(R"([{"title": "a"}, 7, {"author": "Jo"}, {"title": "b", "due": "soon"}])") ==
        "- title=a\n! item 2: an item is an object {...}, and this is none\n"
        "! item 3: an item without id, link, title and text was passed over\n"
        "! item 4: \"due\" must be a time such as \"2026-11-24T12:00:00Z\"; the item was passed over\n");
    BOOST_TEST(heard("7", {}).error == "the body: an item is an object {...}, and this is none");
    // Who may send may not choose files of this machine.
    BOOST_TEST(told(R"({"id": 1, "media": [{"file": "/etc/passwd"}]})") ==
               "- id=1\n! the body: \"media\" must be a list of {url, type, alt} with http or https "
               "addresses; what is "
               "not so was left out\n");
}

BOOST_AUTO_TEST_CASE(fields_say_where_things_stand) {
    const Pairs fields{{"fields.title", "story.headline"}, {"fields.link", "story.urls.0"},
                       {"fields.tags", "labels"},          {"fields.media", "story.picture"},
                       {"fields.alt", "story.alt"},        {"fields.due", "at"}};
    const std::string story =
        R"({"story": {"headline": "T", "urls": ["https://e.org/", 7], "picture": "https://e.org/p", )"
        R"("alt": "A dot"}, "labels": "a, b", "at": "1970-01-01 00:01", "title": "no"})";
    const std::string item = "- title=T link=https://e.org/ due=60000000 category=a category=b "
                             "media=https://e.org/p,image/*,A dot,enclosure\n";
    BOOST_TEST(told(story, {}, fields) == item);
    BOOST_TEST(told("[" + story + "," + story + "]", {}, fields) == item + item);
    // Whoever maps fields means JSON, whatever the headers say.
    BOOST_TEST(told(story, {{"x-github-event", "release"}}, fields) == item);
}

BOOST_AUTO_TEST_CASE(the_host_says_when_it_is_enough) {
    BOOST_TEST(crier::plugin_test::read(crier::webhook::table(), {R"([{"id":1},{"id":2},{"id":3}])"}, {}, 2)
                   .items.size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
