#include "sandbox/content/markup.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::sandbox;

BOOST_AUTO_TEST_SUITE(sandbox_markup)

BOOST_AUTO_TEST_CASE(markdown_is_told_from_plain_text) {
    const std::pair<const char*, const char*> cases[] = {
        {"**bold**", "<p><strong>bold</strong></p>"},
        {"a *b* _c_ `d<e`", "<p>a <em>b</em> <em>c</em> <code>d&lt;e</code></p>"},
        {"**a *b* c**", "<p><strong>a <em>b</em> c</strong></p>"},
        {"[site](https://a.example/?x=1&y=2)", "<p><a href=\"https://a.example/?x=1&amp;y=2\" rel=\"nofollow "
                                               "noopener\" target=\"_blank\">site</a></p>"},
        {"[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"},
        {"snake_case_name 2*3*4", "<p>snake_case_name 2*3*4</p>"},
        {"** not bold ** and *", "<p>** not bold ** and *</p>"},
        {"one\n\ntwo\nthree", "<p>one</p><p>two<br />three</p>"},
        {"<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"},
    };
    for (const auto& [text, html] : cases)
        BOOST_TEST(formatted_html(text, "text/markdown") == html, text);
}

BOOST_AUTO_TEST_CASE(html_is_what_is_harmless_of_it) {
    const std::pair<const char*, const char*> cases[] = {
        {"<b>x</b> & y &amp; z", "<b>x</b> &amp; y &amp; z"},
        {"<p>one<br>two", "<p>one<br />two</p>"},
        {"<script>alert(1)</script><B onclick=\"x()\">y", "alert(1)<b>y</b>"},
        {"<a href=\"https://a.example/\" onclick=\"x\">y</a>",
         "<a href=\"https://a.example/\" rel=\"nofollow noopener\" target=\"_blank\">y</a>"},
        {"<a href=\"javascript:x\">y</a>", "<a>y</a>"},
        {"<em><b>x</em></b>", "<em><b>x</b></em>"},
        {"a < b", "a &lt; b"},
        {"</p>x<img src=x onerror=y>", "x"},
    };
    for (const auto& [text, html] : cases)
        BOOST_TEST(formatted_html(text, "text/html") == html, text);
    BOOST_TEST(formatted_html("**x**", "text/plain") == "<p>**x**</p>");
    BOOST_TEST(formatted_html("", "text/markdown").empty());
}

BOOST_AUTO_TEST_SUITE_END()
