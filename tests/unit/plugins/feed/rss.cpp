#include "harness.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>

using namespace crier::feed::test;

namespace {

const ItemCase rss_items[] = {
    {"<title>A title</title><link>https://example.org/1</link><guid>https://example.org/1</guid>"
     "<description>Words</description><pubDate>Tue, 24 Nov 2026 12:00:00 GMT</pubDate>"
     "<author>jo@example.org (Jo Writer)</author><category>One</category>",
     "id: https://example.org/1\ntitle: A title\nlink: https://example.org/1\nsummary: Words\nauthor: Jo "
     "Writer\n"
     "published: 1795521600\ncategory: One\n"},
    // text
    {"<title>Tom &amp;amp; Jerry&amp;#8217;s</title>", "title: Tom & Jerry’s\n"},
    {"<title><![CDATA[Tom & Jerry&#8217;s <b>show</b>]]></title>", "title: Tom & Jerry’s show\n"},
    {"<title>Use &lt;b&gt; wisely, 1 &lt; 2</title>", "title: Use <b> wisely, 1 < 2\n"},
    {"<title>\n  wrapped\n  title\n</title>", "title: wrapped title\n"},
    {"<title>One</title><title>Two</title>", "title: One\n"},
    {"<title/><description>d</description>", "summary: d\n"},
    {"<title>t</title><media:title>m</media:title><itunes:title>i</itunes:title>", "title: t\n"},
    {"<itunes:title>i</itunes:title>", "title: i\n"},
    {"<dc:title>d</dc:title>", "title: d\n"},
    {"<description>&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two &amp;amp; three&lt;/p&gt;</description>",
     "summary: One||Two & three\n"},
    {"<description>Plain\nwrapped\n\nparagraph</description>", "summary: Plain wrapped||paragraph\n"},
    {"<description><p>Not <b>escaped</b> &lt;i&gt;</p><br/>more</description>",
     "summary: Not escaped <i>||more\n"},
    {"<description>short</description><content:encoded><![CDATA[<p>long</p>]]></content:encoded>",
     "summary: short\ncontent: long\n"},
    {"<content:encoded>a</content:encoded><description>b</description><dc:description>c</dc:description>"
     "<itunes:summary>d</itunes:summary>",
     "summary: b\ncontent: a\n"},
    {"<itunes:subtitle>s</itunes:subtitle><itunes:summary>d</itunes:summary>", "summary: d\n"},
    {"<itunes:subtitle>s</itunes:subtitle>", "summary: s\n"},
    {"<itunes:subtitle>s</itunes:subtitle><content:encoded>c</content:encoded>", "summary: s\ncontent: c\n"},
    {"<body xmlns=\"http://www.w3.org/1999/xhtml\"><p>1 &lt; 2 &lt;b&gt;</p></body>", "content: 1 < 2 <b>\n"},
    // links and ids
    {"<title>t</title><link>\n  https://example.org/a?b=1&amp;c=2\n</link>",
     "title: t\nlink: https://example.org/a?b=1&c=2\n"},
    {"<link>/a/b</link>", "link: https://example.org/a/b\n"},
    {"<link>c</link>", "link: https://example.org/blog/c\n"},
    {"<link xml:base=\"https://other.example/x/\">c</link>", "link: https://other.example/x/c\n"},
    {"<link>javascript:alert(1)</link><title>t</title>", "title: t\n"},
    {"<link></link><link>https://example.org/1</link>", "link: https://example.org/1\n"},
    {"<atom:link rel=\"self\" href=\"https://example.org/self\"/><link>https://example.org/1</link>",
     "link: https://example.org/1\n"},
    {"<atom:link href=\"https://example.org/a\"/><title>t</title>",
     "title: t\nlink: https://example.org/a\n"},
    {"<guid>https://example.org/g</guid>", "id: https://example.org/g\nlink: https://example.org/g\n"},
    {"<guid isPermaLink=\"true\">https://example.org/g</guid>",
     "id: https://example.org/g\nlink: https://example.org/g\n"},
    {"<guid isPermaLink=\"false\">https://example.org/g</guid>", "id: https://example.org/g\n"},
    {"<guid>4711</guid>", "id: 4711\n"},
    {"<guid isPermaLink=\"true\">4711</guid>", "id: 4711\n"},
    {"<guid>https://example.org/g</guid><link>https://example.org/l</link>",
     "id: https://example.org/g\nlink: https://example.org/l\n"},
    {"<guid isPermaLink=\"false\"> ?p=1&amp;copy=2&amp;lt;b&amp;gt; </guid>", "id: ?p=1&copy=2&lt;b&gt;\n"},
    {"<dc:identifier>urn:x</dc:identifier><guid>g</guid>", "id: g\n"},
    {"<dc:identifier>urn:x</dc:identifier>", "id: urn:x\n"},
    // people
    {"<title>t</title><author>jo@example.org</author>", "title: t\nauthor: jo@example.org\n"},
    {"<title>t</title><author>Jo &lt;jo@example.org&gt;</author>", "title: t\nauthor: Jo\n"},
    {"<title>t</title><author>Jo (and friends)</author>", "title: t\nauthor: Jo (and friends)\n"},
    {"<title>t</title><author>jo@example.org</author><dc:creator>Jo</dc:creator>", "title: t\nauthor: Jo\n"},
    {"<title>t</title><itunes:author>Ann</itunes:author><author>Jo</author>", "title: t\nauthor: Jo\n"},
    {"<title>t</title><author><name>Jo</name><email>jo@example.org</email></author>",
     "title: t\nauthor: Jo\n"},
    // categories
    {"<title>t</title><category>One</category><category domain=\"x\"> Two &amp;amp; three </category>"
     "<category>ONE</category><category/><dc:subject>Four</dc:subject><itunes:category text=\"Five\"/>",
     "title: t\ncategory: One\ncategory: Two & three\ncategory: Four\ncategory: Five\n"},
    // dates
    {"<title>t</title><dc:date>2026-11-24T12:00:00Z</dc:date>", "title: t\npublished: 1795521600\n"},
    {"<title>t</title><pubDate>Tue, 24 Nov 2026 12:00:00 GMT</pubDate><dc:date>2001-01-01</dc:date>",
     "title: t\npublished: 1795521600\n"},
    {"<title>t</title><pubDate/><dc:date>2026-11-24T12:00:00Z</dc:date>",
     "title: t\npublished: 1795521600\n"},
    {"<title>t</title><atom:updated>2026-11-24T12:00:00Z</atom:updated>", "title: t\nupdated: 1795521600\n"},
    {"<title>t</title><dcterms:modified xmlns:dcterms=\"http://purl.org/dc/terms/\">2026-11-24T12:00:00Z"
     "</dcterms:modified>",
     "title: t\nupdated: 1795521600\n"},
    // language
    {"<title>t</title><dc:language>de</dc:language>", "title: t\nlanguage: de\n"},
    // what is not the item's
    {"<title>t</title><source "
     "url=\"https://other.example/\">Other</source><comments>https://example.org/c</comments>"
     "<image><title>no</title><url>https://example.org/i.png</url></image>"
     "<x:title xmlns:x=\"urn:x\">no</x:title><wfw:commentRss xmlns:wfw=\"urn:wfw\">no</wfw:commentRss>",
     "title: t\n"},
};

struct Feed {
    std::string name;
    std::string document;
    std::string lines; ///< of all items
};
std::ostream& operator<<(std::ostream& out, const Feed& feed) {
    return out << feed.name;
}

const Feed feeds[] = {
    {"0.91 with a document type",
     "<?xml version=\"1.0\"?>\n<!DOCTYPE rss PUBLIC \"-//Netscape Communications//DTD RSS 0.91//EN\" "
     "\"http://my.netscape.com/publish/formats/rss-0.91.dtd\">\n<rss "
     "version=\"0.91\"><channel><title>T</title>"
     "<language>en</language><item><title>One</title><link>https://example.org/1</link></item></channel></"
     "rss>",
     "title: One\nlink: https://example.org/1\nlanguage: en\n"},
    {"0.90",
     "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
     "xmlns=\"http://my.netscape.com/rdf/simple/0.9/\"><channel><title>T</title></channel>"
     "<image><title>no</title><link>no</link></image><item><title>One</title><link>https://example.org/1</"
     "link></item>"
     "<textinput><title>no</title><name>no</name></textinput></rdf:RDF>",
     "title: One\nlink: https://example.org/1\n"},
    {"1.0",
     "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" "
     "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel "
     "rdf:about=\"https://example.org/\"><title>T</title>"
     "<dc:language>de</dc:language><dc:creator>Jo</dc:creator>"
     "<items><rdf:Seq><rdf:li rdf:resource=\"https://example.org/1\"/></rdf:Seq></items></channel>"
     "<item rdf:about=\"https://example.org/1\"><title>One</title><link>https://example.org/l</link>"
     "<dc:date>2026-11-24T12:00:00Z</dc:date></item></rdf:RDF>",
     "id: https://example.org/1\ntitle: One\nlink: https://example.org/l\nauthor: Jo\nlanguage: de\n"
     "published: 1795521600\n"},
    {"items in their order",
     rss("<item><title>b</title></item><item><title>a</title></item><item><title>c</title></item>"),
     "title: b\ntitle: a\ntitle: c\n"},
    {"the channel's language and author",
     rss("<language> en-GB </language><itunes:author>Ann</itunes:author><managingEditor>no</managingEditor>"
         "<image><title>no</title></image><item><title>t</title></item>"
         "<item xml:lang=\"fr\"><title>u</title><author>Jo</author></item>"),
     "title: t\nauthor: Ann\nlanguage: en-GB\ntitle: u\nauthor: Jo\nlanguage: fr\n"},
    {"xml:lang of the root", "<rss xml:lang=\"nl\"><channel><item><title>t</title></item></channel></rss>",
     "title: t\nlanguage: nl\n"},
    {"xml:base of the root",
     "<rss xml:base=\"https://other.example/x/y\"><channel><item><link>z</link></item></channel></rss>",
     "link: https://other.example/x/z\n"},
    {"a namespace of its own making",
     "<rss xmlns=\"http://backend.userland.com/rss2\"><channel><item><title>t</title></item></channel></rss>",
     "title: t\n"},
    {"prefixes that nobody declared",
     "<rss><channel><item><title>t</title><dc:creator>Jo</dc:creator><content:encoded>&lt;p&gt;c</"
     "content:encoded>"
     "<media:content url=\"/a.jpg\" medium=\"image\"/></item></channel></rss>",
     "title: t\ncontent: c\nauthor: Jo\nmedia: media_rss https://example.org/a.jpg image/*\n"},
    {"other prefixes than usual",
     "<rss xmlns:d=\"http://purl.org/dc/elements/1.1/\" "
     "xmlns:dc=\"urn:other\"><channel><item><title>t</title>"
     "<d:creator>Jo</d:creator><dc:creator>no</dc:creator></item></channel></rss>",
     "title: t\nauthor: Jo\n"},
    {"items beside the channel", "<rss><channel></channel><item><title>t</title></item></rss>", "title: t\n"},
    {"no items", rss(""), ""},
};

struct Said {
    std::string channel;
    std::int64_t wait; ///< 0: nothing is said
};
std::ostream& operator<<(std::ostream& out, const Said& said) {
    return out << said.channel;
}

const Said paces[] = {
    {"", 0},
    {"<ttl>60</ttl>", 3600},
    {"<ttl> 5 </ttl>", 300},
    {"<ttl>0</ttl>", 0},
    {"<ttl>-5</ttl>", 0},
    {"<ttl>soon</ttl>", 0},
    {"<ttl>10080</ttl>", 86400},
    {"<ttl>99999999999999999999</ttl>", 0},
    {"<ttl>9223372036854775807</ttl>", 86400},
    {"<sy:updatePeriod>hourly</sy:updatePeriod>", 3600},
    {"<sy:updatePeriod>\n\thourly\t</sy:updatePeriod><sy:updateFrequency> 2 </sy:updateFrequency>", 1800},
    {"<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 86400},
    {"<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>999999999</sy:updateFrequency>", 0},
    {"<sy:updatePeriod>yearly</sy:updatePeriod>", 86400},
    {"<sy:updatePeriod>often</sy:updatePeriod>", 0},
    {"<ttl>120</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", 7200},
    {"<skipHours><hour>3</hour></skipHours>", 0},
    {"<skipHours><hour>3</hour></skipHours><ttl>60</ttl>", 3600},
};

struct SaidHub {
    std::string document;
    std::string hub;
};
std::ostream& operator<<(std::ostream& out, const SaidHub& said) {
    return out << said.document;
}

std::string with_links(const std::string& links) {
    return "<rss xmlns:a='http://www.w3.org/2005/Atom'><channel>" + links +
           "<item><title>t</title><a:link rel='hub' href='https://not.example/'/></item></channel></rss>";
}

const std::string hub_link = "<a:link rel='hub' href='https://hub.example/'/>";
const std::string self_link = "<a:link rel='self' href='https://example.org/f'/>";

// WebSub, 4: rel="hub" and rel="self", of the feed and of none of its items
const SaidHub hubs[] = {
    {with_links(""), ""},
    {with_links(self_link), " https://example.org/f"},
    {with_links(hub_link), "https://hub.example/ "},
    {with_links(hub_link + self_link), "https://hub.example/ https://example.org/f"},
    {with_links(self_link + hub_link), "https://hub.example/ https://example.org/f"},
    {with_links("<a:link rel=' HUB ' href='/hub'/>"), "https://example.org/hub "},
    {with_links(
         "<a:link rel='hub' href='http://one.example/'/><a:link rel='hub' href='https://two.example/'/>"
         "<a:link rel='hub' href='https://three.example/'/>"),
     "https://two.example/ "},
    {with_links("<a:link rel='hub' href='mailto:a@b'/><a:link rel='hub'/>"), ""},
    {"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>t</title></entry><link rel='self' href='f'/>"
     "<link rel='hub' href='https://hub.example/'/></feed>",
     "https://hub.example/ https://example.org/blog/f"},
    {R"({"version":"https://jsonfeed.org/version/1","feed_url":"https://example.org/j","hubs":[{"type":"rssCloud",
      "url":"https://cloud.example/"},{"type":"WebSub","url":"https://hub.example/"}],"items":[{"id":"1"}]})",
     "https://hub.example/ https://example.org/j"},
    {R"({"hubs":[{"url":"https://hub.example/"},7],"items":[{"id":"1"}]})", ""},
};

