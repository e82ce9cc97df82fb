#include "core/text/length.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <random>

using namespace crier::text;

namespace {

Piece literal(std::string text) {
    return {PieceKind::literal, std::move(text)};
}
Piece prose(std::string text) {
    return {PieceKind::prose, std::move(text)};
}
Piece fixed(std::string text) {
    return {PieceKind::fixed, std::move(text)};
}

LengthRules limit(std::size_t characters) {
    LengthRules rules;
    rules.max_characters = characters;
    return rules;
}

} // namespace

BOOST_AUTO_TEST_SUITE(fitting)

BOOST_AUTO_TEST_CASE(what_fits_is_left_alone) {
    const Fitted fitted = fit({prose("Title"), literal(" "), fixed("https://example.org/x")}, "", limit(29));
    BOOST_TEST(fitted.text == "Title https://example.org/x");
    BOOST_TEST(!fitted.shortened);
    BOOST_TEST(fitted.fits);
}

BOOST_AUTO_TEST_CASE(prose_is_cut_at_a_words_end_until_all_fits) {
    struct {
        std::vector<Piece> pieces;
        const char* spoiler;
        std::size_t characters;
        const char* expected;
    } const cases[] = {
        {{prose("one two three four"), literal(" "), fixed("https://example.org/x")},
         "",
         38,
         "one two three… https://example.org/x"},
        {{prose("one two three four"), literal(" "), fixed("https://example.org/x")},
         "",
         37,
         "one two… https://example.org/x"},
        // the warning counts
        {{prose("one two three four"), literal(" "), fixed("https://example.org/x")},
         "warn",
         38,
         "one two… https://example.org/x"},
        // the longest first: the title stays
        {{prose("A title"), literal("\n"), prose("a summary that is much longer than it")},
         "",
         24,
         "A title\na summary that…"},
        // both, when one is not enough
        {{prose("alpha beta gamma delta"), literal("|"), prose("alpha beta gamma delta")},
         "",
         24,
         "alpha beta…|alpha beta…"},
        // hashtags and links behind are never cut
        {{prose("long long long long text"), literal(" "), fixed("#One #Two")},
         "",
         20,
         "long long… #One #Two"},
        // a link within prose goes as a whole
        {{prose("see https://example.org/a for more")}, "", 30, "see https://example.org/a …"},
        {{prose("see https://example.org/a for more")}, "", 32, "see https://example.org/a for…"},
        {{prose("see https://example.org/a for more")}, "", 27, "see…"},
        // nothing of the prose fits
        {{prose("word"), literal("\n"), fixed("1234567890")}, "", 10, "\n1234567890"},
        // one word without an end
        {{prose("Donaudampfschifffahrt"), literal(" "), fixed("#a")}, "", 10, "Donaud… #a"},
        {{prose(
             "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧"
             "‍"
             "👦")},
         "",
         3,
         "👩‍👩‍👧‍👦👩‍👩‍👧‍👦…"},
    };
    for (const auto& c : cases) {
        const Fitted fitted = fit(c.pieces, c.spoiler, limit(c.characters));
        BOOST_TEST(fitted.text == c.expected);
        BOOST_TEST(fitted.shortened);
        BOOST_TEST(fitted.fits);
        BOOST_TEST(status_length(fitted.text, c.spoiler, limit(c.characters)) <= c.characters, c.expected);
    }
}

BOOST_AUTO_TEST_CASE(what_never_fits_comes_back_whole) {
    const Fitted fitted = fit({prose("Title "), literal("01234567890")}, "", limit(10));
    BOOST_TEST(!fitted.fits);
    BOOST_TEST(!fitted.shortened);
    BOOST_TEST(fitted.text == "Title 01234567890");
}

BOOST_AUTO_TEST_CASE(random_posts_fit_and_keep_what_is_fixed) {
    const unsigned seed = 20261124;
    BOOST_TEST_MESSAGE("seed " << seed);
    std::mt19937 random{seed};
    const char* parts[] = {"word ",
                           "long-winded ",
                           "https://example.org/path/(x) ",
                           "@you@example.org ",
                           "#tag ",
                           "👩‍👩‍👧‍👦 ",
                           "e\u0301",
                           "東京",
                           ". ",
                           "\n",
                           "(https://example.org) ",
                           "@",
                           "://",
                           "http://",
                           "x\u0301 "};
    const auto text = [&](std::size_t most) {
        std::string out;
        for (std::size_t i = random() % (most + 1); i > 0; --i)
            out += parts[random() % std::size(parts)];
        return out;
    };
    std::size_t shortened = 0;
    for (int i = 0; i < 3000; ++i) {
        const std::vector<Piece> pieces{prose(text(40)), literal(text(2)), prose(text(80)), literal(" "),
                                        fixed("https://example.org/final #end")};
        const std::string spoiler = text(2);
        const LengthRules rules = limit(60 + random() % 400);
        const Fitted fitted = fit(pieces, spoiler, rules);
        if (!fitted.fits)
            continue;
        shortened += fitted.shortened ? 1U : 0U;
        BOOST_TEST(status_length(fitted.text, spoiler, rules) <= rules.max_characters);
        BOOST_TEST(fitted.text.find(" https://example.org/final #end") != std::string::npos);
        if (fitted.shortened) {
            BOOST_TEST(fitted.text.size() <
                       pieces[0].text.size() + pieces[1].text.size() + pieces[2].text.size() + 40);
        }
    }
    BOOST_TEST(shortened > 500U);
}

BOOST_AUTO_TEST_CASE(a_megabyte_of_prose_is_cut_in_linear_time) {
    const auto begin = std::chrono::steady_clock::now();
    for (const char* part :
         {"word ", "x", "https://example.org/ ", "@a@b.c ", "東", "e\u0301", "(", "http://a.co/("}) {
        std::string text;
        while (text.size() < 1'000'000)
            text += part;
        const Fitted fitted = fit({prose(text), literal(" "), fixed("https://example.org/")}, "", limit(500));
        BOOST_TEST(fitted.fits);
        BOOST_TEST(status_length(fitted.text, "", limit(500)) <= 500U, part);
    }
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds{60}));
}

BOOST_AUTO_TEST_SUITE_END()
