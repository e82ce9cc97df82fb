#include "sandbox/content/feed.hpp"

#include "sandbox/content/feed_dates.hpp"
#include "sandbox/content/picture.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include <set>
#include <string>

using namespace crier::sandbox;

namespace {

/// Reads a feed with an XML parser that forgives nothing.
class Xml {
public:
    explicit Xml(const std::string& text)
        : document_(xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, nullptr,
                                  XML_PARSE_NONET | XML_PARSE_NOERROR)) {
        BOOST_REQUIRE_MESSAGE(document_ != nullptr, "not well-formed: " << text);
    }
    ~Xml() { xmlFreeDoc(document_); }
    Xml(const Xml&) = delete;
    Xml& operator=(const Xml&) = delete;

    [[nodiscard]] std::string text(const std::string& path) const {
        xmlXPathContextPtr context = xmlXPathNewContext(document_);
        xmlXPathRegisterNs(context, chars("a"), chars("http://www.w3.org/2005/Atom"));
        xmlXPathRegisterNs(context, chars("m"), chars("http://search.yahoo.com/mrss/"));
        const std::string expression = "string(" + path + ")";
        xmlXPathObjectPtr found = xmlXPathEvalExpression(chars(expression.c_str()), context);
        std::string value(reinterpret_cast<const char*>(found->stringval));
        xmlXPathFreeObject(found);
        xmlXPathFreeContext(context);
        return value;
    }

private:
    static const xmlChar* chars(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

    xmlDocPtr document_;
};

const std::string base = "http://127.0.0.1:3000";
const std::string nasty = "A & B <b>\"bold\"</b> 'x' ]]> ü 👍";

std::vector<FeedItem> items() {
    FeedItem nasty_item{"id<1>",
                        nasty,
                        "https://example.org/?a=1&b=2",
                        nasty + "\n\nsecond\x01paragraph",
                        "2026-01-05T10:00:00+01:00",
                        {nasty, "two"},
                        3,
                        nasty};
    FeedItem bare{"id2", "", "", "only a body", "2026-01-04T09:00:00Z", {}, -1, ""};
    return {nasty_item, bare};
}

} // namespace

BOOST_AUTO_TEST_SUITE(sandbox_feed)

BOOST_AUTO_TEST_CASE(dates) {
    const auto rfc822 = [](std::string_view text) {
        const auto time = from_rfc3339(text);
        return time ? to_rfc822(*time) : "none";
    };
    BOOST_TEST(rfc822("2026-01-05T09:00:00Z") == "Mon, 05 Jan 2026 09:00:00 +0000");
    BOOST_TEST(rfc822("2024-02-29T23:59:60.250Z") == "Fri, 01 Mar 2024 00:00:00 +0000");
    BOOST_TEST(rfc822("2026-01-01T00:30:00+01:00") == "Wed, 31 Dec 2025 23:30:00 +0000");
    BOOST_TEST(rfc822("2026-08-01t00:30:00-05:30") == "Sat, 01 Aug 2026 06:00:00 +0000");
    for (const std::string_view wrong :
         {"", "2026-01-05", "2026-13-05T09:00:00Z", "2026-02-29T09:00:00Z", "2026-01-05T24:00:00Z",
          "2026-01-05T09:00:00", "2026-01-05T09:00:00+0100", "2026-01-05T09:00:00.Zx", "2026-01-05 09:00:00Z",
          "2026--1-05T09:00:00Z", "2026-01-05T09:00:00+99:00"})
        BOOST_TEST(rfc822(wrong) == "none", wrong);
    BOOST_TEST(to_rfc3339(*from_rfc3339("2026-01-05T10:00:00.5+01:00")) == "2026-01-05T09:00:00Z");
}

BOOST_AUTO_TEST_CASE(rss_holds_all_of_an_item) {
    const Xml feed(rss(base, items()));
    const std::string item = "/rss/channel/item[1]";
    BOOST_TEST(feed.text("/rss/channel/link") == base + "/");
    BOOST_TEST(feed.text(item + "/title") == nasty);
    BOOST_TEST(feed.text(item + "/link") == "https://example.org/?a=1&b=2");
    BOOST_TEST(feed.text(item + "/guid") == "id<1>");
    BOOST_TEST(feed.text(item + "/guid/@isPermaLink") == "false");
    BOOST_TEST(feed.text(item + "/pubDate") == "Mon, 05 Jan 2026 09:00:00 +0000");
    BOOST_TEST(feed.text(item + "/description") == nasty + "\n\nsecondparagraph");
    BOOST_TEST(feed.text(item + "/category[1]") == nasty);
    BOOST_TEST(feed.text(item + "/category[2]") == "two");
    BOOST_TEST(feed.text(item + "/enclosure/@url") == base + "/pictures/3.png");
    BOOST_TEST(feed.text(item + "/enclosure/@type") == "image/png");
    BOOST_TEST(feed.text(item + "/m:content/@url") == base + "/pictures/3.png");
    BOOST_TEST(feed.text(item + "/m:content/m:description") == nasty);
    BOOST_TEST(feed.text("count(/rss/channel/item)") == "2");
    BOOST_TEST(feed.text("count(/rss/channel/item[2]/title)") == "0");
    BOOST_TEST(feed.text("count(/rss/channel/item[2]/enclosure)") == "0");
}