struct SaidTimes {
    std::string channel;
    std::string pace;
};
std::ostream& operator<<(std::ostream& out, const SaidTimes& said) {
    return out << said.channel;
}

const SaidTimes times[] = {
    // RSS 2.0: hours are 0 to 23 in GMT, the one that begins at midnight is 0; days are Monday to Sunday
    {"<skipHours><hour>0</hour><hour>1</hour><hour>23</hour></skipHours>", "hours 0 1 23"},
    {"<skipHours>\n<hour> 7 </hour>\n<hour>08</hour></skipHours>", "hours 7 8"},
    {"<skipHours><hour>24</hour></skipHours>", "hours 0"}, // RSS 0.91 counts from 1 to 24
    {"<skipHours><hour>25</hour><hour>-1</hour><hour>noon</hour><hour/></skipHours>", ""},
    {"<skipHours><hour>99999999999999999999</hour><hour>5</hour></skipHours>", "hours 5"},
    {"<skipDays><day>Saturday</day><day> sunday </day></skipDays>", "days 0 6"},
    {"<skipDays><day>Samstag</day><day>Sat</day><day/></skipDays>", ""},
    {"<skipDays><day>Monday</day></skipDays><skipHours><hour>3</hour></skipHours>", "hours 3 days 1"},
    {"<hour>3</hour><day>Monday</day>", ""}, // of nothing
    {"<skipHours><day>Monday</day></skipHours><skipDays><hour>3</hour></skipDays>", ""},
    {"<skipHours><hour>3</skipHours>", "hours 3"}, // not closed
    // the syndication module: the base is what periods count from
    {"<sy:updatePeriod>daily</sy:updatePeriod><sy:updateBase>2000-01-01T12:00+00:00</sy:updateBase>",
     "base 946728000"},
    {"<sy:updatePeriod>daily</sy:updatePeriod><sy:updateBase>noon</sy:updateBase>", ""},
    {"<sy:updateBase>2000-01-01T12:00+00:00</sy:updateBase>", ""}, // of no period
    {"<ttl>120</ttl><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateBase>2000-01-01T12:00Z</"
     "sy:updateBase>",
     ""}, // the longer one, which has none
};

} // namespace

