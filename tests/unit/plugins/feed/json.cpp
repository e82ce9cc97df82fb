#include "feed/json_parts.hpp"
#include "harness.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>

using namespace crier::feed::test;
using crier::feed::mend_json;

namespace {

std::string feed_of(const std::string& items) {
    return "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"T\", \"items\": [" + items +
           "]}";
}

const ItemCase json_items[] = {
    {R"("id": "1", "url": "https://example.org/1", "title": "A title", "content_html": "<p>a</p><p>b</p>",
        "summary": "s", "date_published": "2026-11-24T12:00:00Z", "date_modified": "2026-11-24T13:00:00+00:00",
        "authors": [{"name": "Jo"}, {"name": "Ann"}], "tags": ["one", "Two", "ONE", 3], "language": "de")",
     "id: 1\ntitle: A title\nlink: https://example.org/1\nsummary: s\ncontent: a||b\nauthor: Jo\nlanguage: "
     "de\n"
     "published: 1795521600\nupdated: 1795525200\ncategory: one\ncategory: Two\n"},
    {R"("id": 4711)", "id: 4711\n"},
    {R"("id": "1", "_crier": {"weight": 2})", "id: 1\nweight: 2.000000\n"},
    {R"("id": "1", "_crier": {"weight": -2})", "id: 1\n"},
    {R"("id": "1", "_crier": {"weight": "2"})", "id: 1\n"},
    {R"("id": "1", "_crier": 2, "weight": 3)", "id: 1\n"},
    {R"("id": 18446744073709551615)", "id: 18446744073709551615\n"},
    {R"("id": " 1 ")", "id: 1\n"},
    {R"("id": "1", "external_url": "/x")", "id: 1\nlink: https://example.org/x\n"},
    {R"("id": "1", "url": "/y", "external_url": "/x")", "id: 1\nlink: https://example.org/y\n"},
    {R"("id": "1", "url": "mailto:jo@example.org")", "id: 1\n"},
    {R"("id": "1", "title": "Jo&#8217;s \u003cb\u003ebold\u003c/b\u003e 1 < 2 \ud83d\ude42")",
     "id: 1\ntitle: Jo’s bold 1 < 2 🙂\n"},
    {R"("id": "1", "content_text": "one\ntwo <b>\n\n\nthree &amp;")",
     "id: 1\ncontent: one|two <b>||three &amp;\n"},
    {R"("id": "1", "content_html": "h", "content_text": "t")", "id: 1\ncontent: h\n"},
    {R"("id": "1", "author": {"name": "Jo"})", "id: 1\nauthor: Jo\n"},
    {R"("id": "1", "authors": [], "author": {"name": "Jo"})", "id: 1\nauthor: Jo\n"},
    {R"("id": "1", "authors": [{"url": "x"}, 7, {"name": "Jo"}])", "id: 1\nauthor: Jo\n"},
    {R"("id": "1", "attachments": [{"url": "a.mp3", "mime_type": "audio/mpeg", "title": "no alt"}, {"url": ""}, 7])",
     "id: 1\nmedia: enclosure https://example.org/blog/a.mp3 audio/mpeg\n"},
    {R"("id": "1", "image": "/i.png", "banner_image": "/b.png", "content_html": "<img src='/i.png' alt='I'>")",
     "id: 1\nmedia: enclosure https://example.org/i.png image/* I\nmedia: enclosure "
     "https://example.org/b.png image/*\n"},
    {R"("id": "1", "title": null, "url": 7, "tags": {}, "attachments": "x", "date_published": false)",
     "id: 1\n"},
    {R"("id": "1", "title": "a\u0000b\u001b[0m")", "id: 1\ntitle: ab[0m\n"},
    // what a strict reader refuses
    {"\"id\": \"1\", \"title\": \"two\nlines\tand a tab\"", "id: 1\ntitle: two lines and a tab\n"},
    {R"("id": "1", "title": "half \ud83d a pair")", "id: 1\ntitle: half � a pair\n"},
    {R"("id": "1", "tags": ["a", "b",],)", "id: 1\ncategory: a\ncategory: b\n"},
};

struct Mend {
    std::string found;
    std::string mended;
};
std::ostream& operator<<(std::ostream& out, const Mend& mend) {
    return out << mend.found;
}

const Mend mends[] = {
    {R"({"a": [1, "b\"c\\", null]})", R"({"a": [1, "b\"c\\", null]})"},
    {R"(["\ud83d\ude42", "\ud83d", "\ude42", "\ud83d\u0041", "\u12"])",
     R"(["\ud83d\ude42", "\ufffd", "\ufffd", "\ufffd\u0041", "\u12"])"},
    {R"(["\\ud83d"])", R"(["\\ud83d"])"},
    {"[\"a\nb\x01\"]", "[\"a\\nb \"]"},
    {"[1,2,]", "[1,2]"},
    {"{\"a\":1, }", "{\"a\":1}"},
    {"[1,,\n, 2]", "[1,,\n, 2]"},
    {"[\",]\"]", "[\",]\"]"},
    {"\"\\", "\"\\"},
};

} // namespace

