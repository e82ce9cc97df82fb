#include "harness.hpp"

using namespace crier;
using namespace crier::test;

namespace {

struct Row {
    const char* name;
    PostState state;
    Priority priority;
    Duration due;
    Duration next;
};

/// Times are offsets from noon.
void put_all(OpenStore& store, const std::vector<Row>& rows) {
    Batch batch;
    for (const Row& row : rows) {
        Post post = make_post(row.name);
        post.state = row.state;
        post.priority = row.priority;
        post.due = noon + row.due;
        post.next = noon + row.next;
        batch.insert.push_back(std::move(post));
    }
    BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
}

} // namespace

BOOST_AUTO_TEST_SUITE(lane)

BOOST_AUTO_TEST_CASE(unfinished_business_first_then_priority_due_time_and_id) {
    const Folder folder;
    OpenStore store{folder.db()};
    put_all(store, {{"item, early", PostState::ready, Priority::item, -9h, -9h},
                    {"manual", PostState::ready, Priority::manual, -2h, -2h},
                    {"scheduled, late", PostState::ready, Priority::scheduled, -1h, -1h},
                    {"scheduled, same time", PostState::ready, Priority::scheduled, -1h, -1h},
                    {"scheduled, early", PostState::ready, Priority::scheduled, -3h, -3h},
                    {"retrying item", PostState::retrying, Priority::item, -1h, -1h},
                    {"doubt", PostState::doubt, Priority::manual, -1h, -1h},
                    {"sending", PostState::sending, Priority::scheduled, -1h, 0h},
                    {"uploading", PostState::uploading, Priority::scheduled, -2h, -2h}});
    const LaneWork work = store.lane(noon);
    const std::vector<std::string> expected{"uploading",
                                            "sending",
                                            "doubt",
                                            "retrying item",
                                            "scheduled, early",
                                            "scheduled, late",
                                            "scheduled, same time",
                                            "manual",
                                            "item, early"};
    BOOST_TEST(names(work.posts) == expected);
    BOOST_TEST((work.next == std::nullopt));
}

BOOST_AUTO_TEST_CASE(a_post_that_waited_takes_its_place_when_it_is_due) {
    const Folder folder;
    OpenStore store{folder.db()};
    put_all(store, {{"item", PostState::ready, Priority::item, -9h, -9h},
                    {"scheduled, waited", PostState::waiting, Priority::scheduled, -1h, -1h},
                    {"manual, ready", PostState::ready, Priority::manual, -1h, -1h},
                    {"manual, waited", PostState::waiting, Priority::manual, -2h, -2h},
                    {"on the second", PostState::waiting, Priority::item, 0h, 0h},
                    {"not yet", PostState::waiting, Priority::scheduled, 0h, 1us}});
    const std::vector<std::string> expected{"scheduled, waited", "manual, waited", "manual, ready", "item",
                                            "on the second"};
    BOOST_TEST(names(store.lane(noon).posts) == expected);
}

BOOST_AUTO_TEST_CASE(what_is_not_due_is_told_as_the_next_moment) {
    const Folder folder;
    OpenStore store{folder.db()};
    BOOST_TEST((store.lane(noon).next == std::nullopt));
    put_all(store, {{"waiting", PostState::waiting, Priority::scheduled, 3h, 3h}});
    BOOST_TEST((store.lane(noon).next == noon + 3h));
    put_all(store, {{"ready, later", PostState::ready, Priority::scheduled, 2h, 2h}});
    BOOST_TEST((store.lane(noon).next == noon + 2h));
    put_all(store, {{"doubt", PostState::doubt, Priority::scheduled, -1h, 1h}});
    BOOST_TEST((store.lane(noon).next == noon + 1h));
    BOOST_TEST(store.lane(noon).posts.empty());
    // And once something is due, that is all there is to know.
    const LaneWork due = store.lane(noon + 1h);
    BOOST_TEST(names(due.posts) == std::vector<std::string>{"doubt"});
    BOOST_TEST((due.next == std::nullopt));
}

BOOST_AUTO_TEST_CASE(a_moment_that_is_told_finds_something) {
    const Folder folder;
    OpenStore store{folder.db()};
    std::vector<Row> rows;
    for (const PostState state : {PostState::waiting, PostState::ready, PostState::uploading,
                                  PostState::sending, PostState::retrying, PostState::doubt})
        rows.push_back({to_text(state).data(), state, Priority::item, 0h, (rows.size() + 1) * 1h});
    put_all(store, rows);
    // A lane that trusted a moment at which there is nothing would spin.
    Instant now = noon;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const LaneWork work = store.lane(now);
        BOOST_REQUIRE(work.posts.empty());
        BOOST_REQUIRE((work.next && *work.next > now));
        now = *work.next;
        const LaneWork due = store.lane(now);
        BOOST_REQUIRE(due.posts.size() == 1U);
        Post done = due.posts.front();
        done.state = PostState::published;
        done.status_id = std::to_string(i);
        Batch batch;
        batch.update.push_back(done);
        BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
    }
    BOOST_TEST((store.lane(now).next == std::nullopt));
}

