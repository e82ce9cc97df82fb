#include "moving/moved.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::moving;

BOOST_AUTO_TEST_SUITE(moving_configuration)

BOOST_AUTO_TEST_CASE(it_says_all_that_was_found_and_what_is_not_the_same) {
    Moved moved;
    moved.by = "feed2toot";
    moved.server = "https://mastodon.example";
    moved.visibility = "unlisted";
    moved.token = Secret{"sesame"};
    moved.notes.emplace_back("[rss] toot_max_len: is not\nthe same");
    MovedSource source;
    source.name = "blog";
    source.url = "https://example.org/feed.xml";
    source.status = "{{ title }}\n\"{{ link }}\"";
    source.include["title"] = {"a\\b", "/x/i"};
    moved.sources.push_back(source);
    MovedPlace place;
    place.directory = "/srv/bot";
    place.handle = "News";
    place.token_file = "/srv/bot/news.token";
    const std::string yaml = configuration_of(moved, place);
    for (const char* line :
         {"#   [rss] toot_max_len: is not the same\n", "  news:\n", "    handle: \"News\"\n",
          "    token: {file: \"/srv/bot/news.token\"}\n", "{visibility: unlisted}",
          "    filter: {include: {title: [\"a\\\\b\", \"/x/i\"]}}\n",
          "      status: \"{{ title }}\\n\\\"{{ link }}\\\"\"\n", "store: \"/srv/bot/crier.db\"\n"})
        BOOST_TEST(yaml.find(line) != std::string::npos, line);
    BOOST_TEST(yaml.find("sesame") == std::string::npos);
    place.token_file.clear();
    place.handle.clear();
    BOOST_TEST(configuration_of(moved, place).find("token: {env: MASTODON_ACCESS_TOKEN}") !=
               std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
