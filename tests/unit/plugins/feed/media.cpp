#include "harness.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>

using namespace crier::feed::test;

namespace {

struct Media {
    std::string inside;
    std::string lines;
};
std::ostream& operator<<(std::ostream& out, const Media& media) {
    return out << media.inside;
}

const std::string e = "https://example.org/";

const Media media[] = {
    {"<enclosure url=\"/a.mp3\" type=\"audio/mpeg\" length=\"1\"/>",
     "media: enclosure " + e + "a.mp3 audio/mpeg\n"},
    {"<enclosure url=\"/a.jpg\"/><enclosure url=\"/b.jpg\"/>",
     "media: enclosure " + e + "a.jpg image/*\nmedia: enclosure " + e + "b.jpg image/*\n"},
    {"<enclosure url=\"/a.MP4?x=.mp3\"/><enclosure url=\"/a.mp3#x\" type=\" \"/><enclosure url=\"/a.pdf\"/>"
     "<enclosure url=\"/b.mp4\" type=\"text/plain\"/>",
     "media: enclosure " + e + "a.MP4?x=.mp3 video/*\nmedia: enclosure " + e +
         "a.mp3#x audio/*\nmedia: enclosure " + e + "a.pdf\nmedia: enclosure " + e + "b.mp4 text/plain\n"},
    {"<title>t</title><enclosure/><enclosure url=\"\"/><enclosure url=\"ftp://x/\"/>", "title: t\n"},
    {"<itunes:image href=\"/i.png\"/><itunes:duration>12:30</itunes:duration>",
     "media: itunes_image " + e + "i.png image/*\n"},
    {"<media:content url=\"/a.jpg\" type=\"image/jpeg\"/>", "media: media_rss " + e + "a.jpg image/jpeg\n"},
    {"<media:content url=\"/v\" medium=\"video\"/>", "media: media_rss " + e + "v video/*\n"},
    {"<media:content url=\"/d\" medium=\"document\"/>", "media: media_rss " + e + "d\n"},
    // descriptions
    {"<media:content url=\"/a.jpg\"><media:description>A &amp;amp; B</media:description></media:content>",
     "media: media_rss " + e + "a.jpg A & B\n"},
    {"<media:content url=\"/a.jpg\"><media:description "
     "type=\"html\">&lt;p>A&lt;/p></media:description></media:content>",
     "media: media_rss " + e + "a.jpg A\n"},
    {"<media:content url=\"/a.jpg\"><media:title>no</media:title><media:credit>no</media:credit>"
     "<media:text>no</media:text></media:content>",
     "media: media_rss " + e + "a.jpg\n"},
    {"<media:content url=\"/a.jpg\"><media:description>A</media:description></media:content>"
     "<media:content url=\"/b.jpg\"/>",
     "media: media_rss " + e + "a.jpg A\nmedia: media_rss " + e + "b.jpg\n"},
    {"<media:content url=\"/a.jpg\"><media:description>A</media:description></media:content>"
     "<media:content url=\"/b.jpg\"/><media:description>all</media:description>",
     "summary: all\nmedia: media_rss " + e + "a.jpg A\nmedia: media_rss " + e + "b.jpg all\n"},
    {"<enclosure url=\"/a.jpg\"/><description>no alt</description>",
     "summary: no alt\nmedia: enclosure " + e + "a.jpg image/*\n"},
    // groups: one thing in several makes
    {"<media:group><media:content url=\"/s.jpg\" width=\"100\"/><media:content url=\"/l.jpg\" width=\"900\"/>"
     "<media:content url=\"/m.jpg\" width=\"500\"/></media:group>",
     "media: media_rss " + e + "l.jpg\n"},
    {"<media:group><media:content url=\"/s.jpg\" isDefault=\"true\" width=\"100\"/>"
     "<media:content url=\"/l.jpg\" width=\"900\"/><media:description>G</media:description></media:group>"
     "<media:content url=\"/x.jpg\"/>",
     "summary: G\nmedia: media_rss " + e + "s.jpg G\nmedia: media_rss " + e + "x.jpg\n"},
    {"<media:group><media:content url=\"/a\"/><media:content url=\"/b\"/></media:group>",
     "media: media_rss " + e + "a\n"},
    {"<title>t</title><media:group></media:group>", "title: t\n"},
    {"<media:group><media:title>no</media:title>"
     "<media:content url=\"https://v.example/v\" type=\"application/x-shockwave-flash\"/>"
     "<media:thumbnail url=\"https://v.example/t.jpg\"/><media:description>Of the video</media:description>"
     "</media:group>",
     "summary: Of the video\nmedia: media_rss https://v.example/t.jpg image/*\n"},
    // sizes of one picture
    {"<media:content width=\"140\" "
     "url=\"/a.jpg?w=140\"><media:description>A</media:description></media:content>"
     "<media:content width=\"460\" url=\"/a.jpg?w=460\"/><media:content width=\"90\" url=\"/a.jpg?w=90\"/>"
     "<media:content width=\"140\" url=\"/b.jpg?w=140\"/>",
     "media: media_rss " + e + "a.jpg?w=460 A\nmedia: media_rss " + e + "b.jpg?w=140\n"},
    {"<media:content url=\"/a.php?id=1\"/><media:content url=\"/a.php?id=2\"/>",
     "media: media_rss " + e + "a.php?id=1\nmedia: media_rss " + e + "a.php?id=2\n"},
    // thumbnails stand in
    {"<media:thumbnail url=\"/t.jpg\"/>", "media: media_rss " + e + "t.jpg image/*\n"},
    {"<media:thumbnail url=\"/t.jpg\"/><media:thumbnail url=\"/u.jpg\"/>",
     "media: media_rss " + e + "t.jpg image/*\n"},
    {"<media:thumbnail url=\"/t.jpg\"/><media:content url=\"/a.jpg\"/>", "media: media_rss " + e + "a.jpg\n"},
    {"<media:content url=\"/a.mp4\" type=\"video/mp4\"><media:thumbnail url=\"/t.jpg\"/>"
     "<media:description>A</media:description></media:content>",
     "media: media_rss " + e + "a.mp4 video/mp4 A\nmedia: media_rss " + e + "t.jpg image/*\n"},
    {"<media:content url=\"/a.jpg\" medium=\"image\"/><media:thumbnail url=\"/t.jpg\"/>"
     "<media:description>A</media:description>",
     "summary: A\nmedia: media_rss " + e + "a.jpg image/* A\n"},
    {"<media:thumbnail url=\"/t.jpg\"/><media:description>A</media:description>",
     "summary: A\nmedia: media_rss " + e + "t.jpg image/* A\n"},
    {"<media:content url=\"/a.mp3\"/><media:thumbnail url=\"/t.jpg\"/>"
     "<media:description>A</media:description>",
     "summary: A\nmedia: media_rss " + e + "a.mp3 A\nmedia: media_rss " + e + "t.jpg image/*\n"},
    {"<media:group><media:thumbnail url=\"/t.jpg\"/><media:description>A</media:description>"
     "<media:content url=\"/a\" medium=\"video\"/></media:group>",
     "summary: A\nmedia: media_rss " + e + "a video/* A\nmedia: media_rss " + e + "t.jpg image/*\n"},
    // Flash
    {"<media:content url=\"/f.swf\"><media:description>F</media:description></media:content>"
     "<media:content url=\"/a.jpg\"/>",
     "summary: F\nmedia: media_rss " + e + "a.jpg\n"},
    {"<media:content url=\"/f\" type=\" application/x-shockwave-flash\"><media:thumbnail url=\"/t.jpg\"/>"
     "<media:description>F</media:description></media:content>",
     "summary: F\nmedia: media_rss " + e + "t.jpg image/*\n"},
    // pictures in the text
    {"<description>&lt;img src=\"a.jpg\" alt=\"A\">d</description>",
     "summary: d\nmedia: content_image " + e + "blog/a.jpg A\n"},
    {"<description>&lt;img src=\"no.jpg\">d</description>"
     "<content:encoded>&lt;img src=\"a.jpg\">c</content:encoded>",
     "summary: d\ncontent: c\nmedia: content_image " + e + "blog/a.jpg\n"},
    // each once, with all that is said of it
    {"<enclosure url=\"/a.jpg\" type=\"image/jpeg\"/><media:content url=\"/a.jpg\" medium=\"image\"/>"
     "<description>&lt;img src=\"/a.jpg\" alt=\"A\">d</description>",
     "summary: d\nmedia: enclosure " + e + "a.jpg image/jpeg A\n"},
    {"<media:content url=\"/a.jpg\" medium=\"image\"/><enclosure url=\"/b.jpg\"/><itunes:image "
     "href=\"/c.jpg\"/>"
     "<description>&lt;img src=\"/d.jpg\">d</description>",
     "summary: d\nmedia: enclosure " + e + "b.jpg image/*\nmedia: media_rss " + e +
         "a.jpg image/*\nmedia: itunes_image " + e + "c.jpg image/*\nmedia: content_image " + e + "d.jpg\n"},
};

} // namespace

