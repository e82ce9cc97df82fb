#include "harness.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>

using namespace crier::feed::test;
using namespace std::string_literals;

namespace {

struct Other {
    std::string name;
    std::string document;
    std::string error;
    std::string content_type;
};
std::ostream& operator<<(std::ostream& out, const Other& other) {
    return out << other.name;
}

const std::string nowhere =
    "it names none either (<link rel=\"alternate\">): look for the feed's own address on the site";

const Other others[] = {
    {"nothing", "", "there is nothing: the answer is empty", ""},
    {"blanks", " \r\n\t", "there is nothing: the answer is empty", ""},
    {"a mark", "\xef\xbb\xbf", "there is nothing: the answer is empty", ""},
    {"a web page", "<!DOCTYPE html><html><head><title>Jo&#8217;s\nblog</title></head><body>x</body></html>",
     "this is a web page (\"Jo’s blog\") and no feed; " + nowhere, "text/html"},
    {"a web page that names its feed",
     "\n<!doctype HTML>\n<html><head><link rel=stylesheet href=s.css><LINK href='/feed.xml' REL='alternate' "
     "type='application/rss+xml' title=x></head>",
     "this is a web page and no feed; its feed is at https://example.org/feed.xml: take that address",
     "text/html"},
    {"a page with several feeds",
     "<html><base href=\"https://cdn.example/x/\"><link rel=\"alternate\" type=\"application/atom+xml\" "
     "href=\"a\">"
     "<link rel=\"alternate\" type=\"application/rss+xml; charset=utf-8\" href=\"b\">"
     "<link rel=\"alternate\" type=\"application/atom+xml\" href=\"a\">"
     "<link rel=\"alternate\" hreflang=\"de\" href=\"no\"><link rel=\"alternate\" "
     "type=\"application/feed+json\" href=\"c\">"
     "<link rel=\"alternate\" type=\"application/rss+xml\" href=\"d\"></html>",
     "this is a web page and no feed; it names these feeds: https://cdn.example/x/a, "
     "https://cdn.example/x/b, "
     "https://cdn.example/x/c: take the address of one of them",
     ""},
    {"XHTML",
     "<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"x.dtd\">"
     "<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>t</title></head></html>",
     "this is a web page (\"t\") and no feed; " + nowhere, ""},
    {"a page without html", "<!-- c --><head><title>Just a moment...</title></head>",
     "this is a web page (\"Just a moment...\") and no feed; " + nowhere, ""},
    {"a piece of a page", "<div class=error>Sorry</div>", "this is a web page and no feed; " + nowhere, ""},
    {"a list of feeds", "<?xml version=\"1.0\"?><opml><body><outline xmlUrl=\"x\"/></body></opml>",
     "this is XML, but no feed: it begins with <opml>, a list of feeds; take the address of one of them "
     "(xmlUrl)",
     ""},
    {"a site map", "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url/></urlset>",
     "this is XML, but no feed: it begins with <urlset>, a site map; look for the feed's own address on the "
     "site",
     ""},
    {"other XML", "<soap:Envelope xmlns:soap=\"x\"><item><title>t</title></item></soap:Envelope>",
     "this is XML, but no feed: it begins with <Envelope>, where RSS has <rss> or <rdf:RDF>, and Atom <feed>",
     ""},
    {"XML that breaks off", "<?xml version=\"1.0\"?><rss version=\"2.",
     "this breaks off before it begins: there is no element in it", ""},
    {"other JSON", "{\"errors\": [1]}", "this is JSON, but no JSON Feed: it has no list \"items\"", ""},
    {"items that are no list", "{\"items\": {}}", "this is JSON, but no JSON Feed: it has no list \"items\"",
     ""},
    {"a JSON list", "[{\"id\": 1}]",
     "this is JSON, but no JSON Feed: a list, where a JSON Feed is an object with \"items\"", ""},
    {"JSON that breaks off", "{\"title\": \"x", "this JSON breaks off before its items begin", ""},
    {"text", "Not found\n",
     "this is no feed: it begins with \"Not found\" (the server calls it text/plain), where RSS "
     "and Atom begin with '<' and JSON Feed with '{'",
     "text/plain"},
    {"a PDF", "%PDF-1.7 x",
     "this is no feed but a PDF document: it begins with \"%PDF-1.7 x\", where RSS and Atom begin "
     "with '<' and JSON Feed with '{'",
     ""},
};

} // namespace

BOOST_AUTO_TEST_SUITE(what_is_no_feed)

BOOST_DATA_TEST_CASE(is_named, others) {
    const Yield yield = read(sample.document, Origin{sample.content_type});
    BOOST_TEST(yield.items.empty());
    BOOST_TEST(yield.error == sample.error);
}

BOOST_AUTO_TEST_CASE(compressed_bytes_are_named) {
    const Yield yield = read("\x1f\x8b\x08\0\0\0\0\0\0\x03\xb3)*.\xb6"s, Origin{"application/gzip"});
    BOOST_TEST(yield.error.find("no feed but compressed") != std::string::npos, yield.error);
}

BOOST_AUTO_TEST_CASE(a_feed_is_a_feed_whatever_the_server_calls_it) {
    BOOST_TEST(only_item(rss_item("<title>t</title>"), Origin{"text/html; charset=utf-8"}) == "title: t\n");
}

BOOST_AUTO_TEST_CASE(settings_are_checked) {
    for (const char* wrong : {"0", "-1", "10001", "x", "1x", " 1", "99999999999999999999"})
        BOOST_TEST(read(rss(""), {}, wrong).error == "max_items must be a number from 1 to 10000");
    BOOST_TEST(read(rss(""), {}, "10000").error == "");
}

BOOST_AUTO_TEST_SUITE_END()
