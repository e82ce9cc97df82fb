#include "core/scopes.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>

using namespace crier;

BOOST_AUTO_TEST_SUITE(core_scopes)

BOOST_AUTO_TEST_CASE(scopes_are_held_against_what_is_needed) {
    const Scopes posts{"write:statuses"};
    const Scopes both{"write:statuses", "write:media"};
    const Scopes pins{"write:statuses", "write:accounts"};
    struct Row {
        Scopes scopes;
        Scopes needed;
        Scopes admin;
        Scopes surplus;
        Scopes missing;
    };
    const Row table[] = {
        {{"write:statuses", "write:media"}, both, {}, {}, {}},
        {{"write:statuses", "write:media", "profile"}, both, {}, {}, {}},
        {{"write:statuses", "write:media"}, posts, {}, {}, {}}, // may upload, and need not
        {{"write:statuses"}, both, {}, {}, {"write:media"}},
        {{"write:media"}, posts, {}, {}, {"write:statuses"}},
        {{"read", "write", "push"}, both, {}, {"read", "write", "push"}, {}},
        {{"write"}, pins, {}, {"write"}, {}},
        {{"write:statuses", "write:accounts"}, pins, {}, {}, {}},
        {{"write:statuses", "write:accounts"}, posts, {}, {"write:accounts"}, {}},
        {{"write:statuses", "read:statuses"}, posts, {}, {"read:statuses"}, {}},
        {{"admin:write:accounts", "write:statuses"}, posts, {"admin:write:accounts"}, {}, {}},
        {{"admin", "write:statuses"}, posts, {"admin"}, {}, {}},
        {{"administrative", "write:statuses"}, posts, {}, {"administrative"}, {}},
        {{"writer", "write:statusesque"}, posts, {}, {"writer", "write:statusesque"}, {"write:statuses"}},
        {{}, both, {}, {}, both},
    };
    for (const Row& row : table) {
        BOOST_TEST_CONTEXT(join_scopes(row.scopes) + " for " + join_scopes(row.needed)) {
            const ScopeVerdict verdict = judge_scopes(row.scopes, row.needed);
            BOOST_TEST((verdict.admin == row.admin));
            BOOST_TEST((verdict.surplus == row.surplus));
            BOOST_TEST((verdict.missing == row.missing));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_parent_holds_its_children_and_no_others) {
    BOOST_TEST(covers({"write"}, "write:statuses"));
    BOOST_TEST(covers({"admin:read"}, "admin:read:accounts"));
    BOOST_TEST(covers({"admin"}, "admin:read:accounts"));
    BOOST_TEST(!covers({"write:statuses"}, "write"));
    BOOST_TEST(!covers({"read"}, "write:statuses"));
    BOOST_TEST(!covers({"writ"}, "write:statuses"));
}

BOOST_AUTO_TEST_CASE(scopes_are_read_as_people_and_servers_write_them) {
    using Words = std::vector<std::string>;
    BOOST_TEST((parse_scopes("write:statuses write:media") == Words{"write:statuses", "write:media"}));
    BOOST_TEST((parse_scopes(" read,read+follow ") == Words{"read", "follow"}));
    BOOST_TEST(parse_scopes("  ").empty());
    BOOST_TEST(join_scopes({"a", "b"}) == "a b");
}

BOOST_AUTO_TEST_CASE(what_no_scope_can_be_reaches_nobody) {
    using Words = std::vector<std::string>;
    const Words read{"read"};
    for (const char* other : {"\x1b[31mX",
                              "\xc2\x9b"
                              "2J",
                              "write\xe2\x80\xae", "caf\xc3\xa9", "\xff", "\x7f", "a\"b", "a\\b"})
        BOOST_TEST((parse_scopes(std::string{other} + " read") == read), other);
    BOOST_TEST(
        (parse_scopes("https://m.example/auth#x!~ read") == Words{"https://m.example/auth#x!~", "read"}));
    BOOST_TEST((parse_scopes(std::string(101, 'a') + " read") == read));
    std::string many;
    for (int i = 0; i < 1000; ++i)
        many += "s" + std::to_string(i) + " ";
    BOOST_TEST(parse_scopes(many).size() == 100U);
}

namespace {

std::shared_ptr<PostTemplate> post_with(std::size_t media) {
    auto post = std::make_shared<PostTemplate>();
    post->media.resize(media);
    return post;
}

PostTarget target_of(const char* account, std::shared_ptr<const PostTemplate> post) {
    PostTarget target;
    target.account = account;
    target.post = std::move(post);
    return target;
}

} // namespace

BOOST_AUTO_TEST_CASE(to_upload_is_needed_where_a_post_of_the_account_can_have_media) {
    const Scopes posts{"write:statuses"};
    const Scopes both{"write:statuses", "write:media"};
    Settings settings;
    settings.accounts["news"].name = "news";
    settings.accounts["art"].name = "art";
    BOOST_TEST((needed_scopes(settings, "news") == posts));

    EntrySettings entry;
    entry.targets.push_back(target_of("news", post_with(0)));
    entry.targets.push_back(target_of("art", post_with(1)));
    settings.schedule.push_back(entry);
    BOOST_TEST((needed_scopes(settings, "news") == posts));
    BOOST_TEST((needed_scopes(settings, "art") == both));

    settings.schedule.clear();
    SourceSettings source;
    source.targets.push_back(target_of("news", post_with(2)));
    settings.sources.push_back(source);
    BOOST_TEST((needed_scopes(settings, "news") == both));
    BOOST_TEST((needed_scopes(settings, "art") == posts));

    settings.sources.clear();
    settings.accounts["art"].defaults = post_with(1); // of `crier post`
    BOOST_TEST((needed_scopes(settings, "art") == both));

    // In a later part of a thread, and in one that takes its turn.
    settings.accounts["art"].defaults = nullptr;
    auto thread = post_with(0);
    thread->replies.push_back(*post_with(1));
    auto turns = post_with(0);
    turns->turns.push_back(*post_with(1));
    for (const auto& post : {thread, turns}) {
        EntrySettings later;
        later.targets.push_back(target_of("art", post));
        settings.schedule = {later};
        BOOST_TEST((needed_scopes(settings, "art") == both));
    }
}

BOOST_AUTO_TEST_CASE(to_pin_is_needed_where_a_post_is_pinned) {
    Settings settings;
    settings.accounts["news"].name = "news";
    auto pinned = post_with(0);
    auto later = post_with(0);
    later->pin = true;
    pinned->turns.push_back(*later);
    EntrySettings entry;
    entry.targets.push_back(target_of("news", pinned));
    settings.schedule.push_back(entry);
    const Scopes needed = needed_scopes(settings, "news");
    BOOST_TEST((needed == Scopes{"write:statuses", "write:accounts"}));
    BOOST_TEST(judge_scopes({"write:statuses", "write:accounts"}, needed).surplus.empty());
    BOOST_TEST((judge_scopes({"write:statuses"}, needed).missing == Scopes{"write:accounts"}));
}

BOOST_AUTO_TEST_SUITE_END()
