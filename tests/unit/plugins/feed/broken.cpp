#include "harness.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>

using namespace crier::feed::test;
using namespace std::string_literals;

namespace {

struct Broken {
    std::string name;
    std::string document;
    std::string lines;   ///< of all items
    std::string warning; ///< a part of it; empty: there is none
};
std::ostream& operator<<(std::ostream& out, const Broken& broken) {
    return out << broken.name;
}

const std::string t = "title: t\n";
const std::string tu = "title: t\ntitle: u\n";

const Broken broken[] = {
    {"an ampersand by itself", rss_item("<title>AT&T & R&D</title>"), "title: AT&T & R&D\n",
     "'&' that begins no"},
    {"an address with ampersands", rss_item("<link>https://example.org/?a=1&copy=2&lt=3</link>"),
     "link: https://example.org/?a=1&copy=2&lt=3\n", "'&' that begins no"},
    {"in an attribute", rss_item("<enclosure url=\"/?a=1&b=2\"/>"),
     "media: enclosure https://example.org/?a=1&b=2\n", "'&'"},
    {"HTML's references", rss_item("<title>caf&eacute;&nbsp;&mdash;&#150;</title>"), "title: café —–\n",
     "reference to HTML's"},
    {"in an attribute of Atom", atom_entry("<title>t</title><category term=\"caf&eacute;\"/>"),
     t + "category: café\n", "reference to HTML's"},
    {"references that nobody knows", rss_item("<title>&foo; &bar</title>"), "title: &foo; &bar\n",
     "'&' that begins no"},
    {"control characters", rss_item("<title>a\x01z\x0c</title>"), "title: a z\n", "control character"},
    {"a zero byte", rss_item("<title>a\0z</title>"s), "title: a z\n", "control character"},
    {"references to control characters", rss_item("<title>a&#0;&#x1b;z</title>"), "title: az\n",
     "no character of XML"},
    {"a less-than sign", rss_item("<title>1 < 2 <3</title>"), "title: 1 < 2 <3\n", "'<' that begins no tag"},
    {"blank lines before the declaration", "\n\n  " + rss_item("<title>t</title>"), t, ""},
    {"a mark and blank lines", "\xef\xbb\xbf\n" + rss_item("<title>t</title>"), t, ""},
    {"a server's warning before it", "<br />\n<b>Warning</b>: x in y.php\n" + rss_item("<title>t</title>"), t,
     "what stands before the XML was passed over"},
    {"words before it", "Notice: x\n<rss><item><title>t</title></item></rss>", t,
     "passed over, such as 'Notice"},
    {"a comment before the declaration", "<!-- c -->" + rss_item("<title>t</title>"), t, ""},
    {"two declarations", "<?xml version=\"1.0\"?>" + rss_item("<title>t</title>"), t, ""},
    {"rubbish behind it", rss_item("<title>t</title>") + "<!-- 0.1 s --><script>x</script> bye", t, ""},
    {"items behind the end",
     "<rss><channel><item><title>t</title></item></channel></rss><item><title>u</title></item>", tu, ""},
    // tags
    {"a title that is not closed", rss("<item><title>t<link>/1</link></item><item><title>u</title></item>"),
     "title: t\nlink: https://example.org/1\ntitle: u\n", "not closed"},
    {"a title that is not closed, on lines of its own", rss("<item>\n <title>t \n <link>/1</link>\n</item>"),
     "title: t\nlink: https://example.org/1\n", "not closed"},
    {"an element in a sentence that RSS knows as well",
     rss_item("<description>See <link>x</link> and more</description><link>/1</link>"),
     "link: https://example.org/1\nsummary: See x and more\n", ""},
    {"one that is talked about", rss_item("<title>The <source> element</title><link>/1</link>"),
     "title: The element\nlink: https://example.org/1\n", "not closed"},
    {"items that are not closed", rss("<item><title>t</title><item><title>u</title>"), tu, "not closed"},
    {"HTML that is not escaped", rss_item("<title>t</title><description>a<br>b<p>c</description>"),
     t + "summary: a|b||c\n", "not closed"},
    {"ends of nothing", rss("<item></p><title>t</b></title></item></div><item><title>u</title></item>"), tu,
     "not begun"},
    {"tags that cross", rss_item("<description><b><i>a</b></i> c</description>"), "summary: a c\n",
     "not closed"},
    {"the channel's word that is not closed", rss("<language>en<item><title>t</title></item>"),
     t + "language: en\n", "not closed"},
    {"the channel's word around items", "<rss><channel><generator><item><title>t</title></item></rss>", t,
     "not closed"},
    {"attributes without quotes", rss_item("<title>t</title><enclosure url=/a.mp3 type=audio/mpeg />"),
     t + "media: enclosure https://example.org/a.mp3 audio/mpeg\n", "not written as tags are"},
    {"a quote that is not closed",
     rss_item("<enclosure url=\"/a.mp3/><title>t</title><guid isPermaLink=\"false\">1</guid>"),
     "id: 1\ntitle: t\nmedia: enclosure https://example.org/a.mp3 audio/*\n", "not written as tags are"},
    {"the same attribute twice", rss_item("<title>t</title><enclosure url=\"/a\" url=\"/b\"/>"),
     t + "media: enclosure https://example.org/a\n", "not written as tags are"},
    {"CDATA in CDATA", rss_item("<title><![CDATA[a<![CDATA[b]]>c]]></title>"), "title: abc\n", "CDATA"},
    {"a document type with entities",
     "<!DOCTYPE rss [<!ENTITY w \"Jo\">]><rss><item><title>by &w;</title></item></rss>", "title: by Jo\n",
     ""},
    {"text that is cut in the middle of a tag",
     rss_item("<description>a &lt;a href=\"https://exa</description>"), "summary: a\n", ""},
};

} // namespace

BOOST_AUTO_TEST_SUITE(broken_feeds)

BOOST_DATA_TEST_CASE(are_read_as_they_are_meant, broken) {
    const Yield yield = read(sample.document);
    BOOST_TEST(yield.error == "");
    std::string all;
    for (const std::string& item : yield.items)
        all += item;
    BOOST_TEST(all == sample.lines);
    if (sample.warning.empty())
        BOOST_TEST(joined(yield.warnings) == "");
    else
        BOOST_TEST(joined(yield.warnings).find(sample.warning) != std::string::npos, joined(yield.warnings));
}

BOOST_AUTO_TEST_CASE(a_feed_that_breaks_off_says_where) {
    const Yield yield = read("<rss><channel>\n<item><title>t</title></item>\n<item><title>u</title>");
    BOOST_TEST(joined(yield.items) == t);
    BOOST_TEST(joined(yield.warnings) ==
               "the XML breaks off (in line 3, inside <item>): what was complete by then was read");
}

BOOST_AUTO_TEST_SUITE_END()
