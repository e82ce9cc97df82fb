// Which column or key is which field, and what may stand in it.

#include "reading.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::queue::test;

BOOST_AUTO_TEST_SUITE(queue_fields)

BOOST_AUTO_TEST_CASE(all_fields_by_their_own_names) {
    BOOST_TEST(told("id;title;link;summary;content;author;language;published;updated;due;expires;categories;"
                    "media;alt;"
                    "weight\n"
                    "1;T;https://e.org/;S;C;Jo;de;1970-01-01;1970-01-01 00:01;1970-01-01T00:00:01Z;"
                    "1970-01-01 01:00 +01:00;a, b;https://e.org/p.png;A dot;2,5\n") ==
               "- id=1 title=T link=https://e.org/ summary=S content=C author=Jo language=de published=0 "
               "updated=60000000 due=1000000 expires=0 category=a category=b "
               "media=https://e.org/p.png,image/*,A dot,enclosure\n! line 2: \"weight\" must be a number, 0 "
               "or more; "
               "what is not so was left out\n");
}

BOOST_AUTO_TEST_CASE(names_that_people_use) {
    BOOST_TEST(told("Text,URL,Tags,Picture,Alt text,Date\nHello,https://e.org/,#a #b,https://e.org/p,A "
                    "dot,1970-01-02\n") ==
               "- link=https://e.org/ content=Hello published=86400000000 category=a category=b "
               "media=https://e.org/p,image/*,A dot,enclosure\n");
    // The own name counts; what else means it, where that is empty.
    BOOST_TEST(told("text,content\na,b\nc,\n") == "- content=b\n- content=c\n");
    BOOST_TEST(told(R"([{"text": "a", "content": "b"}, {"text": "c", "content": null}])") ==
               "- content=b\n- content=c\n");
}

BOOST_AUTO_TEST_CASE(stated_fields_alone_count) {
    const crier::plugin_test::Pairs fields{{"fields.title", "Headline"},
                                           {"fields.content", "Words"},
                                           {"fields.content", "More words"},
                                           {"fields.weight", "stars"}};
    const std::string expected = "- title=a content=b weight=2\n- title=c content=d\n";
    BOOST_TEST(told("headline,Words,more words,Stars,author\na,b,x,2,Jo\nc,,d,,Jo\n", fields) == expected);
    BOOST_TEST(
        told("- {Headline: a, Words: b, Stars: 2, author: Jo}\n- {headline: c, Words: '', More words: d}\n",
             fields) == expected);
    BOOST_TEST(told(R"([{"story": {"heads": ["x", "a"]}, "title": "b"}])",
                    {{"fields.title", "story.heads.1"}}) == "- title=a\n");
}

BOOST_AUTO_TEST_CASE(several_pictures_have_several_descriptions) {
    const std::string two = "- id=1 media=https://e.org/a.png,image/*,A,enclosure "
                            "media=https://e.org/b,image/*,B,enclosure\n";
    BOOST_TEST(told("id,p1,p2,d1,d2\n1,https://e.org/a.png,https://e.org/b,A,B\n", {{"fields.id", "id"},
                                                                                    {"fields.media", "p1"},
                                                                                    {"fields.media", "p2"},
                                                                                    {"fields.alt", "d1"},
                                                                                    {"fields.alt", "d2"}}) ==
               two);
    BOOST_TEST(told("- id: 1\n  media: [https://e.org/a.png, https://e.org/b]\n  alt: [A, B]\n") == two);
    BOOST_TEST(told("- id: 1\n  media:\n  - {url: https://e.org/a.png, alt: A}\n  - {url: https://e.org/b, "
                    "alt: B}\n") == two);
    BOOST_TEST(told("picture\nhttps://e.org/p\n") == "- media=https://e.org/p,image/*,,enclosure\n");
    // Whoever keeps the list may not choose files of this machine.
    BOOST_TEST(told("id,picture\n1,p.png\n") == "- id=1\n! line 2: \"media\" must be a list of {url, type, "
                                                "alt} with http or https addresses; what is "
                                                "not so was left out\n");
    BOOST_TEST(told("- id: 1\n  media: {file: /etc/passwd}\n").substr(0, 7) == "- id=1\n");
}

BOOST_AUTO_TEST_CASE(a_time_that_is_none_costs_its_row) {
    BOOST_TEST(told("text,due\na,24.11.2026\nb,\n") ==
               "- content=b\n! line 2: \"due\" must be a time such as \"2026-11-24T12:00:00Z\"; the item was "
               "passed over\n");
    BOOST_TEST(told("text,date\na,24.11.2026\n") == "- content=a\n! line 2: \"published\" must be a time "
                                                    "such as \"2026-11-24T12:00:00Z\"; what is not so "
                                                    "was left out\n");
}

BOOST_AUTO_TEST_CASE(options_that_make_no_sense) {
    const struct {
        const char* name;
        const char* value;
        const char* error;
    } cases[] = {
        {"format", "xml", "format: 'xml' is none of csv, json and yaml"},
        {"separator", "ab", "separator: 'ab' must be one sign that is no quote, or comma, semicolon, tab"},
        {"separator", "", "separator: '' must be one sign that is no quote, or comma, semicolon, tab"},
        {"separator", "\"", "separator: '\"' must be one sign that is no quote, or comma, semicolon, tab"},
        {"fields.titel", "a",
         "fields: 'titel' is no field of an item; there are id, title, link, published, updated, due, "
         "expires, "
         "summary, content, author, categories, media, alt, language and weight"},
        {"fields.title", " ", "fields: say which column or key title is, or leave it out"},
        {"fields", "a",
         "fields must be a mapping of an item's fields to the list's columns or keys, such as {title: "
         "Headline}"},
        {"column", "a", "'column' is no key of the plugin queue; there are format, separator and fields"},
    };
    for (const auto& [name, value, error] : cases)
        BOOST_TEST(told("", {{name, value}}) == "error: " + std::string{error} + "\n");
    BOOST_TEST(told("", {{"format", "json"}, {"separator", ";"}}) ==
               "error: separator: only CSV has one; leave it out, or say format: csv\n");
}

BOOST_AUTO_TEST_SUITE_END()
