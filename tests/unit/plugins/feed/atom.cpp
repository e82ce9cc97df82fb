#include "harness.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>

using namespace crier::feed::test;

namespace {

struct Entry {
    std::string inside;
    std::string lines;
};
std::ostream& operator<<(std::ostream& out, const Entry& entry) {
    return out << entry.inside;
}

const Entry entries[] = {
    {"<id>tag:example.org,2026:1</id><title>A title</title><link href=\"https://example.org/1\"/>"
     "<updated>2026-11-24T13:00:00+01:00</updated><published>2026-11-24T11:00:00Z</published>"
     "<author><name>Jo Writer</name><email>jo@example.org</email><uri>https://jo.example/</uri></author>"
     "<summary>Short</summary><content>Long</content><category term=\"one\" label=\"One\"/>",
     "id: tag:example.org,2026:1\ntitle: A title\nlink: https://example.org/1\nsummary: Short\ncontent: "
     "Long\n"
     "author: Jo Writer\npublished: 1795518000\nupdated: 1795521600\ncategory: One\n"},
    // text by its type
    {"<title>AT&amp;T &lt;b&gt; &amp;amp;</title>", "title: AT&T <b> &amp;\n"},
    {"<title type=\"text\">&lt;b&gt;</title>", "title: <b>\n"},
    {"<title type=\"html\">AT&amp;amp;T &lt;b&gt;bold&lt;/b&gt; &amp;lt;b></title>",
     "title: AT&T bold <b>\n"},
    {"<title type=\"HTML\">&lt;b&gt;bold&lt;/b&gt;</title>", "title: bold\n"},
    {"<title type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">1 &lt; 2 <b>bold</b> &lt;i&gt; "
     "&amp;amp;"
     "</div></title>",
     "title: 1 < 2 bold <i> &amp;\n"},
    {"<title type=\"html\"><![CDATA[<i>a</i> &eacute;]]></title>", "title: a é\n"},
    {"<title>not <b>escaped</b> &lt;i&gt;</title>", "title: not escaped <i>\n"},
    {"<summary type=\"html\">&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;</summary>", "summary: One||Two\n"},
    {"<summary>One\ntwo\n\n\nthree</summary>", "summary: One|two||three\n"},
    {"<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>a<br/>b</p><ul><li>c</li></ul>"
     "<img src=\"i.jpg\" alt=\"An &quot;i&quot; &lt; j\" width=\"9\"/></div></content>",
     "content: a|b||• c\nmedia: content_image https://example.org/blog/i.jpg An \"i\" < j\n"},
    {"<content type=\"xhtml\"><h:div "
     "xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:p>a</h:p><h:p>b</h:p></h:div></content>",
     "content: a||b\n"},
    {"<content type=\"text/html\">&lt;p&gt;a</content>", "content: a\n"},
    {"<content type=\"text/markdown\">*a* &lt;b&gt;</content>", "content: *a* <b>\n"},
    {"<title>t</title><content type=\"image/png\">iVBORw0KGgo=</content>", "title: t\n"},
    {"<title>t</title><content type=\"image/svg+xml\"><svg><title>no</title></svg></content>", "title: t\n"},
    {"<title>t</title><content src=\"video.mp4\" type=\"video/mp4\"/>",
     "title: t\nlink: https://example.org/blog/video.mp4\nmedia: enclosure "
     "https://example.org/blog/video.mp4 video/mp4\n"},
    {"<title>t</title><content src=\"video.mp4\"/><link href=\"/1\"/>",
     "title: t\nlink: https://example.org/1\n"},
    // links
    {"<link rel=\"alternate\" href=\"/1\"/><link rel=\"self\" href=\"/2\"/><link rel=\"edit\" href=\"/3\"/>",
     "link: https://example.org/1\n"},
    {"<link rel=\"replies\" href=\"/2\"/><link rel=\"alternate\" type=\"text/html\" href=\"/1\"/>",
     "link: https://example.org/1\n"},
    {"<link rel=\"alternate\" type=\"application/json\" href=\"/2\"/><link type=\"text/html; charset=utf-8\" "
     "href=\"/1\"/>"
     "<link href=\"/3\"/>",
     "link: https://example.org/1\n"},
    {"<link rel=\"alternate\" type=\"application/pdf\" href=\"/2\"/>", "link: https://example.org/2\n"},
    {"<link rel=\"http://www.iana.org/assignments/relation/alternate\" href=\"/1\"/>",
     "link: https://example.org/1\n"},
    {"<title>t</title><link rel=\"related\" href=\"/2\"/><link rel=\"via\" href=\"/3\"/>", "title: t\n"},
    {"<title>t</title><link/><link>https://example.org/1</link>", "title: t\nlink: https://example.org/1\n"},
    {"<link href=\"?a=1&amp;b=2\"/>", "link: https://example.org/blog/feed.xml?a=1&b=2\n"},
    {"<title>t</title><link rel=\"enclosure\" type=\"audio/mpeg\" title=\"Episode 1\" href=\"e.mp3\"/>",
     "title: t\nmedia: enclosure https://example.org/blog/e.mp3 audio/mpeg\n"},
    {"<id>https://example.org/1</id>", "id: https://example.org/1\n"}, // an id is not a link
    // people
    {"<title>t</title><contributor><name>no</name></contributor><author><name>A</name></author>"
     "<author><name>B</name></author>",
     "title: t\nauthor: A\n"},
    {"<title>t</title><author><name>A &lt;a@b.c></name></author>", "title: t\nauthor: A\n"},
    // categories
    {"<title>t</title><category term=\"a\"/><category term=\"x\" label=\"b &amp;amp; c\"/><category "
     "term=\"A\"/>"
     "<category/>",
     "title: t\ncategory: a\ncategory: b & c\n"},
    // bases
    {"<link xml:base=\"https://other.example/x/\" href=\"y\"/>", "link: https://other.example/x/y\n"},
    {"<content type=\"html\" xml:base=\"/img/\">&lt;img src=\"a.png\" alt=\"a\"&gt;t</content>",
     "content: t\nmedia: content_image https://example.org/img/a.png a\n"},
    // where it was taken from
    {"<title>t</title><source><id>no</id><title>no</title><link "
     "href=\"/no\"/><author><name>Ann</name></author>"
     "<updated>2001-01-01T00:00:00Z</updated></source>",
     "title: t\nauthor: Ann\n"},
};

} // namespace

