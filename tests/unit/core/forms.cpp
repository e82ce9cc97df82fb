// Content warnings by rule, statuses by name, and mentions that are meant.

#include "core/content_warning.hpp"
#include "core/status_ref.hpp"
#include "core/text/plain.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;

namespace {

WarningRule rule(const std::vector<std::string>& match, std::string warning) {
    WarningRule made;
    made.match = *Patterns::compile(match, {});
    made.warning = std::move(warning);
    return made;
}

} // namespace

BOOST_AUTO_TEST_SUITE(forms)

BOOST_AUTO_TEST_CASE(warnings_of_all_rules_that_match_are_added_once) {
    const std::vector<WarningRule> rules{rule({"election", "/\\bvot(e|ing)\\b/i"}, "Politics"),
                                         rule({"soup"}, "Food"), rule({"parliament"}, "politics")};
    struct {
        const char* given;
        const char* text;
        const char* expected;
    } const cases[] = {
        {"", "Nothing of the kind", ""},
        {"", "The ELECTION is over", "Politics"},
        {"", "Go and Vote!", "Politics"},
        {"", "Devoted to art", ""},
        {"", "Soup before the election", "Politics, Food"},
        {"", "The election of parliament", "Politics"},
        {"Long", "Soup", "Long, Food"},
        {"food", "Soup", "food"},
        {"Long, FOOD ", "Soup", "Long, FOOD "},
        {"Food for thought", "Soup", "Food for thought, Food"},
        {"", "", ""},
    };
    for (const auto& [given, text, expected] : cases)
        BOOST_TEST(with_warnings(given, rules, text, nullptr) == expected, text);
}

BOOST_AUTO_TEST_CASE(an_items_title_and_categories_are_looked_at_too) {
    const std::vector<WarningRule> rules{rule({"soup"}, "Food")};
    Item item;
    item.title = "A soup";
    BOOST_TEST(with_warnings("", rules, "Read this", &item) == "Food");
    item.title.clear();
    item.categories = {"News", "Soups"};
    BOOST_TEST(with_warnings("", rules, "Read this", &item) == "Food");
    item.categories = {"News"};
    item.content = "soup";
    BOOST_TEST(with_warnings("", rules, "Read this", &item).empty());
}

BOOST_AUTO_TEST_CASE(the_last_part_of_an_address_is_the_id) {
    const std::pair<const char*, const char*> cases[] = {
        {"114000000000000001", "114000000000000001"},
        {" 01HABC ", "01HABC"},
        {"https://m.example/@news/114", "114"},
        {"https://M.Example/@news/114/", "114"},
        {"https://m.example/@news/114?a=b#c", "114"},
        {"https://m.example/users/news/statuses/01HABC", "01HABC"}, // GoToSocial
        {"https://m.example/notice/AbC.1", "AbC.1"},                // Pleroma, Akkoma
        {"https://m.example/notes/9abc", "9abc"},                   // the family of Misskey
    };
    for (const auto& [said, id] : cases) {
        const Result<std::string> read = status_id_of(said, "https://m.example");
        BOOST_TEST((read && *read == id), said);
    }
    for (const char* said : {"", "two words", "@news", "https://m.example", "https://m.example/",
                             "https://other.example/@news/114", "https://m.example:8443/@news/114",
                             "https://m.example/@news", "114/reblog"})
        BOOST_TEST(!status_id_of(said, "https://m.example").has_value(), said);
    BOOST_TEST(status_id_of("http://127.0.0.1:8421/@bot/1", "http://127.0.0.1:8421").has_value());
}

BOOST_AUTO_TEST_CASE(who_is_meant_is_mentioned_and_nobody_else) {
    const std::vector<std::string> meant{"alice", "bob@m.example"};
    const std::pair<const char*, const char*> cases[] = {
        {"@alice and @carol", "@alice and @\u200Bcarol"},
        {"@Alice!", "@Alice!"},
        {"@alice@other.example", "@\u200Balice@other.example"},
        {"@bob@M.Example.", "@bob@M.Example."},
        {"@bob", "@\u200Bbob"},
        {"@alices", "@\u200Balices"},
        {"https://m.example/@alice", "https://m.example/@alice"},
        {"mail@alice.example", "mail@alice.example"},
    };
    for (const auto& [text, expected] : cases)
        BOOST_TEST(text::defuse_mentions(text, meant) == expected, text);
}

BOOST_AUTO_TEST_SUITE_END()