BOOST_AUTO_TEST_SUITE(json_feeds)

BOOST_DATA_TEST_CASE(what_an_item_says, json_items) {
    BOOST_TEST(only_item(feed_of("{" + sample.inside + "}")) == sample.lines);
}

BOOST_DATA_TEST_CASE(odd_json_is_mended, mends) {
    BOOST_TEST(mend_json(sample.found) == sample.mended);
}

BOOST_AUTO_TEST_CASE(what_the_feed_says_may_stand_behind_the_items) {
    const std::string lines = "id: 1\nauthor: Jo\nlanguage: en\n";
    BOOST_TEST(only_item(R"({"language": "en", "authors": [{"name": "Jo"}], "items": [{"id": 1}]})") ==
               lines);
    BOOST_TEST(only_item(R"({"items": [{"id": 1}], "author": {"name": "Jo"}, "language": "en"})") == lines);
    BOOST_TEST(
        only_item(
            "\xef\xbb\xbf \n {\"items\":[{\"id\":1}],\"language\":\"en\",\"author\":{\"name\":\"Jo\"}}\n") ==
        lines);
}

BOOST_AUTO_TEST_CASE(a_broken_item_costs_only_itself) {
    const Yield yield = read(feed_of(R"({"id": 1}, {"id": nonsense}, 7, "x", {"id": 2}, {}, {"id": 3})"));
    BOOST_TEST(joined(yield.items) == "id: 1\n; id: 2\n; id: 3\n");
    BOOST_TEST(joined(yield.warnings) ==
               "an item that is no JSON object, or broken, was passed over (3 times); "
               "an item without id, link, title and text was passed over");
}

BOOST_AUTO_TEST_CASE(brackets_in_texts_mean_nothing) {
    const Yield yield = read(feed_of(R"({"id": "a]}[{\"", "title": "],"}, {"id": "b"})"));
    BOOST_TEST(joined(yield.items) == "id: a]}[{\"\ntitle: ],\n; id: b\n");
}

BOOST_AUTO_TEST_CASE(depth_is_bounded) {
    const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
    const Yield yield = read(feed_of("{\"id\": 1, \"x\": " + deep + "}, {\"id\": 2}"));
    BOOST_TEST(joined(yield.items) == "id: 2\n");
    BOOST_TEST(yield.warnings.size() == 1U);
}

// Where the time grows with the square of the size, these take minutes, and CTest ends them.
BOOST_AUTO_TEST_CASE(the_time_is_linear_in_the_size) {
    for (const char* part :
         {",", "[", "]", "{", "}", "\"", "\\", "\\\"", "[,", "{\"a\":", ", \n", "\"a\",", "\\ud83d", "{},"}) {
        std::string many;
        for (int i = 0; i < 300'000; ++i)
            many += part;
        for (const std::string& document :
             {"{\"items\": [" + many, feed_of("{\"id\": 1, \"a\": [" + many + "x]}, {\"id\": 2}"), "{" + many,
              "{\"items\": [{\"a\": \"" + many + "\"}]}"})
            (void)read(document);
        (void)mend_json(many);
    }
}

BOOST_AUTO_TEST_SUITE_END()
