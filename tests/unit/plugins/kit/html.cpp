#include "kit/html_text.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <ostream>
#include <string>

using namespace crier;
using kit::Form;
using kit::to_line;
using kit::to_lines;

namespace {

struct Text {
    std::string written;
    std::string plain;
};
std::ostream& operator<<(std::ostream& out, const Text& text) {
    return out << text.written;
}

const Text html[] = {
    {"<p>One</p><p>Two</p>", "One\n\nTwo"},
    {"<p>One<p>Two", "One\n\nTwo"},
    {"  <p> One \n two </p>\n\n\n <p> Three </p> ", "One two\n\nThree"},
    {"One<br>two<br/>three<br />four", "One\ntwo\nthree\nfour"},
    {"One<br><br><br><br>two", "One\n\ntwo"},
    {"<div>One</div><div>two</div>", "One\ntwo"},
    {"<h1>Head</h1>Text", "Head\n\nText"},
    {"Fruit:<ul><li>Apple</li><li>Pear</li></ul>Done", "Fruit:\n\n• Apple\n• Pear\n\nDone"},
    {"<ul><li>Apple<li>Pear</ul>", "• Apple\n• Pear"},
    {"<ol><li>One</li><li>Two</li></ol><ol><li>One</li></ol>", "1. One\n2. Two\n\n1. One"},
    {"<ul><li>A<ol><li>B</li></ol></li><li>C</li></ul>", "• A\n1. B\n• C"},
    {"<ul><li></li><li> </li><li>A</li></ul>", "• A"},
    {"<ul><li><p>A</p></li></ul>", "• A"},
    {"See <a href=\"https://example.org/?a=1&amp;b\">the <b>report</b></a>.", "See the report."},
    {"a<b>b</b>c<i> d</i>", "abc d"},
    {"<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "1 2\n3"},
    {"<blockquote><p>Said</p></blockquote>", "Said"},
    {"<pre>if x:\n    y()\n\n\n\nz</pre>", "if x:\n    y()\n\nz"},
    {"a<script>alert('<b>')</script>b", "ab"},
    {"a<SCRIPT type=x>1</ScRiPt >b", "ab"},
    {"a<style>p > b {}</style>b<svg><text>x</text></svg><iframe src=x>no</iframe>", "ab"},
    {"a<script>never closed <p>x</p>", "a"},
    {"a<!-- no <b> --><!doctype html><?php no ?>b", "ab"},
    {"a<!-- never closed <b>", "a"},
    {"<![CDATA[a]]>b]]>", "ab]]>"},
    {"a &amp; b &lt;c&gt; &quot;d&quot; &#39;e&#39;", "a & b <c> \"d\" 'e'"},
    {"&eacute;&Eacute;&euro;&hellip;&mdash;&rsquo;", "éÉ€…—’"},
    {"&#8217;&#x2019;&#X2019;", "’’’"},
    {"&#128;&#133;&#145;&#146;&#147;&#148;&#150;&#151;&#159;", "€…‘’“”–—Ÿ"},
    {"&#0;&#xD800;&#1114112;&#99999999999999;", "����"},
    {"a&#7;b&#27;c", "abc"},
    {"AT&T, R&D, a & b, &, &&, &;, &#;, &#x;, &unknown;",
     "AT&T, R&D, a & b, &, &&, &;, &#;, &#x;, &unknown;"},
    {"&copy 2026 &amp x", "© 2026 & x"},
    {"?a=1&copy=2&sum=3&num;", "?a=1&copy=2&sum=3#"},
    {"10&nbsp;km, so\xc2\xa0weit, Donau&shy;dampf\xc2\xadschiff", "10 km, so weit, Donaudampfschiff"},
    {"a &nbsp;&nbsp; b", "a b"},
    {"&amp;lt;b&amp;gt;", "&lt;b&gt;"}, // once, not twice
    {"1 < 2, 3 > 2, <3, <-, < b>", "1 < 2, 3 > 2, <3, <-, < b>"},
    {"<a title=\"x > y\">z</a>", "z"},
    {"<my-widget>w</my-widget> <o:p>o</o:p>", "w o"},
    {"text <a href=\"https://exam", "text"},
    {"text <b", "text"},
    {"text </", "text </"},
    {"text <", "text <"},
    {"Hello <img class=\"wp-smiley\" src=\"https://s.example/1.png\" alt=\"🙂\"> world",
     "Hello 🙂 world"},
    {"a\x01\x1b[31mb", "a[31mb"},
    {"", ""},
    {" \n ", ""},
    {"<p></p>", ""},
    {"日本語<br>テキスト", "日本語\nテキスト"},
};

const Text guessed[] = {
    {"1 <x and <br>2", "1 2"}, // the first is only a character, and still the reader takes it for a tag
    {"Plain", "Plain"},
    {"AT&T &amp; more", "AT&T & more"},
    {"1 < 2 and 3 > 2", "1 < 2 and 3 > 2"},
    {"std::vector<int> explained", "std::vector<int> explained"},
    {"How the <b> element works", "How the <b> element works"},
    {"<b>Bold</b> title", "Bold title"},
    {"It&#8217;s &lt;div&gt;", "It’s <div>"},
    {"Two<br>lines", "Two\nlines"},
    {"See <a href=\"x\">this", "See this"},
    {"wrapped\nby the generator", "wrapped by the generator"},
    {"One paragraph\n\nand\n\n\n\nanother", "One paragraph\n\nand\n\nanother"},
    {"jo@example.org <Jo>", "jo@example.org <Jo>"},
};

const Text plain[] = {
    {"AT&amp;T <b>not bold</b>", "AT&amp;T <b>not bold</b>"},
    {"one\ntwo  three\n\n\n\nfour\r\nfive\rsix \n", "one\ntwo three\n\nfour\nfive\nsix"},
};

const Text lines[] = {
    {"<p>One</p>\n<p>two</p>", "One two"},
    {"<ul><li>a</li><li>b</li></ul>", "a b"},
    {"  a \n\n b ", "a b"},
};

struct Picture {
    std::string html;
    std::string found; ///< "url alt", several with ", " between
};
std::ostream& operator<<(std::ostream& out, const Picture& picture) {
    return out << picture.html;
}

const Picture pictures[] = {
    {"<img src=\"a.jpg\" alt=\"A harbour\">", "https://example.org/x/a.jpg A harbour"},
    {"<IMG ALT='A &amp; B' SRC = '/a.jpg' />", "https://example.org/a.jpg A & B"},
    {"<img src=//cdn.example/a.jpg>", "https://cdn.example/a.jpg "},
    {"<img alt=\"two\nlines\" src=a.jpg>", "https://example.org/x/a.jpg two lines"},
    {"<a href=b><img src=a.jpg></a><img src=b.jpg>",
     "https://example.org/x/a.jpg , https://example.org/x/b.jpg "},
    {"<img src=\"https://t.example/p.gif\" width=\"1\" height=\"1\">", ""},
    {"<img src=\"https://t.example/p.gif\" height=0>", ""},
    {"<img src=\"data:image/gif;base64,AAAA\">", ""},
    {"<img alt=none>", ""},
    {"<img data-src=x.jpg src=>", "https://example.org/x/x.jpg "},
    {"<script><img src=a.jpg></script>", ""},
};

} // namespace

BOOST_AUTO_TEST_SUITE(html_as_text)

BOOST_DATA_TEST_CASE(html_is_read, html) {
    BOOST_TEST(to_lines(sample.written, Form::html) == sample.plain);
}

BOOST_DATA_TEST_CASE(what_rss_does_not_say_is_guessed, guessed) {
    BOOST_TEST(to_lines(sample.written, Form::guess) == sample.plain);
}

BOOST_DATA_TEST_CASE(plain_text_stays_what_it_is, plain) {
    BOOST_TEST(to_lines(sample.written, Form::plain) == sample.plain);
}

BOOST_DATA_TEST_CASE(on_one_line, lines) {
    BOOST_TEST(to_line(sample.written, Form::html) == sample.plain);
}

BOOST_DATA_TEST_CASE(pictures_are_found, pictures) {
    std::vector<sdk::Media> images;
    (void)to_lines(sample.html, Form::html, "https://example.org/x/", &images);
    std::string found;
    for (const sdk::Media& image : images) {
        BOOST_TEST(image.from == "content_image");
        found += (found.empty() ? "" : ", ") + image.url + " " + image.alt;
    }
    BOOST_TEST(found == sample.found);
}

BOOST_AUTO_TEST_CASE(only_the_first_pictures_are_taken) {
    std::string many;
    for (int i = 0; i < 100; ++i)
        many += "<img src=" + std::to_string(i) + ".jpg>";
    std::vector<sdk::Media> images;
    (void)to_lines(many, Form::html, "https://example.org/", &images);
    BOOST_TEST(images.size() == 8U);
}

// Where the time grows with the square of the size, these take minutes, and CTest ends them.
BOOST_AUTO_TEST_CASE(the_time_is_linear_in_the_size) {
    constexpr std::size_t times = 300'000;
    for (const char* part : {"<b>",
                             "<a b=\"",
                             "<a b='<",
                             "<a b='>\"",
                             "<!--",
                             "</p>",
                             "<script></",
                             "<ol><li>",
                             "&#x",
                             "&amp",
                             "<",
                             "<a",
                             "<a ",
                             "<a b='<a c=\"'>",
                             "<svg><",
                             " \n",
                             "<pre>\n ",
                             "<img src=a ",
                             "<![CDATA[",
                             "<video>",
                             "<canvas></",
                             "<q>",
                             "<ol start=9><li value=8>",
                             "<img srcset='a 1w, b 2w,'>",
                             "<img data-src=a style='",
                             "<b style=\"display:none\">",
                             "<i style=\"display:none\"><i></i>",
                             "<x style=\"display:none\">",
                             "\u200b",
                             "\xef\xbb",
                             "<![CDATA[a]]>"}) {
        std::string text;
        for (std::size_t i = 0; i < times; ++i)
            text += part;
        (void)to_lines(text, Form::html);
        (void)to_lines(text, Form::guess);
    }
}

BOOST_AUTO_TEST_SUITE_END()
