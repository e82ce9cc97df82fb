#include "sandbox/content/html.hpp"

#include "holds.hpp"
#include "sandbox/content/errors_html.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace crier::sandbox;
using crier::sandbox::test::holds;

namespace {

std::string link(std::string_view url, std::string_view prefix, std::string_view shown,
                 std::string_view rest = "") {
    return "<a href=\"" + std::string(url) +
           "\" target=\"_blank\" rel=\"nofollow noopener\" translate=\"no\"><span class=\"invisible\">" +
           std::string(prefix) + "</span><span class=\"" + (rest.empty() ? "" : "ellipsis") + "\">" +
           std::string(shown) + "</span><span class=\"invisible\">" + std::string(rest) + "</span></a>";
}

} // namespace

BOOST_AUTO_TEST_SUITE(sandbox_html)

BOOST_AUTO_TEST_CASE(everything_that_html_means_something_by_is_escaped) {
    BOOST_TEST(escape_html("<b a='1' c=\"2\">&amp;") == "&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;amp;");
    BOOST_TEST(status_html("<script>alert('x')</script>") ==
               "<p>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;</p>");
}

BOOST_AUTO_TEST_CASE(lines_and_paragraphs) {
    BOOST_TEST(status_html("") == "");
    BOOST_TEST(status_html("  \n ") == "");
    BOOST_TEST(status_html("a") == "<p>a</p>");
    BOOST_TEST(status_html("a\nb") == "<p>a<br />b</p>");
    BOOST_TEST(status_html("a\r\nb\rc") == "<p>a<br />b<br />c</p>");
    BOOST_TEST(status_html("a\n\nb\n\n\nc\n") == "<p>a</p><p>b</p><p>c</p>");
    BOOST_TEST(status_html("a\r\n\r\nb") == "<p>a</p><p>b</p>");
}

BOOST_AUTO_TEST_CASE(links_are_shown_short) {
    BOOST_TEST(status_html("https://example.org/") ==
               "<p>" + link("https://example.org/", "https://", "example.org/") + "</p>");
    BOOST_TEST(status_html("http://www.example.org") ==
               "<p>" + link("http://www.example.org", "http://www.", "example.org") + "</p>");
    const std::string thirty = "example.org/345678901234567890";
    BOOST_TEST(status_html("https://" + thirty) ==
               "<p>" + link("https://" + thirty, "https://", thirty) + "</p>");
    BOOST_TEST(status_html("https://" + thirty + "1x") ==
               "<p>" + link("https://" + thirty + "1x", "https://", thirty, "1x") + "</p>");
    BOOST_TEST(status_html("gemini://example.org") ==
               "<p>" + link("gemini://example.org", "", "gemini://example.org") + "</p>");
    BOOST_TEST(status_html("https://example.org/a&b\"c.") ==
               "<p>" + link("https://example.org/a&amp;b&quot;c", "https://", "example.org/a&amp;b&quot;c") +
                   ".</p>");
    // Letters, not bytes, are counted: none is cut in two.
    const std::string wide = "https://example.org/üüüüüüüüüüüüüüüüüüüü";
    BOOST_TEST(holds(status_html(wide), "example.org/üüüüüüüüüüüüüüüüüü</span>"));
    BOOST_TEST(!holds(status_html("javascript:alert(1) http://localhost/"), "<a"));
}

BOOST_AUTO_TEST_CASE(mentions) {
    BOOST_TEST(status_html("@user", "http://127.0.0.1:3000") ==
               "<p><span class=\"h-card\" translate=\"no\"><a href=\"http://127.0.0.1:3000/@user\" "
               "class=\"u-url mention\">@<span>user</span></a></span></p>");
    BOOST_TEST(status_html("Hi @user@example.org!") ==
               "<p>Hi <span class=\"h-card\" translate=\"no\"><a href=\"https://example.org/@user\" "
               "class=\"u-url mention\">@<span>user</span></a></span>!</p>");
}

BOOST_AUTO_TEST_CASE(hashtags) {
    const auto tag = [](const std::string& name) {
        return "<a href=\"/tags/" + name + "\" class=\"mention hashtag\" rel=\"tag\">#<span>" + name +
               "</span></a>";
    };
    BOOST_TEST(status_html("#tag") == "<p>" + tag("tag") + "</p>");
    BOOST_TEST(status_html("#Grüße, (#a_b)") == "<p>" + tag("Grüße") + ", (" + tag("a_b") + ")</p>");
    BOOST_TEST(status_html("#1a") == "<p>" + tag("1a") + "</p>");
    BOOST_TEST(status_html("#2024_01") == "<p>" + tag("2024_01") + "</p>");
    BOOST_TEST(status_html("#l·l.") == "<p>" + tag("l·l") + ".</p>");
    BOOST_TEST(status_html("#naïve-ish") == "<p>" + tag("naïve") + "-ish</p>");
    for (const std::string_view none :
         {"#1", "#2024", "#", "# tag", "a#tag", "/#tag", ")#tag", "=#tag", "#_1_"})
        BOOST_TEST(status_html(none) == "<p>" + std::string(none) + "</p>");
    BOOST_TEST(!holds(status_html("https://example.org/#tag"), "hashtag"));
}

BOOST_AUTO_TEST_CASE(pages_of_a_proxy) {
    for (const int status : {404, 413, 500, 502, 503, 504}) {
        const std::string page = error_page(status);
        BOOST_TEST(page.starts_with("<!doctype html>"));
        BOOST_TEST(holds(page, "<title>" + std::to_string(status) + " "));
        BOOST_TEST(page.ends_with("</html>\r\n"));
    }
    BOOST_TEST(holds(error_page(502), "502 Bad Gateway"));
    BOOST_TEST(holds(error_page(418), "418 "));
}

BOOST_AUTO_TEST_SUITE_END()