BOOST_AUTO_TEST_SUITE(rss_feeds)

BOOST_DATA_TEST_CASE(what_an_item_says, rss_items) {
    BOOST_TEST(only_item(rss_item(sample.inside)) == sample.lines);
}

BOOST_DATA_TEST_CASE(all_versions, feeds) {
    const Yield yield = read(sample.document);
    BOOST_TEST(yield.error == "");
    BOOST_TEST(joined(yield.warnings) == "");
    std::string all;
    for (const std::string& item : yield.items)
        all += item;
    BOOST_TEST(all == sample.lines);
}

BOOST_DATA_TEST_CASE(how_often_they_want_to_be_read, paces) {
    for (const std::string& document : {rss(sample.channel + "<item><title>t</title></item>"),
                                        rss("<item><title>t</title></item>" + sample.channel)})
        BOOST_TEST(read(document).wait.value_or(0) == sample.wait);
}

BOOST_DATA_TEST_CASE(when_they_do_not_want_to_be_read, times) {
    for (const std::string& document : {rss(sample.channel + "<item><title>t</title></item>"),
                                        rss("<item><title>t</title></item>" + sample.channel)}) {
        const Yield yield = read(document);
        BOOST_TEST(yield.pace == sample.pace);
        BOOST_TEST(joined(yield.items) == "title: t\n");
    }
}

