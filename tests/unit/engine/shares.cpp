#include "engine/shares.hpp"

#include "engine/difference.hpp"
#include "engine/origins.hpp"

#include <boost/test/unit_test.hpp>

#include <numeric>

using namespace crier;
using namespace crier::engine;

namespace {

PostTarget to(const std::string& account) {
    PostTarget target;
    target.account = account;
    return target;
}

struct SharedWorld {
    Settings settings;

    void account(const std::string& name, const std::string& token = {}) {
        AccountSettings made;
        made.name = name;
        made.server = "https://one.example";
        made.token.name = token.empty() ? "TOKEN_OF_" + name : token;
        settings.accounts.emplace(name, made);
    }
    void source(const std::string& name, std::vector<std::string> accounts) {
        SourceSettings made;
        made.name = name;
        for (const std::string& one : accounts)
            made.targets.push_back(to(one));
        settings.sources.push_back(std::move(made));
    }
    void entry(const std::string& name, std::vector<std::string> accounts, const std::string& draws = {}) {
        EntrySettings made;
        made.name = name;
        for (const std::string& one : accounts)
            made.targets.push_back(to(one));
        if (!draws.empty()) {
            Draw draw;
            draw.from = draws;
            made.draw = draw;
        }
        settings.schedule.push_back(std::move(made));
    }
    [[nodiscard]] std::vector<std::string> shares() const {
        std::vector<std::string> all;
        for (const Share& share : shares_of(settings)) {
            std::string names;
            for (const std::string& thing : share.things)
                names += (names.empty() ? "" : " ") + thing;
            all.push_back(names);
        }
        return all;
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(shares)

BOOST_AUTO_TEST_CASE(what_posts_to_an_account_is_in_its_share) {
    SharedWorld world;
    for (const char* name : {"a", "b", "c", "d"})
        world.account(name);
    world.source("blog", {"a"});
    world.source("news", {"b", "c"});
    world.entry("morning", {"a"});
    world.entry("evening", {"d"});
    const std::vector<std::string> expected{"account:a entry:morning source:blog",
                                            "account:b account:c source:news", "account:d entry:evening"};
    BOOST_TEST(world.shares() == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_source_that_is_drawn_from_brings_its_entries_together) {
    SharedWorld world;
    world.account("a");
    world.account("b");
    world.source("art", {});
    world.entry("daily", {"a"}, "art");
    world.entry("weekly", {"b"}, "art");
    BOOST_TEST(world.shares().size() == 1U);
}

BOOST_AUTO_TEST_CASE(accounts_with_one_token_share_what_it_is_allowed) {
    SharedWorld world;
    world.account("a", "ONE");
    world.account("b", "ONE");
    world.account("c", "OTHER");
    BOOST_TEST(world.shares().size() == 2U);
    world.settings.accounts.find("b")->second.server = "https://two.example"; // where it is another token
    BOOST_TEST(world.shares().size() == 3U);
}

BOOST_AUTO_TEST_CASE(the_order_is_the_same_for_every_daemon) {
    SharedWorld one;
    for (int i = 0; i < 50; ++i)
        one.account("a" + std::to_string(i));
    BOOST_TEST(one.shares() == one.shares(), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_part_has_what_is_held_and_the_names_of_the_rest) {
    SharedWorld world;
    world.account("a");
    world.account("b");
    world.source("blog", {"a"});
    world.source("news", {"b"});
    world.entry("morning", {"b"});
    world.settings.timezone = "Europe/Berlin";
    const std::vector<Share> all = shares_of(world.settings);
    const Settings part = part_of(world.settings, all, {0});
    BOOST_TEST(part.accounts.size() == 1U);
    BOOST_TEST(part.accounts.count("a") == 1U);
    BOOST_TEST(part.sources.size() == 1U);
    BOOST_TEST(part.schedule.empty());
    BOOST_TEST(part.timezone == "Europe/Berlin");
    BOOST_TEST(is_elsewhere(part, "b"));
    BOOST_TEST(is_thing_elsewhere(part, "source:news"));
    BOOST_TEST(is_thing_elsewhere(part, "entry:morning"));
    BOOST_TEST(!is_thing_elsewhere(part, "source:blog"));
    BOOST_TEST(!is_thing_elsewhere(part, "source:nowhere"));
}

BOOST_AUTO_TEST_CASE(all_shares_are_the_whole) {
    SharedWorld world;
    world.account("a");
    world.account("b");
    world.source("blog", {"a"});
    world.entry("morning", {"b"});
    const std::vector<Share> all = shares_of(world.settings);
    std::vector<std::size_t> places(all.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    const Settings part = part_of(world.settings, all, places);
    BOOST_TEST(part.elsewhere.empty());
    BOOST_TEST(difference_of(world.settings, part).empty());
}

/// Or its posts would be held by whoever does not work on it.
BOOST_AUTO_TEST_CASE(what_is_elsewhere_is_in_the_configuration_all_the_same) {
    SharedWorld world;
    world.account("a");
    world.account("b");
    world.source("news", {"b"});
    world.entry("morning", {"b"});
    const std::vector<Share> all = shares_of(world.settings);
    const Settings part = part_of(world.settings, all, {0});
    const Configured configured{part};
    Origin origin;
    origin.kind = OriginKind::source;
    origin.name = "news";
    BOOST_TEST(configured.has(origin));
    origin.kind = OriginKind::entry;
    origin.name = "morning";
    BOOST_TEST(configured.has(origin));
    BOOST_TEST((configured.entry("morning") == nullptr));
    origin.name = "evening";
    BOOST_TEST(!configured.has(origin));
}

BOOST_AUTO_TEST_SUITE_END()