BOOST_AUTO_TEST_CASE(atom_holds_all_of_an_item) {
    const Xml feed(atom(base, items()));
    const std::string entry = "/a:feed/a:entry[1]";
    BOOST_TEST(feed.text("/a:feed/a:updated") == "2026-01-05T10:00:00+01:00");
    BOOST_TEST(feed.text(entry + "/a:id") == "id<1>");
    BOOST_TEST(feed.text(entry + "/a:title") == nasty);
    BOOST_TEST(feed.text(entry + "/a:link[@rel='alternate']/@href") == "https://example.org/?a=1&b=2");
    BOOST_TEST(feed.text(entry + "/a:summary") == nasty + "\n\nsecondparagraph");
    BOOST_TEST(feed.text(entry + "/a:category[1]/@term") == nasty);
    BOOST_TEST(feed.text(entry + "/a:link[@rel='enclosure']/@href") == base + "/pictures/3.png");
    BOOST_TEST(feed.text(entry + "/m:content/m:description") == nasty);
    const Xml empty(atom(base, {}));
    BOOST_TEST(empty.text("/a:feed/a:updated") == "1970-01-01T00:00:00Z");
}

BOOST_AUTO_TEST_CASE(a_json_feed_holds_all_of_an_item) {
    const auto feed = boost::json::parse(json_feed(base, items()));
    const auto& item = feed.at("items").at(0);
    BOOST_TEST(feed.at("version").as_string() == "https://jsonfeed.org/version/1.1");
    BOOST_TEST(item.at("id").as_string() == "id<1>");
    BOOST_TEST(item.at("url").as_string() == "https://example.org/?a=1&b=2");
    BOOST_TEST(item.at("title").as_string() == nasty);
    BOOST_TEST(item.at("date_published").as_string() == "2026-01-05T10:00:00+01:00");
    BOOST_TEST(item.at("tags").at(0).as_string() == nasty);
    BOOST_TEST(item.at("image").as_string() == base + "/pictures/3.png");
    BOOST_TEST(item.at("attachments").at(0).at("title").as_string() == nasty);
    BOOST_TEST(!feed.at("items").at(1).as_object().contains("title"));
    BOOST_TEST(!feed.at("items").at(1).as_object().contains("image"));
}

BOOST_AUTO_TEST_CASE(invented_items_are_complete_and_differ) {
    std::set<std::string> ids, links, titles;
    unsigned pictures = 0, tagged = 0;
    const unsigned count = 300;
    for (unsigned number = 0; number < count; ++number) {
        const std::int64_t time = 1'767'600'000 + 600 * static_cast<std::int64_t>(number);
        const FeedItem item = invented_item(number, time);
        ids.insert(item.id);
        links.insert(item.link);
        titles.insert(item.title);
        BOOST_TEST(item.link.starts_with("https://example.org/"));
        BOOST_TEST(item.body.size() > 40U);
        for (const auto& text : {item.title, item.body})
            BOOST_TEST(text.find_first_of("{}") == std::string::npos, text);
        BOOST_TEST(from_rfc3339(item.published)->time_since_epoch().count() == time);
        tagged += item.categories.empty() ? 0U : 1U;
        BOOST_TEST((item.picture >= 0) == (number % 2 == 0));
        if (item.picture >= 0) {
            ++pictures;
            BOOST_TEST(item.picture_alt == picture_alt_text(static_cast<unsigned>(item.picture)));
        }
        const FeedItem again = invented_item(number, time);
        BOOST_TEST(again.title == item.title);
        BOOST_TEST(again.body == item.body);
    }
    BOOST_TEST(ids.size() == count);
    BOOST_TEST(links.size() == count);
    BOOST_TEST(titles.size() > count * 3 / 4);
    BOOST_TEST(pictures == count / 2);
    BOOST_TEST(tagged > count * 8 / 10);
    BOOST_TEST(tagged < count);
}

BOOST_AUTO_TEST_SUITE_END()