BOOST_DATA_TEST_CASE(the_hub_that_they_name, hubs) {
    const Yield yield = read(sample.document);
    BOOST_TEST(yield.hub == sample.hub);
    BOOST_TEST(yield.items.size() == 1U);
}

BOOST_AUTO_TEST_CASE(days_and_hours_of_an_item_are_not_the_feeds) {
    const Yield yield =
        read(rss("<item><title>t</title><skipHours><hour>3</hour></skipHours><day>Monday</day>"
                 "<description>On <day>Monday</day> at <hour>3</hour></description></item>"));
    BOOST_TEST(yield.pace == "");
    BOOST_TEST(joined(yield.items) == "title: t\nsummary: On Monday at 3\n");
}

BOOST_AUTO_TEST_CASE(an_empty_item_is_said) {
    const Yield yield = read(rss("<item><title> </title></item><item><title>t</title></item><item/>"));
    BOOST_TEST(joined(yield.items) == "title: t\n");
    BOOST_TEST(joined(yield.warnings) ==
               "an item without id, link, title and text was passed over (2 times)");
}

BOOST_AUTO_TEST_CASE(a_date_that_cannot_be_read_is_said_and_left_out) {
    const Yield yield = read(rss("<item><title>t</title><pubDate>gestern</pubDate></item>"
                                 "<item><title>u</title><pubDate>heute</pubDate></item>"));
    BOOST_TEST(joined(yield.items) == "title: t\n; title: u\n");
    BOOST_TEST(joined(yield.warnings) ==
               "a date that cannot be read was left out, such as 'gestern' (2 times)");
}

BOOST_AUTO_TEST_SUITE_END()
