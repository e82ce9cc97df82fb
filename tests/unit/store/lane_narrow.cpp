#include "harness.hpp"

using namespace crier;
using namespace crier::test;

/// What a lane asks for while some of its posts wait for a limit.
namespace {

Post post_of(const std::string& name, PostState state, Priority priority, int media = 0,
             bool uploaded = false) {
    Post post = make_post(name);
    post.state = state;
    post.priority = priority;
    for (int i = 0; i < media; ++i) {
        Media file;
        file.file = "/srv/" + name + ".png";
        if (uploaded || i > 0)
            file.server_id = "m" + std::to_string(i);
        post.content.media.push_back(std::move(file));
    }
    return post;
}

void put_each(OpenStore& store, const std::vector<Post>& posts) {
    Batch batch;
    batch.insert = posts;
    BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
}

} // namespace

BOOST_AUTO_TEST_SUITE(lane_narrow)

BOOST_AUTO_TEST_CASE(only_those_that_may_go_are_told) {
    const Folder folder;
    OpenStore store{folder.db()};
    Post late = post_of("late", PostState::ready, Priority::scheduled);
    late.expires = noon - 1min;
    put_each(store, {post_of("text", PostState::ready, Priority::item),
                     post_of("picture", PostState::ready, Priority::item, 1),
                     post_of("waited", PostState::waiting, Priority::manual),
                     post_of("waited picture", PostState::waiting, Priority::manual, 2),
                     post_of("uploaded", PostState::uploading, Priority::item, 1, true),
                     post_of("half uploaded", PostState::uploading, Priority::item, 2),
                     post_of("doubt", PostState::doubt, Priority::item, 1),
                     post_of("sending", PostState::sending, Priority::item),
                     post_of("entry", PostState::ready, Priority::scheduled),
                     post_of("entry picture", PostState::ready, Priority::scheduled, 1), late});
    struct Look {
        Admit scheduled;
        Admit others;
        std::vector<std::string> names;
    };
    const Look looks[] = {
        {Admit::all,
         Admit::text,
         {"uploaded", "doubt", "sending", "entry", "entry picture", "late", "waited", "text"}},
        {Admit::all, Admit::none, {"doubt", "sending", "entry", "entry picture", "late"}},
        {Admit::text, Admit::text, {"uploaded", "doubt", "sending", "entry", "late", "waited", "text"}},
        {Admit::none, Admit::none, {"doubt", "sending", "late"}},
    };
    for (const Look& look : looks) {
        LaneQuery query;
        query.account = "news";
        query.now = noon;
        query.scheduled = look.scheduled;
        query.others = look.others;
        const std::vector<std::string> told = names(store.lane(query).posts);
        BOOST_TEST(told == look.names, boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(the_next_moment_is_told_beside_posts) {
    const Folder folder;
    OpenStore store{folder.db()};
    Post later = post_of("later", PostState::waiting, Priority::scheduled);
    later.next = noon + 1h;
    put_each(store, {post_of("text", PostState::ready, Priority::item), later});
    LaneQuery query;
    query.account = "news";
    query.now = noon;
    query.tell_next = true;
    BOOST_TEST((store.lane(query).next == noon + 1h));
    query.others = Admit::none;
    const LaneWork work = store.lane(query);
    BOOST_TEST(work.posts.empty());
    BOOST_TEST((work.next == noon + 1h));
}

BOOST_AUTO_TEST_CASE(scheduled_posts_are_told_of_until_the_horizon) {
    const Folder folder;
    OpenStore store{folder.db()};
    Post soon = post_of("soon", PostState::waiting, Priority::scheduled, 2);
    soon.next = noon + 1h;
    Post far = post_of("far", PostState::waiting, Priority::scheduled);
    far.next = noon + 5h;
    Post retrying = post_of("retrying", PostState::retrying, Priority::scheduled);
    retrying.next = noon + 2h;
    put_each(store, {soon, far, retrying, post_of("now", PostState::ready, Priority::scheduled),
                     post_of("item", PostState::ready, Priority::item),
                     post_of("held", PostState::held, Priority::scheduled)});
    LaneQuery query;
    query.account = "news";
    query.now = noon;
    BOOST_TEST(store.lane(query).expected.empty());
    query.horizon = noon + 3h;
    const LaneWork work = store.lane(query);
    BOOST_REQUIRE_EQUAL(work.expected.size(), 3U);
    BOOST_TEST((work.expected[0].next == noon + 1h));
    BOOST_TEST(work.expected[0].media == 2);
    BOOST_TEST((work.expected[1].next == noon));
    BOOST_TEST((work.expected[2].next == noon + 2h));
}

BOOST_AUTO_TEST_SUITE_END()
