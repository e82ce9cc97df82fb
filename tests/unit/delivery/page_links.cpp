// The links of an account's statuses, as items of a source may have them.
#include "core/delivery/page_links.hpp"

#include "core/shorteners.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::delivery;

namespace {

SeenStatus with(std::vector<std::string> links, std::string card = {}) {
    SeenStatus status;
    status.text = "words";
    status.url = "https://m.example/@news/1";
    status.links = std::move(links);
    status.card = std::move(card);
    return status;
}

std::string listed(const std::vector<SeenStatus>& statuses) {
    std::string text;
    for (const PageLink& link : links_of(statuses))
        text += (text.empty() ? "" : " ") + link.link + (link.shortened ? "*" : "");
    return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(delivery_page_links)

BOOST_AUTO_TEST_CASE(each_link_is_there_once_with_the_oldest_status_that_has_it) {
    SeenStatus old = with({"https://a.example/1?utm_source=x"});
    old.text = "The\nfirst";
    const auto links = links_of({with({"https://b.example/", "http://A.example/1/"}), old});
    BOOST_REQUIRE(links.size() == 2U);
    BOOST_TEST(links[0].link == "https://a.example/1?utm_source=x");
    BOOST_TEST(links[0].words == "The first");
    BOOST_TEST(links[0].status == "https://m.example/@news/1");
    BOOST_TEST(links[1].link == "https://b.example/");
}

BOOST_AUTO_TEST_CASE(a_preview_tells_where_a_link_ends) {
    BOOST_TEST(listed({with({"https://t.co/x"}, "https://a.example/1")}) == "https://a.example/1");
    // Of the first link alone; and what redirects without being a shortener counts twice.
    BOOST_TEST(listed({with({"https://t.co/x", "https://bit.ly/y"}, "https://a.example/1")}) ==
               "https://bit.ly/y* https://a.example/1");
    BOOST_TEST(listed({with({"https://a.example/old"}, "https://a.example/new")}) ==
               "https://a.example/old https://a.example/new");
    BOOST_TEST(listed({with({"https://t.co/x"}, "https://t.co/x")}) == "https://t.co/x*");
}

BOOST_AUTO_TEST_CASE(links_that_a_server_leaves_as_text_count_and_boosts_do_not) {
    SeenStatus plain = with({});
    plain.text = "see https://example.org/1 and gemini://b.example/";
    SeenStatus boost = with({"https://c.example/"});
    boost.boost = true;
    BOOST_TEST(listed({plain, boost, with({"gemini://d.example/"})}) == "https://example.org/1");
}

BOOST_AUTO_TEST_CASE(shorteners_are_known_by_their_host_alone) {
    for (const char* link :
         {"https://t.co/abc", "http://BIT.LY/x?y", "https://www.tinyurl.com/a", "https://bit.ly:443/x"})
        BOOST_TEST(is_shortened(link), link);
    for (const char* link : {"https://example.org/t.co", "https://not-t.co/", "https://t.co.example/", ""})
        BOOST_TEST(!is_shortened(link), link);
}

BOOST_AUTO_TEST_SUITE_END()
