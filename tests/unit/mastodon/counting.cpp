#include "mastodon/reply.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::mastodon;
using text::LengthUnit;

BOOST_AUTO_TEST_SUITE(mastodon_counting)

/// All of them say that a link counts 23.
BOOST_AUTO_TEST_CASE(each_kind_of_server_counts_in_its_own_way) {
    const struct {
        std::string_view version;
        std::size_t per_url;
        LengthUnit unit;
        bool local_mentions;
        bool counts_warning;
    } rows[] = {
        {"4.6.4", 23, LengthUnit::grapheme, true, true},
        {"4.6.0+glitch", 23, LengthUnit::grapheme, true, true},
        {"4.0.15+hometown-1.1.1", 23, LengthUnit::grapheme, true, true},
        {"0.19.2 (compatible; gotosocial)", 0, LengthUnit::code_point, false, true},
        {"2.7.2 (compatible; Pleroma 2.5.0)", 0, LengthUnit::grapheme, false, true},
        {"2.7.2 (compatible; Akkoma 3.10.0)", 0, LengthUnit::grapheme, false, true},
        {"3.5.3 (compatible; Pixelfed 0.12.3)", 0, LengthUnit::code_point, false, false},
        {"takahe/0.11.0", 0, LengthUnit::code_point, false, false},
        {"3.0.0 (compatible; Misskey 2024.1.0)", 0, LengthUnit::code_point, false, false},
        {"3.0.0 (compatible; Sharkey 2025.4.2)", 0, LengthUnit::utf16, false, false},
        {"4.2.1 (compatible; Iceshrimp.NET/2025.1)", 0, LengthUnit::utf16, false, true},
        {"3.0.0 (compatible; Firefish 1.0.5)", 0, LengthUnit::utf16, false, false},
        {"4.0.0 (not true; really snac/2.94)", 23, LengthUnit::grapheme, true, true},
        {"2.8.0 (compatible; Friendica 2024.12)", 23, LengthUnit::grapheme, true, true},
        {"0.1 (compatible; Somebody 1.0)", 23, LengthUnit::grapheme, true, true},
    };
    for (const auto& row : rows) {
        const auto profile = read_instance(
            R"({"version":")" + std::string{row.version} +
            R"(","configuration":{"statuses":{"max_characters":500,"characters_reserved_per_url":23}}})");
        BOOST_REQUIRE(profile);
        BOOST_TEST_INFO_SCOPE(row.version);
        BOOST_TEST(profile->per_url == row.per_url);
        BOOST_TEST((profile->length_unit == row.unit));
        BOOST_TEST(profile->local_mentions == row.local_mentions);
        BOOST_TEST(profile->counts_warning == row.counts_warning);
    }
}

BOOST_AUTO_TEST_SUITE_END()
