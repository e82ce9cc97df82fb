#include "feed/mender.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>

using crier::feed::Mender;

namespace {

struct Mending {
    std::string found;
    std::string mended;
    std::string trouble; ///< a part of what is said; empty: nothing is
};
std::ostream& operator<<(std::ostream& out, const Mending& mending) {
    return out << mending.found;
}

const Mending sound[] = {
    {"<a><b c=\"d\" e='f'>g</b><h/></a>", "<a><b c=\"d\" e='f'>g</b><h/></a>", ""},
    {"<a>&lt;&gt;&amp;&quot;&apos;&#8217;&#x2019;</a>", "<a>&lt;&gt;&amp;&quot;&apos;&#8217;&#x2019;</a>",
     ""},
    {"<a><![CDATA[<b>&nbsp;]]></a>", "<a><![CDATA[<b>&nbsp;]]></a>", ""},
    {"<a><![CDATA[]]></a>", "<a></a>", ""},
    {"<a/>", "<a></a>", ""},
    {"<a b=\"c\"/>", "<a b=\"c\"></a>", ""},
    {"<a:b xmlns:a=\"c\"></a:b>", "<a:b xmlns:a=\"c\"></a:b>", ""},
    {"<a></a\n>", "<a></a>", ""},
    {"<a><b c=\"x > y\"/></a>", "<a><b c=\"x > y\"/></a>", ""},
    // what nobody misses
    {"<?xml version=\"1.0\"?>\n<!-- c --><a>b</a>\n", "<a>b</a>", ""},
    {"<a>b<!-- <c> & -->d<?php <e> ?>f</a>", "<a>bdf</a>", ""},
    {"<!DOCTYPE a PUBLIC \"-//X//Y\" \"http://x.example/a.dtd\"><a/>", "<a></a>", ""},
    {"<!DOCTYPE a [<!ENTITY b \"c>d\"><!-- ' --><!ELEMENT a (#PCDATA)>]><a>&b;</a>", "<a>c>d</a>", ""},
    {"<!DOCTYPE a \"x><a>b</a>", "<a>b</a>", ""},
};

const Mending to_mend[] = {
    {"<a>AT&T, R & D, &, &;</a>", "<a>AT&amp;T, R &amp; D, &amp;, &amp;;</a>", "4 places"},
    {"<a>?a=1&copy=2&amp=3</a>", "<a>?a=1&amp;copy=2&amp;amp=3</a>", "begins no reference"},
    {"<a>&nbsp;&eacute;&unknown;</a>", "<a>\xc2\xa0é&amp;unknown;</a>", "reference to HTML's"},
    {"<a>&#150;&#8217 x&#0;&#7;&#xD800;</a>", "<a>–’ x</a>", "no character of XML"},
    {"<a>&LT;b&GT;&AMP;</a>", "<a>&#60;b&#62;&#38;</a>", "HTML's"},
    {"<a>1 < 2 <3 <</a>", "<a>1 &lt; 2 &lt;3 &lt;</a>", "'<' that begins no tag"},
    {"<a>b]]>c</a>", "<a>bc</a>", "CDATA section that was not begun"},
    {"<a>b\x01\x1b\x7f</a>", "<a>b  \x7f</a>", "control character"},
    {"<a><![CDATA[b<![CDATA[c]]>]]></a>", "<a><![CDATA[bc]]></a>", "CDATA section in a CDATA"},
    {"<a b=\"\x01\"/>", "<a b=\" \"></a>", "control character"},
    {"<a><![CDATA[b\x02]]></a>", "<a><![CDATA[b ]]></a>", "control character"},
    // elements
    {"<a><b><c></a>", "<a><b><c></c></b></a>", "not closed"},
    {"<a></b></a>", "<a></a>", "not begun"},
    {"<a><b><c></b></c></a>", "<a><b><c></c></b></a>", "2 places"},
    {"<a></a></a>", "<a></a>", ""},
    {"<a></a><b>c</b>", "<a><b>c</b></a>", ""},
    {"junk<a>b</a>junk<!-- c -->", "<a>b</a>", ""},
    {"<a><item>1<item>2</a>", "<a><item>1</item><item>2</item></a>", "an item that is not closed"},
    {"<a><x:entry><b>1<x:entry>2</a>", "<a><x:entry><b>1</b></x:entry><x:entry>2</x:entry></a>",
     "an item that"},
    // attributes
    {"<a b=c/>", "<a b=\"c\"></a>", "a tag that is not written"},
    {"<a b=c/d></a>", "<a b=\"c/d\"></a>", ""},
    {"<a b></a>", "<a b=\"b\"></a>", ""},
    {"<a b = \"c\"></a>", "<a b=\"c\"></a>", ""},
    {"<a b=\"c\"d='e'></a>", "<a b=\"c\" d=\"e\"></a>", ""},
    {"<a b=\"c\" b=\"d\"></a>", "<a b=\"c\"></a>", ""},
    {"<a b=c b=d></a>", "<a b=\"c\"></a>", ""},
    {"<a b='1 < 2 \"x\"'></a>", "<a b=\"1 &lt; 2 &quot;x&quot;\"></a>", ""},
    {"<a b=\"x&y&amp;&nbsp;z\"></a>", "<a b=\"x&amp;y&amp;\xc2\xa0z\"></a>", ""},
    {"<a b=\"c/><d>e</d>\"", "<a b=\"c\"><d>e</d></a>", ""},
    {"<a b=\"c>d</a>\"", "<a b=\"c\">d</a>", ""},
    {"<a 1=\"x\" \" = b=\"c\"></a>", "<a b=\"c\"></a>", ""},
    {"<a b=\"c\" <d>e</d></a>", "<a b=\"c\"><d>e</d></a>", ""},
    {"<a:b:c d:e:f=\"g\"/>", "<a:b:c></a:b:c>", ""},
};

const Mending cut[] = {
    {"", "", ""},
    {"<", "", ""},
    {"<a", "", ""},
    {"<a b=\"c", "", ""},
    {"<a>b", "<a>b", ""},
    {"<a>b<", "<a>b&lt;", ""},
    {"<a>b</", "<a>b", ""},
    {"<a>b</a", "<a>b", ""},
    {"<a><b>c</b", "<a><b>c", ""},
    {"<a><![CDATA[b", "<a>b", ""},
    {"<a><![CDATA[b]]", "<a>b]]", ""},
    {"<a>b<!-- c", "<a>b", ""},
    {"<!DOCTYPE a [", "", ""},
};

/// All of it, in pieces as small as they come.
std::string mended(Mender& mender) {
    std::string out;
    while (mender.next(out, 1)) {
    }
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(mending_xml)

BOOST_DATA_TEST_CASE(what_is_sound_stays_as_it_is, sound) {
    Mender mender{sample.found};
    BOOST_TEST(mended(mender) == sample.mended);
    BOOST_TEST(mender.complete());
    BOOST_TEST(mender.trouble().empty() == sample.trouble.empty(), mender.trouble());
}

BOOST_DATA_TEST_CASE(what_is_broken_is_mended, to_mend) {
    Mender mender{sample.found};
    BOOST_TEST(mended(mender) == sample.mended);
    BOOST_TEST(mender.complete());
    BOOST_TEST(mender.trouble().find(sample.trouble) != std::string::npos, mender.trouble());
    Mender again{sample.mended};
    BOOST_TEST(mended(again) == sample.mended);
}

BOOST_DATA_TEST_CASE(what_is_cut_off_is_not_completed, cut) {
    Mender mender{sample.found};
    BOOST_TEST(mended(mender) == sample.mended);
    BOOST_TEST(!mender.complete());
}

BOOST_AUTO_TEST_CASE(it_says_where) {
    Mender mender{"<a>\n<b>\nR & D</b>\n<b>&nbsp;</b></a>"};
    (void)mended(mender);
    BOOST_TEST(mender.trouble() ==
               "the XML is not as XML must be (line 3: an '&' that begins no reference; 2 places in "
               "all); it was read as it is most likely meant");
    Mender cut_off{"<a>\n<b>\n</b><c>\n"};
    (void)mended(cut_off);
    BOOST_TEST(cut_off.end() == "in line 4, inside <c>");
}

BOOST_AUTO_TEST_CASE(long_texts_come_in_pieces_that_add_up) {
    const std::string text = [] {
        std::string out;
        while (out.size() < 300'000)
            out += "größer &amp; ";
        return out;
    }();
    for (const std::string& document : {"<a>" + text + "</a>", "<a><![CDATA[" + text + "]]></a>",
                                        "<a>" + std::string(200'000, 'x') + "&nbsp;</a>"}) {
        Mender mender{document};
        std::string out;
        std::string part;
        for (bool more = true; more;) {
            part.clear();
            more = mender.next(part, 1000);
            BOOST_TEST(part.size() < 100'000U);
            BOOST_TEST((part.empty() || (static_cast<unsigned char>(part.front()) & 0xC0U) != 0x80U));
            out += part;
        }
        for (auto seam = out.find("]]><![CDATA["); seam != std::string::npos; seam = out.find("]]><![CDATA["))
            out.erase(seam, 12);
        std::string expected = document;
        if (const auto blank = expected.find("&nbsp;"); blank != std::string::npos)
            expected.replace(blank, 6, "\xc2\xa0");
        BOOST_TEST((out == expected));
    }
}

BOOST_AUTO_TEST_CASE(depth_is_bounded) {
    std::string document;
    for (int i = 0; i < 100'000; ++i)
        document += "<a>";
    document += "x";
    for (int i = 0; i < 100'000; ++i)
        document += "</a>";
    Mender mender{document};
    const std::string out = mended(mender);
    BOOST_TEST(out.size() < 1000U);
    BOOST_TEST(mender.complete());
    BOOST_TEST(mender.trouble().find("nested too deeply") != std::string::npos);
}

// Where the time grows with the square of the size, these take minutes, and CTest ends them.
BOOST_AUTO_TEST_CASE(the_time_is_linear_in_the_size) {
    constexpr std::size_t times = 300'000;
    for (const char* part : {"<a>",
                             "</a>",
                             "<a b=\"",
                             "<a b='<",
                             "<a b=c",
                             "<![",
                             "<!DOCTYPE [",
                             "<!\"",
                             "<?",
                             "<!--",
                             "&",
                             "&#x1",
                             "]]>",
                             "<![CDATA[",
                             "<![CDATA[]]>",
                             "<item>",
                             "<a x=\"1\" ",
                             "<!DOCTYPE a [<!ENTITY b 'c'>]>",
                             "<a b=“c”>",
                             "&b;",
                             "</A>",
                             "x=\"1\" ",
                             "<a b=\"&\">",
                             "\x01",
                             "<a b=\"\x01\">",
                             "<a b=\"c d=\"e ",
                             "<![cdata[",
                             "&#11111",
                             "</a b='"}) {
        std::string document = "<r>";
        for (std::size_t i = 0; i < times; ++i)
            document += part;
        Mender mender{document};
        (void)mended(mender);
        Mender prolog{std::string_view{document}.substr(3)};
        (void)mended(prolog);
    }
}

BOOST_AUTO_TEST_SUITE_END()
