#include "core/text/breaks.hpp"
#include "core/text/length.hpp"
#include "core/text/utf8.hpp"
#include "unit/core/random_texts.hpp"

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

/// Pieces and a limit: the exact text, and what it counts. `number` is worked out from the text by hand: an
/// ellipsis counts one, a link 23.
BOOST_AUTO_TEST_CASE(prose_is_cut_at_a_words_end_until_all_fits) {
    const LengthRules in_full{.per_url = 0, .local_mentions = false};
    const LengthRules points{.per_url = 0, .unit = LengthUnit::code_point, .local_mentions = false};
    const LengthRules utf16{
        .per_url = 0, .unit = LengthUnit::utf16, .local_mentions = false, .counts_warning = false};
    const LengthRules ours{};
    const std::vector<Piece> titled{prose("one two three four"), literal(" "),
                                    fixed("https://example.org/x")};
    const std::vector<Piece> linked{prose("see https://example.org/a for more")};
    const std::vector<Piece> named{prose("ask @user@example.org about it")};
    const std::vector<Piece> twice{prose("alpha beta gamma delta"), literal("|"),
                                   prose("alpha beta gamma delta")};
    const std::vector<Piece> emoji{prose("👍👍👍👍👍👍")};
    const std::vector<Piece> family{prose(
        "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍"
        "👦")};
    const struct {
        const std::vector<Piece> pieces;
        const char* warning;
        const LengthRules& rules;
        std::size_t most;
        const char* expected;
        std::size_t number;
    } rows[] = {
        // the limit, one by one
        {titled, "", ours, 42, "one two three four https://example.org/x", 42},
        {titled, "", ours, 41, "one two three… https://example.org/x", 38},
        {titled, "", ours, 38, "one two three… https://example.org/x", 38},
        {titled, "", ours, 37, "one two… https://example.org/x", 32},
        {titled, "", ours, 32, "one two… https://example.org/x", 32},
        {titled, "", ours, 31, "one… https://example.org/x", 28},
        {titled, "", ours, 28, "one… https://example.org/x", 28},
        {titled, "", ours, 27, "on… https://example.org/x", 27},
        {titled, "", ours, 26, "o… https://example.org/x", 26},
        {titled, "", ours, 25, " https://example.org/x", 23},
        {titled, "", ours, 23, " https://example.org/x", 23},
        // the warning counts
        {titled, "warn", ours, 38, "one two… https://example.org/x", 36},
        {titled, "warn", ours, 36, "one two… https://example.org/x", 36},
        {titled, "warn", ours, 35, "one… https://example.org/x", 32},
        // links in full
        {titled, "", in_full, 40, "one two three four https://example.org/x", 40},
        {titled, "", in_full, 39, "one two three… https://example.org/x", 36},
        {titled, "", in_full, 35, "one two… https://example.org/x", 30},
        // the longest first: the title stays
        {{prose("A title"), literal("\n"), prose("a summary that is much longer than it")},
         "",
         ours,
         24,
         "A title\na summary that…",
         23},
        // both, when one is not enough
        {twice, "", ours, 24, "alpha beta…|alpha beta…", 23},
        {twice, "", ours, 14, "alpha…|alpha…", 13},
        {twice, "", ours, 12, "alph…|alph…", 11},
        {twice, "", ours, 3, "|", 1},
        // hashtags and links behind are never cut
        {{prose("long long long long text"), literal(" "), fixed("#One #Two")},
         "",
         ours,
         20,
         "long long… #One #Two",
         20},
        // a link within prose goes as a whole, and no ellipsis touches it
        {linked, "", ours, 36, "see https://example.org/a for more", 36},
        {linked, "", ours, 35, "see https://example.org/a for…", 32},
        {linked, "", ours, 32, "see https://example.org/a for…", 32},
        {linked, "", ours, 31, "see https://example.org/a …", 29},
        {linked, "", ours, 29, "see https://example.org/a …", 29},
        {linked, "", ours, 28, "see…", 4},
        {linked, "", ours, 4, "see…", 4},
        {linked, "", ours, 3, "se…", 3},
        // also one that the server does not count as one
        {{prose("see http://localhost/a/b for more")}, "", ours, 28, "see http://localhost/a/b …", 26},
        {{prose("see http://localhost/a/b for more")}, "", ours, 20, "see…", 4},
        {{prose("new at https://toys.kids/shop now")}, "", ours, 25, "new at…", 7},
        // a mention costs its local part, or all of it
        {named, "", ours, 18, "ask @user@example.org about it", 18},
        {named, "", ours, 17, "ask @user@example.org about…", 16},
        {named, "", ours, 15, "ask @user@example.org…", 10},
        {named, "", ours, 9, "ask…", 4},
        {named, "", in_full, 29, "ask @user@example.org about…", 28},
        {named, "", in_full, 27, "ask @user@example.org…", 22},
        {named, "", in_full, 21, "ask…", 4},
        // what dangles before an ellipsis goes
        {{prose("One, two. Three")}, "", ours, 11, "One, two…", 9},
        {{prose("One, two. Three")}, "", ours, 6, "One…", 4},
        {{prose("A – dash")}, "", ours, 5, "A…", 2},
        {{prose("東京、大阪、名古屋")}, "", ours, 6, "東京、大阪…", 6},
        {{prose("東京、大阪、名古屋")}, "", ours, 4, "東京…", 3},
        // nothing of the prose fits
        {{prose("word"), literal("\n"), fixed("1234567890")}, "", ours, 10, "\n1234567890", 10},
        // one word without an end
        {{prose("Donaudampfschifffahrt"), literal(" "), fixed("#a")}, "", ours, 10, "Donaud… #a", 10},
        // clusters stay whole in each unit
        {family, "", ours, 3, "👩‍👩‍👧‍👦👩‍👩‍👧‍👦…", 3},
        {family, "", points, 15, "👩‍👩‍👧‍👦👩‍👩‍👧‍👦…", 15},
        {family, "", points, 14, "👩‍👩‍👧‍👦…", 8},
        {family, "", utf16, 23, "👩‍👩‍👧‍👦👩‍👩‍👧‍👦…", 23},
        {family, "", utf16, 22, "👩‍👩‍👧‍👦…", 12},
        {emoji, "", ours, 5, "👍👍👍👍…", 5},
        {emoji, "", utf16, 5, "👍👍…", 5},
        {emoji, "warning", utf16, 5, "👍👍…", 5},
        {{prose("e\u0301e\u0301e\u0301e\u0301")}, "", ours, 3, "e\u0301e\u0301…", 3},
        {{prose("e\u0301e\u0301e\u0301e\u0301")}, "", points, 6, "e\u0301e\u0301…", 5},
        {{prose("🇩🇪🇫🇷🇮🇹")}, "", ours, 2, "🇩🇪…", 2},
    };
    for (const auto& row : rows) {
        LengthRules rules = row.rules;
        rules.max_characters = row.most;
        const Fitted fitted = fit(row.pieces, row.warning, rules);
        BOOST_TEST_INFO_SCOPE("to " << row.most);
        BOOST_TEST(fitted.text == row.expected);
        BOOST_TEST(fitted.fits);
        BOOST_TEST(status_length(fitted.text, row.warning, rules) == row.number);
        BOOST_TEST(row.number <= row.most);
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

BOOST_AUTO_TEST_CASE(no_cut_is_inside_a_link_a_mention_a_hashtag_or_a_character) {
    constexpr std::string_view scraps[] = {"word ",
                                           "long-winded, ",
                                           "https://example.org/path/(x) ",
                                           "http://localhost:80/a ",
                                           "https://a.kids/x",
                                           "@you@example.org ",
                                           "#tag ",
                                           "👩‍👩‍👧‍👦",
                                           "🇩🇪",
                                           "e\u0301\u0302",
                                           "東京、",
                                           "각",
                                           ". ",
                                           "\n",
                                           "(https://example.org) ",
                                           "@",
                                           "http://",
                                           "\xFF",
                                           "x\u0301 "};
    crier::test::RandomTexts random{20261202};
    std::size_t cuts = 0;
    for (int i = 0; i < 6000; ++i) {
        const std::string text = random.text(scraps, 30);
        LengthRules rules;
        rules.per_url = random.below(3) == 0 ? 0 : 23;
        rules.unit = static_cast<LengthUnit>(random.below(3));
        rules.local_mentions = random.below(2) == 0;
        rules.max_characters = 3 + random.below(120);
        const Fitted fitted = fit({prose(text)}, "", rules);
        BOOST_TEST_INFO_SCOPE("'" << text << "' to " << rules.max_characters << ": '" << fitted.text << "'");
        BOOST_TEST(fitted.fits);
        BOOST_TEST(status_length(fitted.text, "", rules) <= rules.max_characters);
        if (!fitted.shortened) {
            BOOST_TEST(fitted.text == text);
            continue;
        }
        if (fitted.text.empty())
            continue;
        ++cuts;
        BOOST_REQUIRE(fitted.text.ends_with("…"));
        std::string_view kept = std::string_view{fitted.text}.substr(0, fitted.text.size() - 3);
        const std::vector<Entity> solid = solid_parts(text);
        for (const Entity& one : solid) // behind a link there is a blank of ours
            if (kept.size() == one.end + 1)
                kept.remove_suffix(kept.back() == ' ' ? 1 : 0);
        BOOST_TEST(text.starts_with(kept));
        for (const Entity& one : solid)
            BOOST_TEST(!(one.begin < kept.size() && kept.size() < one.end));
        std::size_t boundary = 0;
        while (boundary < kept.size())
            boundary = grapheme_end(text, boundary);
        BOOST_TEST(boundary == kept.size());
    }
    BOOST_TEST(cuts > 2000U);
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
