#include "support/engine_harness.hpp"

using namespace crier;
using namespace crier::test;

/// What has had its time goes, and its key stays.
namespace {

constexpr Duration day = 24h;

class Trimming : public Harness {
public:
    Trimming() { settings.keep.posts = 35 * day; }
    [[nodiscard]] std::size_t rows() const {
        return static_cast<std::size_t>(std::count_if(store.posts.begin(), store.posts.end(),
                                                      [](const Post& post) { return post.id != 0; }));
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(trimmer)

BOOST_FIXTURE_TEST_CASE(old_posts_go_once_a_day_and_their_keys_make_no_second_one, Trimming) {
    start();
    (void)post("one", "1");
    time.run_for(34 * day);
    BOOST_TEST(rows() == 1U);
    (void)post("two", "2");
    time.run_for(3 * day);
    BOOST_TEST(rows() == 2U);
    (void)post("three", "3"); // nothing wakes an idle daemon for it
    time.run_for(1min);
    BOOST_TEST(rows() == 2U);
    BOOST_TEST(store.post(1).id == 0);
    BOOST_TEST(log.count("store.trimmed") == 1U);
    engine::PostOrder order;
    order.status = "one";
    order.key = "1";
    std::optional<Result<engine::Accepted>> again;
    boost::asio::co_spawn(context, engine->post(std::move(order)),
                          [&](std::exception_ptr, Result<engine::Accepted> result) { again = result; });
    time.run_while([&] { return !again; });
    BOOST_REQUIRE(again->has_value());
    BOOST_TEST((*again)->known);
    BOOST_TEST((*again)->id == 0);
    time.run_for(1h);
    BOOST_TEST(timeline().size() == 3U);
}

BOOST_FIXTURE_TEST_CASE(a_post_whose_item_is_in_its_feed_stays_and_so_does_the_item, Trimming) {
    source("blog").first_run.publish = 1;
    feed.add("here", "Here");
    start();
    time.run_for(100 * day);
    feed.items.clear();
    feed.add("other", "Other");
    time.run_for(1 * day);
    BOOST_TEST(rows() == 2U);
    time.run_for(100 * day);
    feed.add("third", "Third");
    time.run_for(1 * day);
    BOOST_TEST(store.post(1).id == 0);
    feed.add("here", "Here"); // known all the same
    time.run_for(1 * day);
    BOOST_TEST(timeline().size() == 3U);
}

BOOST_FIXTURE_TEST_CASE(what_is_not_at_its_end_stays, Trimming) {
    start();
    Batch batch;
    for (const PostState state : {PostState::held, PostState::failed}) {
        Post post;
        post.account = "gone"; // no lane touches it
        post.key = digest_of(to_text(state));
        post.state = state;
        post.created = post.due = post.next = time.now();
        batch.insert.push_back(post);
    }
    put(std::move(batch));
    time.run_for(60 * day);
    (void)post("awake", "awake");
    time.run_for(1min);
    BOOST_TEST(store.post(1).id == 1);
    BOOST_TEST(store.post(2).id == 0);
}

BOOST_FIXTURE_TEST_CASE(pictures_of_posts_that_have_ended_go_and_others_stay, Trimming) {
    Batch batch;
    for (const PostState state : {PostState::held, PostState::cancelled}) {
        Post post;
        post.account = "gone";
        post.key = digest_of(to_text(state));
        post.state = state;
        post.created = post.due = post.next = time.now();
        batch.insert.push_back(post);
        MediaFetcher::Kept kept;
        kept.name = post.key.hex().substr(0, 24) + "-0";
        kept.file = "/stash/" + std::string{to_text(state)};
        media.files.push_back(kept);
    }
    for (const Duration age : {Duration{1min}, Duration{2h}}) {
        MediaFetcher::Kept alone; // its post was never made, or is about to be
        alone.name = digest_of("none").hex().substr(0, 24) + "-0";
        alone.file = "/stash/" + to_text(age);
        alone.since = time.now() - age;
        media.files.push_back(alone);
    }
    MediaFetcher::Kept foreign;
    foreign.name = "something";
    foreign.file = "/stash/something";
    media.files.push_back(foreign);
    put(std::move(batch));
    start();
    (void)post("awake", "awake");
    time.run_for(10min);
    BOOST_TEST((media.forgotten == std::vector<std::string>{"/stash/cancelled", "/stash/2h"}));
}

BOOST_FIXTURE_TEST_CASE(on_a_clock_that_is_years_ahead_nothing_is_old, Trimming) {
    start();
    (void)post("one", "1");
    time.run_for(1h);
    time.jump(24h * 3650);
    (void)post("two", "2");
    time.run_for(2 * day);
    BOOST_TEST(store.post(1).id == 1);
}

BOOST_AUTO_TEST_SUITE_END()
