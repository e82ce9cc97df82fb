#include "core/text/entities.hpp"
#include "core/text/length.hpp"
#include "core/text/plain.hpp"
#include "unit/core/random_texts.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::text;
using crier::test::RandomTexts;

/// What holds for any text. The tables (length.cpp) say which numbers are right; these, that no text between
/// their rows is far from it.
namespace {

constexpr std::string_view scraps[] = {"word",
                                       "Sentence.",
                                       "http://a.co",
                                       "https://example.org/a_(b)?c=d",
                                       "http://",
                                       "://",
                                       "example.org",
                                       "/",
                                       "?",
                                       "@user",
                                       "@u@ex.org",
                                       "@",
                                       "#tag",
                                       "é",
                                       "e\u0301",
                                       "👍🏽",
                                       "👩‍👩‍👧",
                                       "🇩🇪",
                                       "🇩",
                                       "東京。",
                                       "\u200B",
                                       "\u0600",
                                       "\u0301",
                                       " ",
                                       "\n",
                                       "\r\n",
                                       "(",
                                       ")",
                                       ".",
                                       "-",
                                       "\xFF",
                                       "t.co/",
                                       "みんな",
                                       "localhost",
                                       "１",
                                       "ftp://a.com",
                                       "中国",
                                       "a.co/http://",
                                       "\u00A0",
                                       "x"};

constexpr LengthRules in_full(LengthUnit unit) {
    return {.per_url = 0, .unit = unit, .local_mentions = false};
}

} // namespace

BOOST_AUTO_TEST_SUITE(length_properties)

BOOST_AUTO_TEST_CASE(of_any_text) {
    RandomTexts random{20261130};
    for (int i = 0; i < 20'000; ++i) {
        const std::string text = random.text(scraps, 12);
        const std::string other = strip(random.text(scraps, 12));
        const std::string stripped = strip(text);
        const std::size_t length = status_length(text, "", {});
        BOOST_TEST_INFO_SCOPE("'" << text << "' and '" << other << "'");

        BOOST_TEST(status_length(" \t" + text + "\n", "", {}) == length);
        // A link costs 23 at most and its characters at least; a mention costs less than it has, never more.
        const std::size_t links = find_links(stripped).size();
        BOOST_TEST(length <= graphemes(stripped) + 23 * links);
        if (links == 0)
            BOOST_TEST(length <= graphemes(stripped));

        BOOST_TEST(text_length(stripped, in_full(LengthUnit::grapheme)) == graphemes(stripped));
        BOOST_TEST(units(stripped, LengthUnit::grapheme) <= units(stripped, LengthUnit::code_point));
        BOOST_TEST(units(stripped, LengthUnit::code_point) <= units(stripped, LengthUnit::utf16));
        BOOST_TEST(units(stripped, LengthUnit::utf16) <= stripped.size());

        // Nothing reaches over the end of a line, so two lines are as long as they are one by one.
        if (!stripped.empty() && !other.empty()) {
            const std::size_t both = text_length(stripped, {}) + 1 + text_length(other, {});
            BOOST_TEST(text_length(stripped + "\n" + other, {}) == both);
        }
    }
}

BOOST_AUTO_TEST_CASE(all_links_are_addresses_and_no_two_entities_overlap) {
    RandomTexts random{20261201};
    for (int i = 0; i < 20'000; ++i) {
        const std::string text = random.text(scraps, 16);
        BOOST_TEST_INFO_SCOPE("'" << text << "'");
        const std::vector<Entity> addresses = find_addresses(text);
        for (const Entity& link : find_links(text)) {
            bool within = false;
            for (const Entity& address : addresses)
                within = within || (address.begin <= link.begin && link.end <= address.end);
            BOOST_TEST(within);
        }
        for (const auto& found : {addresses, find_links(text), find_mentions(text), find_hashtags(text)})
            for (std::size_t k = 0; k < found.size(); ++k) {
                BOOST_TEST(found[k].begin < found[k].local_end);
                BOOST_TEST(found[k].local_end <= found[k].end);
                BOOST_TEST((k == 0 || found[k - 1].end <= found[k].begin));
            }
    }
}

BOOST_AUTO_TEST_SUITE_END()
