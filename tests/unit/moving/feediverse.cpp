#include "moving/moved.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::moving;

namespace {

/// As its own yaml.dump writes it.
const std::string written = "access_token: the-token\n"
                            "client_id: an-id\n"
                            "client_secret: a-secret\n"
                            "feeds:\n"
                            "- template: '{title} {url} {hashtags}'\n"
                            "  url: https://example.org/feed\n"
                            "- template: 'dot org: {summary}'\n"
                            "  url: https://example.org/other\n"
                            "name: feediverse\n"
                            "updated: '2026-11-24T09:00:00.123456+01:00'\n"
                            "url: https://mastodon.example\n";

} // namespace

BOOST_AUTO_TEST_SUITE(moving_feediverse)

BOOST_AUTO_TEST_CASE(its_one_file_is_configuration_and_state) {
    const Result<Moved> moved = read_feediverse(written, ".feediverse");
    BOOST_REQUIRE(moved);
    BOOST_TEST(moved->server == "https://mastodon.example");
    BOOST_TEST(moved->token.reveal() == "the-token");
    BOOST_REQUIRE(moved->sources.size() == 2U);
    BOOST_TEST(moved->sources[0].name == "example_org");
    BOOST_TEST(moved->sources[1].name == "example_org_2");
    BOOST_TEST(moved->sources[0].status == "{{ title }} {{ link }} {{ categories | hashtags }}");
    BOOST_TEST(moved->sources[1].status == "dot org: {{ summary }}");
    BOOST_TEST((moved->posted.until == *from_rfc3339("2026-11-24T08:00:00.123456Z")));
    BOOST_TEST(moved->posted.by_date);
    BOOST_TEST(moved->item_media);
}

BOOST_AUTO_TEST_CASE(what_is_no_such_file_is_refused_without_its_secrets) {
    const auto refusal = [](const std::string& text) {
        const Result<Moved> moved = read_feediverse(text, "x");
        return moved ? std::string{} : moved.error().message + moved.error().hint;
    };
    BOOST_TEST(refusal("a: [\naccess_token: sesame").find("does not read as YAML") != std::string::npos);
    BOOST_TEST(refusal("a: [\naccess_token: sesame").find("sesame") == std::string::npos);
    BOOST_TEST(refusal("[]").find("no mapping") != std::string::npos);
    BOOST_TEST(refusal("url: https://m.example\n").find("no list of `feeds`") != std::string::npos);
    const std::string no_state = written.substr(0, written.find("updated"));
    BOOST_TEST(refusal(no_state + "url: https://m.example\n").find("`updated` does not say") !=
               std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
