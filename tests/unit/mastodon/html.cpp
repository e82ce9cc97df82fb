#include "mastodon/html.hpp"

#include "core/text/plain.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using crier::mastodon::plain_of_html;

namespace {

std::string line_of(const std::string& html) {
    return text::one_line(plain_of_html(html).text);
}

using Links = std::vector<std::string>;

} // namespace

BOOST_AUTO_TEST_SUITE(mastodon_html)

BOOST_AUTO_TEST_CASE(paragraphs_and_references_become_text) {
    BOOST_TEST(line_of("<p>One<br />Two</p><p>&lt;Three&gt; &amp; &quot;four&quot; &#39;five&#x27;</p>") ==
               "One Two <Three> & \"four\" 'five'");
    BOOST_TEST(line_of("<p>a &amp;amp; b</p>") == "a &amp; b"); // decoded once
    BOOST_TEST(line_of("<p>Gr&#252;&#xDF;e &#x1F600;</p>") == "Gr\xC3\xBC\xC3\x9F"
                                                              "e \xF0\x9F\x98\x80");
}

BOOST_AUTO_TEST_CASE(a_shortened_link_comes_back_in_full) {
    const auto plain = plain_of_html(
        "<p>Read <a href=\"https://www.example.org/a/very/long/path?x=1&amp;y=2\" target=\"_blank\" "
        "rel=\"nofollow "
        "noopener\" translate=\"no\"><span class=\"invisible\">https://www.</span><span "
        "class=\"ellipsis\">example"
        ".org/a/very/long</span><span class=\"invisible\">/path?x=1&amp;y=2</span></a> now</p>");
    BOOST_TEST(text::one_line(plain.text) == "Read https://www.example.org/a/very/long/path?x=1&y=2 now");
    BOOST_TEST((plain.links == Links{"https://www.example.org/a/very/long/path?x=1&y=2"}));
}

BOOST_AUTO_TEST_CASE(mentions_and_hashtags_are_as_they_are_shown) {
    const auto plain = plain_of_html(
        "<p><span class=\"h-card\" translate=\"no\"><a href=\"https://else.example/@friend\" class=\"u-url "
        "mention\">@<span>friend</span></a></span> <a href=\"https://m.example/tags/Art\" class=\"mention "
        "hashtag\" "
        "rel=\"tag\">#<span>Art</span></a> <a href='https://pl.example/tag/x' class='hashtag' rel='tag "
        "ugc'>#x</a></p>");
    BOOST_TEST(text::one_line(plain.text) == "@friend #Art #x");
    BOOST_TEST(plain.links.empty());
}

BOOST_AUTO_TEST_CASE(what_is_no_html_is_text_and_nothing_is_read_beyond_the_end) {
    for (const std::string html : {"a < b", "1 <2", "a <", "a &", "a &nosuch; b", "a &#; b", "a &#xD800; b"})
        BOOST_TEST(line_of(html) == html);
    BOOST_TEST(line_of("a <b") == "a <b"); // a tag that never ends
    BOOST_TEST(line_of("<a href=\"https://e.example") == "<a href=\"https://e.example");
    BOOST_TEST(line_of("<a href>x</a><a href= >y</a><a =\"\">z</a>") == "xyz");
    const std::string hostile = [] {
        std::string many;
        for (int i = 0; i < 20000; ++i)
            many += "<a \"";
        return many;
    }();
    BOOST_TEST(plain_of_html(hostile).text.size() == hostile.size());
}

BOOST_AUTO_TEST_SUITE_END()
