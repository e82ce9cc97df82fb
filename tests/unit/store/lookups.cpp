#include "harness.hpp"

using namespace crier;
using namespace crier::test;

BOOST_AUTO_TEST_SUITE(lookups)

BOOST_AUTO_TEST_CASE(posts_are_found_by_each_filter_and_by_all_together) {
    const Folder folder;
    OpenStore store{folder.db()};
    const auto put = [&](const char* name, const char* account, PostState state, const char* origin,
                         Duration created, const char* status) {
        Post post = make_post(name, account);
        post.state = state;
        post.origin.kind = OriginKind::source;
        post.origin.name = origin;
        post.in_doubt = std::string_view{name} == "c";
        post.created = noon + created;
        post.due = noon - created;
        post.content.status = status;
        return store.put(post);
    };
    const Post a = put("a", "news", PostState::ready, "blog", 0h, "It's 100% \"done\"");
    const Post b = put("b", "news", PostState::held, "blog", 1h, "under_score");
    const Post c = put("c", "art", PostState::held, "pictures", 2h, "Straße, ÄPFEL and apples");
    const Post d = put("d", "art", PostState::published, "blog", 3h, "line\none \\ two");

    const auto found = [&](auto change) {
        PostQuery query;
        change(query);
        return names(store.find(std::move(query)));
    };
    using Names = std::vector<std::string>;
    BOOST_TEST(found([](PostQuery&) {}) == (Names{"d", "c", "b", "a"}));
    BOOST_TEST(found([&](PostQuery& q) { q.id = b.id; }) == Names{"b"});
    BOOST_TEST(found([&](PostQuery& q) { q.id = 99; }) == Names{});
    BOOST_TEST(found([&](PostQuery& q) { q.key = c.key; }) == Names{"c"});
    BOOST_TEST(found([&](PostQuery& q) { q.key = digest_of("no such"); }) == Names{});
    BOOST_TEST(found([](PostQuery& q) { q.account = "art"; }) == (Names{"d", "c"}));
    BOOST_TEST(found([](PostQuery& q) { q.states = {PostState::held}; }) == (Names{"c", "b"}));
    BOOST_TEST(found([](PostQuery& q) {
                   q.states = {PostState::ready, PostState::published};
               }) == (Names{"d", "a"}));
    BOOST_TEST(found([](PostQuery& q) { q.since = noon + 2h; }) == (Names{"d", "c"}));
    BOOST_TEST(found([](PostQuery& q) { q.since = noon + 4h; }) == Names{});
    BOOST_TEST(found([](PostQuery& q) { q.origin = "blog"; }) == (Names{"d", "b", "a"}));
    BOOST_TEST(found([](PostQuery& q) {
                   q.states = {PostState::held, PostState::doubt};
                   q.in_doubt = true;
               }) == Names{"c"});
    BOOST_TEST(found([](PostQuery& q) { q.limit = 2; }) == (Names{"d", "c"}));
    BOOST_TEST(found([](PostQuery& q) { q.limit = 0; }) == Names{});
    BOOST_TEST(found([](PostQuery& q) { q.oldest_first = true; }) == (Names{"d", "c", "b", "a"})); // by due
    BOOST_TEST(found([](PostQuery& q) {
                   q.oldest_first = true;
                   q.limit = 1;
               }) == Names{"d"});

    // A list in pieces: each begins behind the last post of the one before.
    const auto behind = [](const Post& post) { return PostCursor{post.due, post.id}; };
    BOOST_TEST(found([&](PostQuery& q) { q.after = behind(c); }) == (Names{"b", "a"}));
    BOOST_TEST(found([&](PostQuery& q) { q.after = behind(a); }) == Names{});
    BOOST_TEST(found([&](PostQuery& q) {
                   q.account = "news";
                   q.after = behind(c);
                   q.limit = 1;
               }) == Names{"b"});
    BOOST_TEST(found([&](PostQuery& q) {
                   q.oldest_first = true;
                   q.after = behind(c);
               }) == (Names{"b", "a"}));
    BOOST_TEST(found([&](PostQuery& q) {
                   q.oldest_first = true;
                   q.after = PostCursor{c.due, c.id - 1}; // of posts due at one time, by their number
               }) == (Names{"c", "b", "a"}));
    BOOST_TEST(found([](PostQuery& q) { q.active_since = noon + 2h; }) == (Names{"d", "c"}));

    // grep takes everything literally and knows no case in ASCII.
    BOOST_TEST(found([](PostQuery& q) { q.grep = "APPLES"; }) == Names{"c"});
    BOOST_TEST(found([](PostQuery& q) { q.grep = "Straße, ÄPFEL"; }) == Names{"c"});
    BOOST_TEST(found([](PostQuery& q) { q.grep = "%"; }) == Names{"a"});
    BOOST_TEST(found([](PostQuery& q) { q.grep = "_"; }) == Names{"b"});
    BOOST_TEST(found([](PostQuery& q) { q.grep = "it's 100% \"done\""; }) == Names{"a"});
    BOOST_TEST(found([](PostQuery& q) { q.grep = "\none \\ t"; }) == Names{"d"});
    BOOST_TEST(found([](PostQuery& q) { q.grep = "'; DROP TABLE posts; --"; }) == Names{});
    BOOST_TEST(found([](PostQuery& q) { q.grep = "status"; }) == Names{}); // a name in the JSON, not a text

    const auto all = [&](PostQuery& q) {
        q.id = c.id;
        q.key = c.key;
        q.account = "art";
        q.states = {PostState::held, PostState::failed};
        q.since = noon;
        q.origin = "pictures";
        q.grep = "and";
    };
    BOOST_TEST(found(all) == Names{"c"});
    BOOST_TEST(found([&](PostQuery& q) {
                   all(q);
                   q.account = "news";
               }) == Names{});
    BOOST_TEST((store.post(d.id).state == PostState::published));
    BOOST_TEST(store.post(a.id).content.status == "It's 100% \"done\"");
}

