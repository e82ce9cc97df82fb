#include "core/identity.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;

namespace {

Item item(std::string id, std::string link, std::string title = "", std::string content = "") {
    Item made;
    made.id = std::move(id);
    made.link = std::move(link);
    made.title = std::move(title);
    made.content = std::move(content);
    return made;
}

} // namespace

BOOST_AUTO_TEST_SUITE(identity)

BOOST_AUTO_TEST_CASE(links_are_compared_without_what_says_nothing) {
    const std::pair<const char*, const char*> cases[] = {
        {"https://Example.ORG/Path", "example.org/Path"},
        {"http://example.org/a/", "example.org/a"},
        {"https://example.org", "example.org"},
        {"https://example.org/", "example.org"},
        {"  HTTPS://example.org/a \n", "example.org/a"},
        {"https://example.org:443/a", "example.org/a"},
        {"http://example.org:80/a", "example.org/a"},
        {"https://example.org:8443/a", "example.org:8443/a"},
        {"https://example.org/a?utm_source=rss&utm_medium=feed", "example.org/a"},
        {"https://example.org/a?utm_source=rss&id=7&fbclid=x&p=2", "example.org/a?id=7&p=2"},
        {"https://example.org/a?UTM_Source=rss", "example.org/a"},
        {"https://example.org/?p=1", "example.org?p=1"},
        {"https://example.org/a?gclid=1&mc_cid=2&mc_eid=3", "example.org/a"},
        {"https://example.org/a?b=1&a=2", "example.org/a?b=1&a=2"},
        {"https://example.org/a?x&&y", "example.org/a?x&y"},
        {"https://example.org/a#top", "example.org/a"},
        {"https://example.org/a/?x=1#top", "example.org/a?x=1"},
        {"https://example.org/#/post/7", "example.org#/post/7"},
        {"https://example.org/#!post", "example.org#!post"},
        {"https://example.org/utm_source", "example.org/utm_source"},
        {"gemini://example.org/a", "gemini://example.org/a"},
        {"urn:uuid:1", "urn:uuid:1"},
        {"/relative/", "/relative/"},
        {"", ""},
    };
    for (const auto& [link, expected] : cases)
        BOOST_TEST(canonical_link(link) == expected, link);
}

BOOST_AUTO_TEST_CASE(an_item_goes_by_id_then_link_then_content) {
    const ItemIdentity by_id = identify(item("7", "https://example.org/a", "T"));
    BOOST_TEST(by_id.shown == "7");
    BOOST_TEST((by_id.item == identify(item("7", "https://other.example/b", "changed")).item));
    BOOST_TEST((by_id.link == identify(item("8", "http://EXAMPLE.org/a/?utm_source=x")).link));
    BOOST_TEST((by_id.link != Digest{}));

    const ItemIdentity by_link = identify(item("", "https://example.org/a", "T"));
    BOOST_TEST(by_link.shown == "https://example.org/a");
    BOOST_TEST((by_link.item == identify(item("", "http://example.org/a#x", "changed")).item));
    BOOST_TEST((by_link.item != by_id.item));

    const ItemIdentity by_content = identify(item("", "", "T", "C"));
    BOOST_TEST(by_content.shown == "T");
    BOOST_TEST((by_content.link == Digest{}));
    BOOST_TEST((by_content.item == identify(item("", "", "T", "C")).item));
    BOOST_TEST((by_content.item != identify(item("", "", "TC", "")).item));

    BOOST_TEST((identify(item("https://example.org/a", "")).item != by_link.item)); // an id is no link
}

BOOST_AUTO_TEST_CASE(items_of_pictures_alone_go_by_their_pictures) {
    Item one;
    one.media.push_back({"https://example.org/1.jpg", "", "", ""});
    Item two;
    two.media.push_back({"https://example.org/2.jpg", "", "", ""});
    BOOST_TEST((identify(one).item != identify(two).item));
    BOOST_TEST(identify(one).shown == "(an item without id, link and text)");
}

BOOST_AUTO_TEST_CASE(a_link_of_several_items_identifies_none_of_them) {
    const auto all =
        identify_all({item("1", "https://example.org/log"), item("2", "https://example.org/log/"),
                      item("3", "https://example.org/own"), item("4", "")});
    BOOST_TEST((all[0].link == Digest{}));
    BOOST_TEST((all[1].link == Digest{}));
    BOOST_TEST((all[2].link != Digest{}));
    BOOST_TEST((all[3].link == Digest{}));
    BOOST_TEST((all[0].item != all[1].item));
}

BOOST_AUTO_TEST_CASE(items_without_ids_that_share_a_link_go_by_content) {
    const auto all =
        identify_all({item("", "https://example.org/log", "one"), item("", "https://example.org/log", "two"),
                      item("", "https://example.org/own", "three")});
    BOOST_TEST((all[0].item != all[1].item));
    BOOST_TEST(all[0].shown == "one");
    BOOST_TEST((all[2].item == identify(item("", "https://example.org/own", "edited")).item));
}

BOOST_AUTO_TEST_CASE(the_same_item_twice_is_one_item_and_keeps_its_link) {
    const auto by_id =
        identify_all({item("1", "https://example.org/a", "old"), item("1", "https://example.org/a", "new")});
    BOOST_TEST((by_id[0].item == by_id[1].item));
    BOOST_TEST((by_id[0].link != Digest{}));
    const auto by_link =
        identify_all({item("", "https://example.org/a", "same"), item("", "http://example.org/a/", "same")});
    BOOST_TEST((by_link[0].item == by_link[1].item));
    BOOST_TEST((by_link[0].link != Digest{}));
}

BOOST_AUTO_TEST_CASE(ids_that_all_change_leave_the_links_the_same) {
    const auto before =
        identify_all({item("1", "https://example.org/a"), item("2", "https://example.org/b")});
    const auto after =
        identify_all({item("x1", "https://example.org/a"), item("x2", "https://example.org/b")});
    for (std::size_t i = 0; i < 2; ++i) {
        BOOST_TEST((before[i].item != after[i].item));
        BOOST_TEST((before[i].link == after[i].link));
    }
}

BOOST_AUTO_TEST_SUITE_END()
