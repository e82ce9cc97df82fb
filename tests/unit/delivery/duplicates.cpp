// What is on a page twice: by words, or by the only link.
#include "core/delivery/duplicates.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::delivery;
using By = Duplicate::By;

namespace {

/// A page's statuses, written oldest first.
struct Page {
    std::vector<SeenStatus> statuses;

    SeenStatus& add(std::string text, std::vector<std::string> links = {}) {
        SeenStatus status;
        status.id = std::to_string(statuses.size() + 1);
        status.text = std::move(text);
        status.links = std::move(links);
        statuses.insert(statuses.begin(), std::move(status));
        return statuses.front();
    }
    std::vector<Duplicate> found() const { return duplicates(statuses); }
    /// The ids of a group, oldest first.
    std::string ids(const Duplicate& group) const {
        std::string text;
        for (const std::size_t at : group.statuses)
            text += (text.empty() ? "" : " ") + statuses[at].id;
        return text;
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(delivery_duplicates)

BOOST_AUTO_TEST_CASE(the_same_words_are_twice_whatever_the_server_made_of_them) {
    Page page;
    page.add("Good news from @bob@other.example\nhttps://a.example/1?utm_source=one",
             {"https://a.example/1?utm_source=one"});
    page.add("something else");
    page.add("good  NEWS from @bob\n\nhttp://A.example/1/", {"http://A.example/1/"});
    const auto found = page.found();
    BOOST_REQUIRE(found.size() == 1U);
    BOOST_TEST((found[0].by == By::text));
    BOOST_TEST(page.ids(found[0]) == "1 3");
    BOOST_TEST(found[0].what == "Good news from @bob@other.example https://a.example/1?utm_source=one");
}

BOOST_AUTO_TEST_CASE(the_same_link_in_other_words_is_weaker_and_says_so) {
    Page page;
    page.add("Title https://a.example/1", {"https://a.example/1"});
    page.add("Corrected title https://a.example/1", {"https://a.example/1"});
    page.add("Corrected title https://a.example/1", {"https://a.example/1"});
    const auto found = page.found();
    BOOST_REQUIRE(found.size() == 2U);
    BOOST_TEST((found[0].by == By::link));
    BOOST_TEST(found[0].what == "a.example/1");
    BOOST_TEST(page.ids(found[0]) == "1 2");
    BOOST_TEST((found[1].by == By::text));
    BOOST_TEST(page.ids(found[1]) == "2 3");
}

BOOST_AUTO_TEST_CASE(one_of_several_links_makes_no_duplicate) {
    Page page;
    page.add("a", {"https://a.example/1", "https://home.example/"});
    page.add("b", {"https://a.example/2", "https://home.example/"});
    BOOST_TEST(page.found().empty());
}

BOOST_AUTO_TEST_CASE(boosts_and_replies_are_none) {
    Page page;
    page.add("thank you");
    page.add("thank you").in_reply_to = "7";
    page.add("thank you").boost = true;
    BOOST_TEST(page.found().empty());
}

BOOST_AUTO_TEST_CASE(pictures_without_words_are_compared_with_nothing_and_their_number_counts) {
    Page page;
    page.add("").media = {"m1"};
    page.add("").media = {"m2"};
    page.add("#art").media = {"m3"};
    page.add("#art");
    BOOST_TEST(page.found().empty());
}

BOOST_AUTO_TEST_CASE(a_warning_that_a_server_moved_into_the_text_is_the_same_words) {
    Page page;
    page.add("").spoiler_text = "Spiders";
    page.add("Spiders");
    page.add("Spiders").spoiler_text = "Animals";
    const auto found = page.found();
    BOOST_REQUIRE(found.size() == 1U);
    BOOST_TEST(page.ids(found[0]) == "1 2");
}

BOOST_AUTO_TEST_CASE(a_shortened_link_is_known_by_where_its_preview_leads) {
    Page page;
    page.add("Title https://a.example/1", {"https://a.example/1"});
    page.add("Again https://bit.ly/x", {"https://bit.ly/x"}).card = "https://a.example/1";
    page.add("Else https://bit.ly/x", {"https://bit.ly/x"});
    const auto found = page.found();
    BOOST_REQUIRE(found.size() == 1U);
    BOOST_TEST(page.ids(found[0]) == "1 2");
}

BOOST_AUTO_TEST_SUITE_END()