BOOST_AUTO_TEST_SUITE(atom_feeds)

BOOST_DATA_TEST_CASE(what_an_entry_says, entries) {
    BOOST_TEST(only_item(atom_entry(sample.inside)) == sample.lines);
}

BOOST_AUTO_TEST_CASE(bases_and_languages_are_inherited) {
    const Yield yield = read("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\" xml:base=\"/a/\">"
                             "<author><name>Ann</name></author><link href=\"no\"/>"
                             "<entry xml:base=\"b/\"><link href=\"c\"/></entry>"
                             "<entry xml:lang=\"de\"><link href=\"d\"/></entry>"
                             "<entry xml:base=\"ftp://example.org/\"><link href=\"e\"/></entry></feed>");
    BOOST_TEST(joined(yield.items) == "link: https://example.org/a/b/c\nauthor: Ann\nlanguage: en\n; "
                                      "link: https://example.org/a/d\nauthor: Ann\nlanguage: de\n; "
                                      "link: https://example.org/a/e\nauthor: Ann\nlanguage: en\n");
    BOOST_TEST(joined(yield.warnings) == "");
}

BOOST_AUTO_TEST_CASE(version_0_3) {
    const std::string item =
        only_item("<feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\"><title>T</title><entry>"
                  "<title mode=\"escaped\" type=\"text/html\">A &amp;amp; &lt;b>B&lt;/b></title>"
                  "<link rel=\"alternate\" type=\"text/html\" href=\"https://example.org/1\"/><id>tag:1</id>"
                  "<issued>2026-11-24T12:00:00Z</issued><modified>2026-11-24T13:00:00Z</"
                  "modified><author><name>Jo</name></author>"
                  "<summary type=\"text/plain\">s &lt;b></summary>"
                  "<content type=\"application/xhtml+xml\" mode=\"xml\"><div "
                  "xmlns=\"http://www.w3.org/1999/xhtml\"><p>x</p><p>y</p>"
                  "</div></content></entry></feed>");
    BOOST_TEST(
        item ==
        "id: tag:1\ntitle: A & B\nlink: https://example.org/1\nsummary: s <b>\ncontent: x||y\nauthor: Jo\n"
        "published: 1795521600\nupdated: 1795525200\n");
    BOOST_TEST(only_item("<feed xmlns=\"http://purl.org/atom/ns#\"><entry><title>t</title>"
                         "<content type=\"text/html\" mode=\"base64\">PHA+</content></entry></feed>") ==
               "title: t\n");
}

BOOST_AUTO_TEST_CASE(without_a_namespace_or_with_a_prefix) {
    const std::string lines = "id: 1\ntitle: a <b>\nlink: https://example.org/1\n";
    BOOST_TEST(
        only_item("<feed><entry><id>1</id><title>a &lt;b></title><link href=\"/1\"/></entry></feed>") ==
        lines);
    BOOST_TEST(
        only_item("<a:feed xmlns:a=\"http://www.w3.org/2005/Atom\"><a:entry><a:id>1</a:id><a:title>a &lt;b>"
                  "</a:title><a:link href=\"/1\"/></a:entry></a:feed>") == lines);
}

BOOST_AUTO_TEST_SUITE_END()