BOOST_AUTO_TEST_CASE(posts_are_found_by_the_statuses_that_they_became) {
    const Folder folder;
    OpenStore store{folder.db()};
    for (const char* id : {"1", "2", "3", ""}) {
        Post post = make_post(std::string{"p"} + id);
        post.state = PostState::published;
        store.put(post);
        Batch batch;
        batch.update = {store.find({}).front()};
        batch.update[0].status_id = id;
        BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
    }
    PostQuery query;
    query.account = "news";
    query.status_ids = {"3", "1", "99", ""};
    BOOST_TEST(names(store.find(query)) == (std::vector<std::string>{"p3", "p1"}));
    query.account = "art";
    BOOST_TEST(store.find(query).empty());
}

BOOST_AUTO_TEST_CASE(every_state_is_found_and_counted) {
    const Folder folder;
    OpenStore store{folder.db()};
    for (int state = 0; state <= static_cast<int>(PostState::deleted); ++state) {
        Batch batch;
        for (int i = 0; i <= state; ++i) {
            Post post = make_post(std::to_string(state) + "/" + std::to_string(i), i == 0 ? "art" : "news");
            post.state = static_cast<PostState>(state);
            batch.insert.push_back(std::move(post));
        }
        BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
    }
    const auto all = store.counts();
    const auto news = store.counts("news");
    for (int i = 0; i <= static_cast<int>(PostState::deleted); ++i) {
        const auto state = static_cast<PostState>(i);
        BOOST_TEST_CONTEXT(to_text(state)) {
            BOOST_TEST(all.at(state) == i + 1);
            BOOST_TEST((i == 0 ? news.count(state) == 0U : news.at(state) == i));
            PostQuery query;
            query.states = {state};
            query.account = "news";
            BOOST_TEST(store.find(std::move(query)).size() == static_cast<std::size_t>(i));
        }
    }
    BOOST_TEST(store.counts("nobody").empty());
    const UnsettledCounts unsettled = run(store.context, (*store).unsettled()).value();
    for (int i = 0; i <= static_cast<int>(PostState::deleted); ++i) {
        const auto state = static_cast<PostState>(i);
        const bool settled = is_final(state) && state != PostState::failed;
        BOOST_TEST_CONTEXT(to_text(state)) {
            BOOST_TEST(unsettled.at("art").count(state) == (settled ? 0U : 1U));
            if (!settled && i > 0)
                BOOST_TEST(unsettled.at("news").at(state) == i);
        }
    }
}

BOOST_AUTO_TEST_CASE(what_may_leave_says_since_when_and_until_when) {
    const Folder folder;
    OpenStore store{folder.db()};
    const auto put = [&](const std::string& name, PostState state, Duration due, Duration next) {
        Post post = make_post(name);
        post.account = "news";
        post.state = state;
        post.due = noon + due;
        post.next = noon + next;
        return store.put(std::move(post));
    };
    const auto leaving = [&] {
        const auto all = run(store.context, (*store).leaving({"news", "art"}, noon)).value();
        BOOST_REQUIRE_EQUAL(all.size(), 2U);
        BOOST_TEST(!all.at("art").next.has_value());
        BOOST_TEST(!all.at("art").overdue.has_value());
        return all.at("news");
    };
    // None of these leaves by itself.
    (void)put("held", PostState::held, -9h, -9h);
    (void)put("doubt", PostState::doubt, -9h, -9h);
    (void)put("failed", PostState::failed, -9h, -9h);
    Post part = make_post("part");
    part.account = "news";
    part.state = PostState::waiting;
    part.due = noon - 9h;
    part.next = Instant::max();
    (void)store.put(std::move(part));
    BOOST_TEST(!leaving().next.has_value());
    BOOST_TEST(!leaving().overdue.has_value());
    (void)put("later", PostState::waiting, 2h, 2h);
    BOOST_TEST((leaving().next == noon + 2h));
    BOOST_TEST(!leaving().overdue.has_value());
    (void)put("retrying", PostState::retrying, -3h, 1h);
    BOOST_TEST((leaving().next == noon + 1h));
    BOOST_TEST((leaving().overdue == noon - 3h));
    (void)put("past", PostState::waiting, -4h, -4h);
    BOOST_TEST((leaving().overdue == noon - 4h));
    (void)put("ready", PostState::ready, -5h, -5h);
    BOOST_TEST((leaving().next == noon - 5h));
    BOOST_TEST((leaving().overdue == noon - 5h));
}

