#include "core/text/split.hpp"

#include "core/text/breaks.hpp"
#include "core/text/entities.hpp"
#include "unit/core/random_texts.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <random>
#include <string_view>

using namespace crier::text;

namespace {

std::vector<Piece> all_prose(std::string text) {
    return {{PieceKind::prose, std::move(text)}};
}

LengthRules rules_of(std::size_t characters, std::size_t per_url = 23) {
    LengthRules rules;
    rules.max_characters = characters;
    rules.per_url = per_url;
    return rules;
}

std::vector<std::string> split_at(std::size_t characters, std::string text, const Splitting& how = {}) {
    return split(all_prose(std::move(text)), "", rules_of(characters), how).parts;
}

std::vector<std::string> words_of(const std::vector<Entity>& entities, std::string_view text) {
    std::vector<std::string> words;
    for (const Entity& entity : entities)
        words.emplace_back(text.substr(entity.begin, entity.end - entity.begin));
    return words;
}

std::string without_blanks(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (c != ' ' && c != '\n')
            out += c;
    return out;
}

using Parts = std::vector<std::string>;

} // namespace

BOOST_AUTO_TEST_SUITE(splitting)

BOOST_AUTO_TEST_CASE(what_fits_is_one_part_as_it_is) {
    Splitting counted;
    counted.counter = true;
    const Split made = split(all_prose(" One two.\n"), "", rules_of(8), counted);
    BOOST_TEST(made.parts == Parts{"One two."}, boost::test_tools::per_element());
    BOOST_TEST((made.fits && !made.shortened));
}

