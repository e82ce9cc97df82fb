#include "harness.hpp"

using namespace crier;
using namespace crier::test;

namespace {

OriginState origin(OriginKind kind, const std::string& name, const std::string& identity) {
    OriginState state;
    state.kind = kind;
    state.name = name;
    state.identity = identity;
    state.reads = "feed https://blog.example/";
    state.edition = 3;
    return state;
}

Post of(OriginKind kind, const std::string& name, const std::string& item) {
    Post post = make_post(item);
    post.origin.kind = kind;
    post.origin.name = name;
    post.key = digest_of(to_text(kind).data() + name + item);
    return post;
}

} // namespace

BOOST_AUTO_TEST_SUITE(origins)

BOOST_AUTO_TEST_CASE(what_a_source_is_known_by_survives_a_reopen) {
    const Folder folder;
    {
        OpenStore store{folder.db()};
        Batch batch;
        batch.origins = {origin(OriginKind::source, "blog", "blog#2")};
        BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
    }
    OpenStore store{folder.db()};
    const States states = store.load();
    BOOST_REQUIRE(states.origins.size() == 1U);
    BOOST_TEST((states.origins[0].kind == OriginKind::source));
    BOOST_TEST(states.origins[0].name == "blog");
    BOOST_TEST(states.origins[0].identity == "blog#2");
    BOOST_TEST(states.origins[0].reads == "feed https://blog.example/");
    BOOST_TEST(states.origins[0].edition == 3);
}

BOOST_AUTO_TEST_CASE(a_rename_takes_all_that_is_known_along_and_nothing_of_others) {
    const Folder folder;
    OpenStore store{folder.db()};
    Batch batch;
    batch.origins = {origin(OriginKind::source, "blog", "blog"), origin(OriginKind::entry, "blog", "blog")};
    batch.insert = {of(OriginKind::source, "blog", "a"), of(OriginKind::entry, "blog", "b")};
    batch.seen = {make_seen("i", "l")};
    batch.sources.resize(1);
    batch.sources[0].source = "blog";
    batch.source_accounts.resize(1);
    batch.source_accounts[0].source = "blog";
    batch.source_accounts[0].account = "news";
    batch.subscriptions.resize(1);
    batch.subscriptions[0].id = "1";
    batch.subscriptions[0].source = "blog";
    batch.entries.resize(1);
    batch.entries[0].entry = "blog";
    BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
    Batch change;
    change.renames.resize(1);
    change.renames[0].kind = OriginKind::source;
    change.renames[0].from = "blog";
    change.renames[0].to = "weblog";
    BOOST_REQUIRE(store.apply(std::move(change)).has_value());
    const States states = store.load();
    BOOST_TEST(states.sources.at(0).source == "weblog");
    BOOST_TEST(states.source_accounts.at(0).source == "weblog");
    BOOST_TEST(states.subscriptions.at(0).source == "weblog");
    BOOST_TEST(states.entries.at(0).entry == "blog");
    BOOST_TEST(store.post(1).origin.name == "weblog");
    BOOST_TEST(store.post(2).origin.name == "blog");
    BOOST_TEST((store.post(1).version == 1));
    SeenQuery query;
    query.source = "weblog";
    query.account = "news";
    query.items = {digest_of("i")};
    BOOST_TEST(store.seen(query).size() == 1U);
    for (const OriginState& state : states.origins) {
        BOOST_TEST(state.identity == "blog");
        BOOST_TEST(state.name == (state.kind == OriginKind::source ? "weblog" : "blog"));
    }
    Batch entry;
    entry.renames.resize(1);
    entry.renames[0].kind = OriginKind::entry;
    entry.renames[0].from = "blog";
    entry.renames[0].to = "log";
    BOOST_REQUIRE(store.apply(std::move(entry)).has_value());
    BOOST_TEST(store.load().entries.at(0).entry == "log");
    BOOST_TEST(store.load().sources.at(0).source == "weblog");
    BOOST_TEST(store.post(2).origin.name == "log");
}

BOOST_AUTO_TEST_CASE(what_no_request_was_made_for_is_found_by_its_origin) {
    const Folder folder;
    OpenStore store{folder.db()};
    (void)store.put(of(OriginKind::source, "blog", "ready"));
    Post post = of(OriginKind::source, "blog", "waiting");
    post.state = PostState::waiting;
    (void)store.put(post);
    post = of(OriginKind::source, "blog", "tried");
    post.attempts = 1;
    post.state = PostState::retrying;
    (void)store.put(post);
    post = of(OriginKind::source, "blog", "held");
    post.state = PostState::held;
    (void)store.put(post);
    (void)store.put(of(OriginKind::source, "other", "ready"));
    (void)store.put(of(OriginKind::entry, "blog", "ready"));
    PostQuery query;
    query.untried = true;
    query.origin_kind = OriginKind::source;
    query.origin = "blog";
    std::vector<std::string> found;
    for (const Post& one : store.find(query))
        found.push_back(one.origin.item);
    BOOST_TEST(found == (std::vector<std::string>{"waiting", "ready"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(parts_of_a_thread_are_found_by_the_one_before_and_by_what_they_wait_for) {
    const Folder folder;
    OpenStore store{folder.db()};
    const Post first = store.put(make_post("p"));
    Post second = make_post("q");
    second.part = 1;
    second.parts = 2;
    second.parent = first.key;
    second.state = PostState::waiting;
    second.code = ReasonCode::thread;
    second.next = Instant::max();
    second.content.in_reply_to = "1001";
    (void)store.put(second);
    PostQuery query;
    query.parent = first.key;
    BOOST_REQUIRE_EQUAL(store.find(query).size(), 1U);
    const Post found = store.find(query).front();
    BOOST_TEST(found.part == 1);
    BOOST_TEST(found.parts == 2);
    BOOST_TEST((found.parent == first.key));
    BOOST_TEST((found.next == Instant::max()));
    BOOST_TEST(found.content.in_reply_to == "1001");
    PostQuery behind;
    behind.behind = true;
    BOOST_TEST(store.find(behind).size() == 1U);
    // What waits for another part is nothing that a lane could wait for.
    LaneWork work = store.lane(noon - 1h);
    BOOST_TEST((work.next == noon));
    BOOST_TEST(store.lane(noon).posts.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
