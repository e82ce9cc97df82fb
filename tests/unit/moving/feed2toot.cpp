#include "moving/moved.hpp"

#include <boost/test/unit_test.hpp>

#include <map>

using namespace crier;
using namespace crier::moving;

namespace {

/// A folder of feed2toot's, as far as it looks into it.
struct Folder {
    std::map<std::string, std::string> texts = {
        {"/home/bot/cache.db", "https://example.org/1\ntag:example.org,2\n"},
        {"/home/bot/user.txt", "the-token\nhttps://mastodon.example\n"},
        {"/etc/f2t/feeds.txt", "https://example.org/feed.xml\n"
                               "\n"
                               "The News <https://news.example/rss>\n"
                               "Linux <https://linux.example/rss|title|kernel,a/b>\n"},
    };

    [[nodiscard]] Files files() const {
        Files all;
        all.folder = "/etc/f2t";
        all.home = "/home/bot";
        all.read = [this](const std::string& path) -> Result<std::string> {
            const auto found = texts.find(path);
            if (found == texts.end())
                return Failure{Cause::not_found, path + ": No such file or directory"};
            return found->second;
        };
        all.modified = [](const std::string&) { return from_rfc3339("2026-11-24T09:00:00Z"); };
        return all;
    }
    [[nodiscard]] Result<Moved> read(const std::string& text, const std::string& state = {}) const {
        return read_feed2toot(text, "f.ini", state, files());
    }
};

const std::string mastodon = "[mastodon]\n"
                             "instance_url=https://mastodon.example\n"
                             "user_credentials=~/user.txt\n"
                             "client_credentials=~/client.txt\n";
const std::string cache = "[cache]\ncachefile=~/cache.db\n";

bool has_note(const Moved& moved, const std::string& part) {
    for (const std::string& note : moved.notes)
        if (note.find(part) != std::string::npos)
            return true;
    return false;
}

} // namespace

BOOST_AUTO_TEST_SUITE(moving_feed2toot)

BOOST_AUTO_TEST_CASE(one_feed_its_text_and_what_was_posted) {
    const Folder folder;
    const Result<Moved> moved =
        folder.read(mastodon +
                    "toot_visibility=unlisted\n[rss]\nuri=https://example.org/feed.xml\n"
                    "toot={title}\\n{link}\n" +
                    cache);
    BOOST_REQUIRE(moved);
    BOOST_TEST(moved->server == "https://mastodon.example");
    BOOST_TEST(moved->visibility == "unlisted");
    BOOST_TEST(moved->token.reveal() == "the-token");
    BOOST_TEST(moved->token_place == "the first line of /home/bot/user.txt");
    BOOST_REQUIRE(moved->sources.size() == 1U);
    BOOST_TEST(moved->sources[0].name == "example_org");
    BOOST_TEST(moved->sources[0].url == "https://example.org/feed.xml");
    BOOST_TEST(moved->sources[0].status == "{{ title }}\n{{ link }} {{ categories | hashtags }}");
    BOOST_TEST(moved->posted.ids.size() == 2U);
    BOOST_TEST(moved->posted.ids.count("tag:example.org,2") == 1U);
    BOOST_TEST((moved->posted.until == *from_rfc3339("2026-11-24T09:00:00Z")));
    BOOST_TEST(*moved->posted.newest == 10U);
    BOOST_TEST(moved->notes.empty());
}

BOOST_AUTO_TEST_CASE(a_list_of_feeds_with_names_and_patterns) {
    const Folder folder;
    const Result<Moved> moved = folder.read(mastodon +
                                            "[rss]\nuri_list=feeds.txt\ntoot={feedname}: {title}\n"
                                            "title_pattern=Open Source,C++\n"
                                            "title_pattern_case_sensitive=true\n" +
                                            cache + "[hashtaglist]\nno_tags_in_toot=yes\n");
    BOOST_REQUIRE(moved);
    BOOST_REQUIRE(moved->sources.size() == 3U);
    BOOST_TEST(moved->sources[0].name == "example_org");
    BOOST_TEST(moved->sources[0].status == "example_org: {{ title }}");
    BOOST_TEST(moved->sources[1].name == "the_news");
    BOOST_TEST(moved->sources[1].status == "The News: {{ title }}");
    const std::vector<std::string> global{"/Open Source/", "/C\\+\\+/"};
    BOOST_TEST(moved->sources[0].include.at("title") == global, boost::test_tools::per_element());
    // With patterns of its own, one of all of them is enough.
    const std::vector<std::string> both{"/Open Source/", "/C\\+\\+/", "kernel", "a/b"};
    BOOST_TEST(moved->sources[2].include.at("title") == both, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_cannot_be_translated_is_said_line_by_line) {
    const Folder folder;
    const Result<Moved> moved =
        folder.read(mastodon +
                    "[rss]\nuri=http://127.0.0.1:8080/feed\ntoot={title} {comments}\ntoot_max_len=200\n"
                    "ignore_ssl=true\ntags_pattern=x\ntitle_pattern=a\nsummary_pattern=b\n" +
                    cache + "[media]\ncustom=~/logo.png\n[influxdb]\nuser=x\n");
    BOOST_REQUIRE(moved);
    for (const char* part : {"{comments} has no counterpart", "toot_max_len", "ignore_ssl", "no field tags",
                             "matches one of the fields", "[media] custom", "[influxdb]"})
        BOOST_TEST(has_note(*moved, part), part);
    BOOST_TEST(moved->sources[0].is_private);
    BOOST_TEST(moved->picture == "/home/bot/logo.png");
}

BOOST_AUTO_TEST_CASE(without_its_state_nothing_is_moved) {
    Folder folder;
    const std::string rss = "[rss]\nuri=https://example.org/feed.xml\ntoot={title}\n";
    const auto refusal = [&](const std::string& text, const std::string& state = {}) {
        const Result<Moved> moved = folder.read(text, state);
        return moved ? std::string{} : moved.error().message;
    };
    BOOST_TEST(refusal(mastodon + rss).find("names no cachefile") != std::string::npos);
    BOOST_TEST(refusal(mastodon + rss + "[cache]\ncachefile=/no/such\n").find("cannot be read") !=
               std::string::npos);
    BOOST_TEST(refusal(mastodon + rss, "/home/bot/cache.db").empty());
    folder.texts["/home/bot/cache.db"] = std::string{"\x13W\x9a\xce\0\0", 6};
    BOOST_TEST(refusal(mastodon + rss + cache).find("no list of ids") != std::string::npos);
    BOOST_TEST(refusal("[rss]\n").find("[mastodon] has no instance_url") != std::string::npos);
    BOOST_TEST(refusal(mastodon + "[rss]\ntoot=x\n").find("names no feed") != std::string::npos);
    // A token that stands in the file itself is taken, and shown nowhere.
    const Result<Moved> inside = folder.read(
        "[mastodon]\ninstance_url=https://m.example\nuser_credentials=abcdef\n" + rss, "/home/bot/user.txt");
    BOOST_REQUIRE(inside);
    BOOST_TEST(inside->token.reveal() == "abcdef");
    MovedPlace place;
    place.directory = "/srv";
    BOOST_TEST(configuration_of(*inside, place).find("abcdef") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