BOOST_AUTO_TEST_SUITE(media_of_items)

BOOST_DATA_TEST_CASE(are_chosen_and_described, media) {
    BOOST_TEST(only_item(rss_item(sample.inside)) == sample.lines);
}

BOOST_AUTO_TEST_CASE(an_enclosure_of_atom_goes_by_its_ending_too) {
    BOOST_TEST(only_item(atom_entry("<link rel=\"enclosure\" href=\"/a.jpeg\"/>")) ==
               "media: enclosure " + e + "a.jpeg image/*\n");
}

BOOST_AUTO_TEST_CASE(the_channels_picture_is_not_the_items) {
    BOOST_TEST(only_item(rss("<itunes:image href=\"/c.jpg\"/><media:thumbnail url=\"/d.jpg\"/>"
                             "<image><url>/e.jpg</url></image><item><title>t</title></item>")) ==
               "title: t\n");
}

BOOST_AUTO_TEST_CASE(their_number_is_bounded) {
    std::string many = "<title>t</title>";
    for (int i = 0; i < 1000; ++i) {
        const std::string n = std::to_string(i);
        many += "<enclosure url=\"/e" + n + "\"/><media:content url=\"/m" + n +
                "\"/><media:thumbnail url=\"/t" + n + "\"/><itunes:image href=\"/i" + n + "\"/><category>c" +
                n + "</category>";
    }
    const std::string item = only_item(rss_item(many));
    std::size_t media_count = 0;
    std::size_t categories = 0;
    for (std::size_t at = 0; (at = item.find('\n', at)) != std::string::npos; ++at) {
        media_count += item.compare(at + 1, 6, "media:") == 0 ? 1U : 0U;
        categories += item.compare(at + 1, 9, "category:") == 0 ? 1U : 0U;
    }
    BOOST_TEST(media_count == 32U);
    BOOST_TEST(categories == 64U);
}

BOOST_AUTO_TEST_SUITE_END()