BOOST_AUTO_TEST_CASE(the_best_place_is_a_paragraphs_then_a_sentences_then_a_words_end) {
    struct {
        const char* text;
        std::size_t characters;
        Parts expected;
    } const cases[] = {
        {"Alpha beta. Gamma.\n\nDelta epsilon. Zeta eta theta.",
         32,
         {"Alpha beta. Gamma.", "Delta epsilon. Zeta eta theta."}},
        {"Alpha beta gamma. Delta epsilon zeta", 32, {"Alpha beta gamma.", "Delta epsilon zeta"}},
        {"alpha beta gamma delta epsilon zeta", 20, {"alpha beta gamma", "delta epsilon zeta"}},
        // a line is as good as a sentence
        {"- alpha beta\n- gamma delta epsilon", 30, {"- alpha beta", "- gamma delta epsilon"}},
        // an abbreviation ends no sentence
        {"Then Dr. Who went home. And slept well", 30, {"Then Dr. Who went home.", "And slept well"}},
        {"\"Alpha beta gamma?\" Delta epsilon zeta", 32, {"\"Alpha beta gamma?\"", "Delta epsilon zeta"}},
        // where no blanks stand between words
        {"東京は日本の首都です。人口は世界で最大です。",
         14,
         {"東京は日本の首都です。", "人口は世界で最大です。"}},
        // a word that is longer than a post
        {"Donaudampfschifffahrtsgesellschaft", 20, {"Donaudampfschifffahr", "tsgesellschaft"}},
    };
    for (const auto& c : cases)
        BOOST_TEST(split_at(c.characters, c.text) == c.expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(no_single_word_is_left_for_the_last_part) {
    const Parts parts = split_at(40, "one two three four five six seven eight nine");
    BOOST_TEST(parts == (Parts{"one two three four five", "six seven eight nine"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(links_hashtags_and_mentions_stay_whole_and_count_as_the_server_counts) {
    const std::string link = "https://example.org/a/very/long/path/that/counts/as/twenty-three";
    BOOST_TEST(split_at(28, "see " + link + " now or later") == (Parts{"see " + link, "now or later"}),
               boost::test_tools::per_element());
    // Where a link counts in full, one that is longer than a post cannot be sent.
    BOOST_TEST(!split(all_prose("see " + link + " now or later"), "", rules_of(28, 0), {}).fits);
    // No mention comes to be by what stood before it being gone.
    const Parts parts = split_at(8, "abcdefgh@ijk lmn");
    for (const std::string& part : parts)
        BOOST_TEST(find_mentions(part).empty());
}

BOOST_AUTO_TEST_CASE(the_counter_has_its_room_and_the_warning_counts) {
    Splitting counted;
    counted.counter = true;
    BOOST_TEST(split_at(20, "alpha beta gamma delta epsilon", counted) ==
                   (Parts{"alpha beta\n\n1/3", "gamma delta\n\n2/3", "epsilon\n\n3/3"}),
               boost::test_tools::per_element());
    std::string long_text;
    for (int i = 0; i < 40; ++i)
        long_text += "word ";
    const Parts many = split_at(20, long_text, counted); // more than nine
    BOOST_TEST(many.size() > 9U);
    BOOST_TEST(many.back().ends_with("/" + std::to_string(many.size())));
    for (const std::string& part : many)
        BOOST_TEST(status_length(part, "", rules_of(20)) <= 20U);
    for (const std::string& part : split(all_prose(long_text), "warning", rules_of(30), {}).parts)
        BOOST_TEST(status_length(part, "warning", rules_of(30)) <= 30U);
}

BOOST_AUTO_TEST_CASE(the_lead_stands_before_each_but_the_first) {
    Splitting led;
    led.lead = "@ann@example.org ";
    const Parts parts = split_at(20, "@ann@example.org alpha beta gamma delta", led);
    BOOST_TEST(parts == (Parts{"@ann@example.org alpha beta", "@ann@example.org gamma delta"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_takes_too_many_parts_is_shortened_before_its_link) {
    std::string text;
    for (int i = 0; i < 400; ++i)
        text += "word ";
    const std::vector<Piece> pieces{
        {PieceKind::prose, text}, {PieceKind::literal, "\n\n"}, {PieceKind::fixed, "https://example.org/x"}};
    Splitting few;
    few.most = 5;
    const Split made = split(pieces, "", rules_of(100), few);
    BOOST_TEST((made.fits && made.shortened));
    BOOST_TEST(made.parts.size() == 5U);
    BOOST_TEST(made.parts.back().ends_with("…\n\nhttps://example.org/x"));
}

BOOST_AUTO_TEST_CASE(random_texts_are_all_there_and_in_order) {
    const unsigned seed = 20261127;
    BOOST_TEST_MESSAGE("seed " << seed);
    std::mt19937 random{seed};
    const char* parts[] = {"word ",
                           "Sentence. ",
                           "https://example.org/path/(x) ",
                           "@you@example.org ",
                           "#tag ",
                           "👩‍👩‍👧‍👦 ",
                           "e\u0301",
                           "東京。",
                           ". ",
                           "\n\n",
                           "(https://example.org) ",
                           "@",
                           "http://",
                           "x\u0301 ",
                           "\n- "};
    std::size_t threads = 0;
    for (int i = 0; i < 2000; ++i) {
        std::string text;
        for (std::size_t k = random() % 120; k > 0; --k)
            text += parts[random() % std::size(parts)];
        Splitting how;
        how.counter = random() % 2 == 0;
        const std::string spoiler = random() % 4 == 0 ? "warning" : "";
        const LengthRules rules = rules_of(60 + random() % 200, random() % 4 == 0 ? 0 : 23);
        const Split made = split(all_prose(text), spoiler, rules, how);
        BOOST_TEST(made.fits);
        BOOST_TEST(made.parts.size() <= how.most);
        threads += made.parts.size() > 1 ? 1U : 0U;
        std::string joined;
        Parts tags;
        for (std::size_t k = 0; k < made.parts.size(); ++k) {
            std::string part = made.parts[k];
            BOOST_TEST(status_length(part, spoiler, rules) <= rules.max_characters);
            if (how.counter && made.parts.size() > 1)
                part.resize(part.rfind("\n\n"));
            BOOST_TEST((!part.empty() || made.parts.size() == 1));
            joined += part;
            for (std::string& tag : words_of(find_hashtags(part), part))
                tags.push_back(std::move(tag));
        }
        if (made.shortened)
            continue;
        BOOST_TEST(without_blanks(joined) == without_blanks(text));
        BOOST_TEST(tags == words_of(find_hashtags(text), text), boost::test_tools::per_element());
    }
    BOOST_TEST(threads > 500U);
}

BOOST_AUTO_TEST_CASE(a_counter_has_its_room_also_when_it_grows_by_a_digit) {
    Splitting counted;
    counted.counter = true;
    counted.most = 300;
    for (const std::size_t words : {8U, 9U, 10U, 11U, 98U, 99U, 100U, 101U, 120U}) {
        // A word and "\n\n99/99" fill a part; with more parts than those, words are broken.
        std::string text;
        for (std::size_t i = 0; i < words; ++i)
            text += i == 0 ? "abcde" : " abcde";
        const Parts parts = split_at(12, text, counted);
        BOOST_TEST_INFO_SCOPE(words << " words");
        BOOST_TEST(parts.size() >= words);
        std::string joined;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            BOOST_TEST(status_length(parts[i], "", rules_of(12)) <= 12U);
            const std::string end = "\n\n" + std::to_string(i + 1) + "/" + std::to_string(parts.size());
            BOOST_TEST(parts[i].ends_with(end));
            joined += parts[i].substr(0, parts[i].size() - std::min(parts[i].size(), end.size()));
        }
        BOOST_TEST(without_blanks(joined) == without_blanks(text));
    }
}

BOOST_AUTO_TEST_CASE(sentences_stay_whole_where_they_can) {
    const struct {
        const char* text;
        std::size_t characters;
        Parts expected;
    } rows[] = {
        {"We met Dr. Who there. He came late.", 30, {"We met Dr. Who there.", "He came late."}},
        {"It is 3.5 km long. And then it ends.", 25, {"It is 3.5 km long.", "And then it ends."}},
        {"Wait... Who is that there? It is me.", 30, {"Wait... Who is that there?", "It is me."}},
        {"I told you so. Then he left the room.", 30, {"I told you so.", "Then he left the room."}},
        {"本当！？はい。東京です。人口は多い。", 12, {"本当！？はい。", "東京です。人口は多い。"}},
        {"「はい。」と言った。次の文。", 10, {"「はい。」", "と言った。次の文。"}},
    };
    for (const auto& row : rows)
        BOOST_TEST(split_at(row.characters, row.text) == row.expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(parts_fit_as_each_kind_of_server_counts) {
    constexpr std::string_view scraps[] = {"word ",
                                           "Sentence. ",
                                           "https://example.org/path/(x) ",
                                           "#tag ",
                                           "👩‍👩‍👧‍👦 ",
                                           "@you@example.org ",
                                           "e\u0301",
                                           "東京。",
                                           "👍🏽",
                                           "\n\n",
                                           "x\u0301 ",
                                           "http://localhost/x "};
    crier::test::RandomTexts random{20261203};
    for (int i = 0; i < 2000; ++i) {
        const std::string text = random.text(scraps, 80);
        LengthRules rules = rules_of(80 + random.below(200), random.below(2) == 0 ? 0 : 23);
        rules.unit = static_cast<LengthUnit>(random.below(3));
        rules.local_mentions = random.below(2) == 0;
        rules.counts_warning = random.below(2) == 0;
        Splitting how;
        how.counter = random.below(2) == 0;
        how.most = 100;
        const std::string warning = random.below(3) == 0 ? "a warning" : "";
        const Split made = split(all_prose(text), warning, rules, how);
        BOOST_TEST_INFO_SCOPE("'" << text << "' to " << rules.max_characters);
        BOOST_TEST((made.fits && !made.shortened));
        std::string joined;
        Parts entities;
        for (std::string part : made.parts) {
            BOOST_TEST(status_length(part, warning, rules) <= rules.max_characters);
            if (how.counter && made.parts.size() > 1)
                part.resize(part.rfind("\n\n"));
            joined += part;
            for (std::string& one : words_of(solid_parts(part), part))
                entities.push_back(std::move(one));
        }
        BOOST_TEST(without_blanks(joined) == without_blanks(text));
        BOOST_TEST(entities == words_of(solid_parts(text), text), boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(a_megabyte_is_split_in_linear_time) {
    const auto begin = std::chrono::steady_clock::now();
    for (const char* part : {"word ", "x", "https://example.org/ ", "@a@b.c ", "東", "）", "(", "\n"}) {
        std::string text;
        while (text.size() < 1'000'000)
            text += part;
        const Split made = split(all_prose(text), "", rules_of(500), {});
        // Nothing would be left of brackets alone.
        BOOST_TEST(made.fits == (part != std::string_view{"("}), part);
        BOOST_TEST(made.parts.empty() == !made.fits);
        BOOST_TEST(made.parts.size() <= 20U, part);
    }
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds{60}));
}

BOOST_AUTO_TEST_SUITE_END()