BOOST_AUTO_TEST_CASE(what_is_over_or_held_is_no_work) {
    const Folder folder;
    OpenStore store{folder.db()};
    put_all(store, {{"held", PostState::held, Priority::scheduled, -1h, -1h},
                    {"published", PostState::published, Priority::scheduled, -1h, -1h},
                    {"failed", PostState::failed, Priority::scheduled, -1h, -1h},
                    {"expired", PostState::expired, Priority::scheduled, -1h, -1h},
                    {"cancelled", PostState::cancelled, Priority::scheduled, -1h, -1h},
                    {"deleted", PostState::deleted, Priority::scheduled, -1h, 1h}});
    const LaneWork work = store.lane(noon);
    BOOST_TEST(work.posts.empty());
    BOOST_TEST((work.next == std::nullopt));
}

BOOST_AUTO_TEST_CASE(receipts_come_when_there_is_nothing_else_one_at_a_time) {
    const Folder folder;
    OpenStore store{folder.db()};
    const auto put = [&](const char* name, Duration receipt) {
        Post post = make_post(name);
        post.state = PostState::published;
        post.receipt = noon + receipt;
        return store.put(post);
    };
    put("second", -1min);
    const Post first = put("first", -2min);
    put("later", 1h);
    BOOST_TEST(names(store.lane(noon).posts) == std::vector<std::string>{"first"});
    // Not before the lane wants another one; then it is told when.
    LaneQuery query;
    query.account = "news";
    query.now = noon;
    query.receipts_from = noon + 5s;
    BOOST_TEST(store.lane(query).posts.empty());
    BOOST_TEST((store.lane(query).next == noon + 5s));
    Post ready = make_post("ready");
    store.put(ready);
    BOOST_TEST(names(store.lane(noon).posts) == std::vector<std::string>{"ready"});
    Batch batch;
    batch.update = {store.find({}).front(), first};
    batch.update[0].state = PostState::cancelled;
    batch.update[1].receipt.reset();
    BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
    BOOST_TEST(names(store.lane(noon).posts) == std::vector<std::string>{"second"});
    BOOST_TEST((store.lane(noon - 1h).next == noon - 1min));
}

BOOST_AUTO_TEST_CASE(each_account_has_its_own) {
    const Folder folder;
    OpenStore store{folder.db()};
    put_all(store, {{"mine", PostState::ready, Priority::item, 0h, 0h}});
    store.put(make_post("theirs", "art"));
    Post later = make_post("theirs, later", "quiet");
    later.next = noon + 1h;
    store.put(later);
    BOOST_TEST(names(store.lane(noon).posts) == std::vector<std::string>{"mine"});
    LaneQuery query;
    query.account = "quiet";
    query.now = noon;
    BOOST_TEST((store.lane(query).next == noon + 1h));
    query.account = "nobody";
    BOOST_TEST((store.lane(query).next == std::nullopt));
}

BOOST_AUTO_TEST_CASE(no_more_than_was_asked_for_and_the_first_ones) {
    const Folder folder;
    OpenStore store{folder.db()};
    std::vector<Row> rows;
    std::vector<std::string> texts;
    for (int i = 0; i < 40; ++i)
        texts.push_back(std::to_string(i));
    for (int i = 0; i < 40; ++i)
        rows.push_back({texts[static_cast<std::size_t>(i)].c_str(),
                        i % 4 == 0   ? PostState::retrying
                        : i % 2 == 0 ? PostState::ready
                                     : PostState::waiting,
                        Priority::item, -100h + i * 1min, -1h});
    put_all(store, rows);
    BOOST_TEST(names(store.lane(noon, 3).posts) == (std::vector<std::string>{"0", "4", "8"}));
    const std::vector<std::string> twelve{"0", "4", "8", "12", "16", "20", "24", "28", "32", "36", "1", "2"};
    BOOST_TEST(names(store.lane(noon, 12).posts) == twelve);
    BOOST_TEST(store.lane(noon, 1000).posts.size() == 40U);
}

BOOST_AUTO_TEST_SUITE_END()