BOOST_AUTO_TEST_CASE(the_store_says_how_its_writes_went) {
    const Folder folder;
    OpenStore store{folder.db()};
    const StoreFigures& figures = *(*store).figures();
    BOOST_TEST(figures.commits.count() == 0U);
    const Post post = store.put(make_post("first"));
    BOOST_TEST(figures.commits.count() == 1U);
    BOOST_TEST((figures.commits.sum() > Duration::zero()));
    Batch stale;
    stale.update = {post};
    stale.update[0].version += 7;
    BOOST_REQUIRE(!store.apply(std::move(stale)).has_value());
    BOOST_TEST(figures.commits.count() == 1U);
    BOOST_TEST(figures.failed == 0U); // a conflict is no trouble of the store's
}

BOOST_AUTO_TEST_CASE(items_are_found_by_what_they_are_and_by_their_link) {
    const Folder folder;
    OpenStore store{folder.db()};
    SeenItem elsewhere = make_seen("a", "https://a.example/1");
    elsewhere.source = "other";
    SeenItem other_account = make_seen("a", "https://a.example/1");
    other_account.account = "art";
    other_account.verdict = "filtered: title";
    Batch batch;
    batch.seen = {make_seen("a", "https://a.example/1"), make_seen("b", "https://a.example/2"),
                  make_seen("c"), elsewhere, other_account};
    BOOST_REQUIRE(store.apply(std::move(batch)).has_value());

    const auto titles = [&](std::vector<Digest> items, std::vector<Digest> links,
                            std::string account = "news") {
        SeenQuery query;
        query.source = "blog";
        query.account = std::move(account);
        query.items = std::move(items);
        query.links = std::move(links);
        std::vector<std::string> list;
        for (const SeenItem& item : store.seen(std::move(query)))
            list.push_back(item.title);
        std::sort(list.begin(), list.end());
        return list;
    };
    using Names = std::vector<std::string>;
    BOOST_TEST(titles({digest_of("a"), digest_of("c"), digest_of("x")}, {}) == (Names{"a", "c"}));
    BOOST_TEST(titles({}, {digest_of("https://a.example/2")}) == Names{"b"});
    BOOST_TEST(titles({digest_of("a")}, {digest_of("https://a.example/1")}) == Names{"a"}); // told once
    BOOST_TEST(titles({}, {Digest{}}) == Names{}); // c has no link: that is not a link they share
    BOOST_TEST(titles({}, {}) == Names{});
    BOOST_TEST(titles({digest_of("b")}, {}, "art") == Names{});

    SeenQuery query;
    query.source = "blog";
    query.account = "art";
    query.items = {digest_of("a")};
    const SeenItem read = store.seen(query).at(0);
    BOOST_TEST(read.source == "blog");
    BOOST_TEST(read.account == "art");
    BOOST_TEST((read.item == digest_of("a")));
    BOOST_TEST((read.link == digest_of("https://a.example/1")));
    BOOST_TEST(read.address == "https://a.example/1");
    BOOST_TEST(read.verdict == "filtered: title");
    BOOST_TEST((read.seen == noon));
    query.account = "news";
    query.items = {digest_of("c")};
    BOOST_TEST((store.seen(query).at(0).link == Digest{}));
}

BOOST_AUTO_TEST_CASE(a_verdict_stays) {
    const Folder folder;
    OpenStore store{folder.db()};
    for (const char* verdict : {"filtered: title", "accepted"}) {
        SeenItem item = make_seen("a");
        item.verdict = verdict;
        Batch batch;
        batch.seen = {item};
        BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
    }
    SeenQuery query;
    query.source = "blog";
    query.account = "news";
    query.items = {digest_of("a")};
    BOOST_TEST(store.seen(query).at(0).verdict == "filtered: title");
}

BOOST_AUTO_TEST_CASE(a_link_of_many_items_shows_as_not_one_items_alone) {
    const Folder folder;
    OpenStore store{folder.db()};
    Batch batch;
    for (int i = 0; i < 50; ++i)
        batch.seen.push_back(make_seen(std::to_string(i), "https://a.example/"));
    BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
    SeenQuery query;
    query.source = "blog";
    query.account = "news";
    query.links = std::vector<Digest>(50, digest_of("https://a.example/"));
    const std::size_t count = store.seen(std::move(query)).size();
    BOOST_TEST(count >= 2U); // enough to tell, and bounded: fifty items with one link are not 2,500 rows
    BOOST_TEST(count <= 50U);
}

BOOST_AUTO_TEST_SUITE_END()
