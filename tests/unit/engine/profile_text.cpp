#include "engine/profile_text.hpp"

#include "engine/compose.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::engine;
using text::LengthUnit;

BOOST_AUTO_TEST_SUITE(profile_texts)

BOOST_AUTO_TEST_CASE(how_a_server_counts_is_kept) {
    for (const LengthUnit unit : {LengthUnit::grapheme, LengthUnit::code_point, LengthUnit::utf16})
        for (const bool yes : {false, true}) {
            ServerProfile profile;
            profile.per_url = yes ? 32 : 0;
            profile.length_unit = unit;
            profile.local_mentions = yes;
            profile.counts_warning = !yes;
            const auto read = profile_from_text(profile_to_text(profile));
            BOOST_REQUIRE(read);
            const text::LengthRules rules = length_rules(*read);
            BOOST_TEST(rules.per_url == profile.per_url);
            BOOST_TEST((rules.unit == unit));
            BOOST_TEST(rules.local_mentions == yes);
            BOOST_TEST(rules.counts_warning == !yes);
        }
}

BOOST_AUTO_TEST_CASE(one_that_was_kept_before_that_counts_links_as_it_did_and_all_else_to_be_safe) {
    const auto older = [](std::size_t per_url) {
        ServerProfile profile;
        profile.per_url = per_url;
        std::string text = profile_to_text(profile);
        for (const std::string_view key : {"length_unit", "local_mentions", "counts_warning"}) {
            const auto begin = text.find("\"" + std::string{key} + "\"");
            BOOST_REQUIRE(begin != std::string::npos);
            text.erase(begin, text.find(',', begin) + 1 - begin);
        }
        const auto read = profile_from_text(text);
        BOOST_REQUIRE(read);
        return length_rules(*read);
    };
    const text::LengthRules mastodon = older(23);
    BOOST_TEST(mastodon.per_url == 23U);
    BOOST_TEST((mastodon.unit == LengthUnit::grapheme));
    BOOST_TEST(mastodon.local_mentions);
    BOOST_TEST(mastodon.counts_warning);
    const text::LengthRules other = older(0);
    BOOST_TEST(other.per_url == 0U);
    BOOST_TEST((other.unit == LengthUnit::code_point));
    BOOST_TEST(!other.local_mentions);
    BOOST_TEST(other.counts_warning);
}

BOOST_AUTO_TEST_SUITE_END()
