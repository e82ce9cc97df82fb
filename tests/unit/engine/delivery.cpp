#include "support/engine_harness.hpp"

using namespace crier;
using namespace crier::test;

namespace {

/// In a minute.
engine::PostOrder picture(const Harness& h, const std::string& file) {
    engine::PostOrder order = Harness::picture("look", file);
    order.at = h.time.now() + 1min;
    return order;
}

bool mentions(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_delivery)

BOOST_AUTO_TEST_CASE(a_post_is_published_once) {
    Harness h;
    h.start();
    const PostId id = h.post("hello", "k1");
    h.time.run_for(10s);
    BOOST_TEST(h.timeline() == std::vector<std::string>{"hello"}, boost::test_tools::per_element());
    BOOST_TEST((h.store.post(id).state == PostState::published));
    BOOST_TEST(h.store.post(id).status_id == "1000");
    BOOST_TEST(h.store.all_attempts.size() == 1U);
    BOOST_TEST(h.store.all_attempts[0].outcome == "published");
}

BOOST_AUTO_TEST_CASE(the_same_key_makes_one_post) {
    Harness h;
    h.start();
    const PostId first = h.post("hello", "k1");
    BOOST_TEST(h.post("hello again", "k1") == first);
    h.time.run_for(10s);
    BOOST_TEST(h.server.statuses.size() == 1U);
}

BOOST_AUTO_TEST_CASE(each_fault_ends_in_one_status) {
    const std::pair<Fault, const char*> faults[] = {
        {Fault::not_sent, "not sent"},     {Fault::lost_before, "lost before"},
        {Fault::lost_after, "lost after"}, {Fault::error_before, "500 before"},
        {Fault::error_after, "500 after"}, {Fault::limited, "429"},
    };
    for (const auto& [fault, name] : faults) {
        BOOST_TEST_CONTEXT(name) {
            Harness h;
            h.server.faults = {fault};
            h.start();
            const PostId id = h.post("hello", "k1");
            h.time.run_for(15min);
            BOOST_TEST(h.server.statuses.size() == 1U);
            BOOST_TEST((h.store.post(id).state == PostState::published));
            BOOST_TEST(h.store.post(id).attempts == 2);
        }
    }
}

BOOST_AUTO_TEST_CASE(nothing_is_repeated_while_the_first_request_may_still_be_at_work) {
    Harness h;
    h.server.faults = {Fault::lost_after};
    h.start();
    const PostId id = h.post("hello", "k1");
    h.time.run_for(149s);
    BOOST_TEST((h.store.post(id).state == PostState::doubt));
    BOOST_TEST(h.server.keys.size() == 1U);
    h.time.run_for(5s);
    BOOST_TEST(h.server.keys.size() == 2U);
    BOOST_TEST(h.server.keys[0] == h.server.keys[1]);
    BOOST_TEST(h.server.statuses.size() == 1U);
}

BOOST_AUTO_TEST_CASE(on_a_server_without_keys_a_lost_reply_is_held_and_not_repeated) {
    Harness h;
    h.server.server.idempotent = false;
    h.server.faults = {Fault::lost_after};
    h.start();
    const PostId id = h.post("hello", "k1");
    h.time.run_for(2h);
    BOOST_TEST(h.server.statuses.size() == 1U);
    BOOST_TEST((h.store.post(id).state == PostState::held));
}

BOOST_AUTO_TEST_CASE(a_refused_post_does_not_stop_the_next) {
    Harness h;
    h.server.faults = {Fault::refused};
    h.start();
    const PostId bad = h.post("bad", "k1");
    const PostId good = h.post("good", "k2");
    h.time.run_for(10s);
    BOOST_TEST((h.store.post(bad).state == PostState::failed));
    BOOST_TEST((h.store.post(good).state == PostState::published));
}

BOOST_AUTO_TEST_CASE(a_limit_outlasts_a_restart) {
    Harness h;
    h.server.faults = {Fault::limited};
    h.server.limit_wait = 30min;
    h.start();
    const PostId id = h.post("hello", "k1");
    h.time.run_for(5s);
    const std::size_t requests = h.server.requests;
    h.restart();
    h.time.run_for(25min);
    BOOST_TEST(h.server.requests == requests);
    h.time.run_for(6min);
    BOOST_TEST((h.store.post(id).state == PostState::published));
}

BOOST_AUTO_TEST_CASE(a_store_in_trouble_sends_nothing_and_goes_on_when_it_is_well) {
    Harness h;
    h.start();
    const PostId id = h.post("hello", "k1");
    // The next commits fail: among them the record of the attempt.
    for (int i = 0; i < 4; ++i)
        h.store.failures.push_back(Failure{Cause::temporary, "disk full"});
    h.time.run_for(500ms);
    BOOST_TEST(h.server.statuses.empty());
    h.time.run_for(5min);
    BOOST_TEST((h.store.post(id).state == PostState::published));
    BOOST_TEST(h.server.statuses.size() == 1U);
    BOOST_TEST(h.log.count("store.failed") >= 1U);
}

BOOST_AUTO_TEST_CASE(a_back_off_that_ends_while_it_is_being_recorded_lets_the_lane_go_on) {
    for (const Fault fault : {Fault::not_sent, Fault::lost_before, Fault::lost_after}) {
        Harness h;
        h.account("news").delivery.retry_most = 1s;
        h.store.latency = 3s; // a slow disk: longer than any back-off
        h.start();
        h.time.run_for(1min); // idle: whoever rings from here on is heard at once, and no ring is left over
        h.server.faults = {fault};
        const PostId id = h.post("hello", "k1");
        h.time.run_for(10min);
        BOOST_TEST((h.store.post(id).state == PostState::published));
        BOOST_TEST(h.server.statuses.size() == 1U);
    }
}

BOOST_AUTO_TEST_CASE(the_outcome_of_one_post_and_the_attempt_of_the_next_share_a_commit) {
    Harness h;
    h.start();
    h.time.run_for(1s);
    h.stop();
    for (int i = 0; i < 10; ++i) {
        Post post;
        post.key = digest_of(std::to_string(i));
        post.account = "news";
        post.state = PostState::ready;
        post.content.status = std::to_string(i);
        Batch batch;
        batch.insert.push_back(post);
        h.put(std::move(batch));
    }
    const std::size_t before = h.store.commits();
    h.start();
    h.time.run_for(10s);
    BOOST_TEST(h.server.statuses.size() == 10U);
    // One commit a post, one for the last outcome, and one for each time that a full queue was loaded.
    BOOST_TEST(h.store.commits() - before <= 13U);
}

BOOST_AUTO_TEST_CASE(a_clock_that_is_set_forward_does_not_end_the_quiet_period) {
    Harness h;
    h.server.faults = {Fault::lost_after};
    h.start();
    const PostId id = h.post("hello", "k1");
    h.time.run_for(1s);
    BOOST_TEST((h.store.post(id).state == PostState::doubt));
    h.time.jump(10min);
    h.time.run_for(140s);
    BOOST_TEST(h.server.requests == 1U);
    h.time.run_for(20s);
    BOOST_TEST(h.server.requests == 2U);
    BOOST_TEST(h.timeline().size() == 1U);
    BOOST_TEST((h.store.post(id).state == PostState::published));
}

BOOST_AUTO_TEST_CASE(a_file_that_is_posted_by_hand_is_taken_over_at_once) {
    Harness h;
    h.start();
    const PostId id = h.hand_in(picture(h, "/tmp/plot.png"))->id;
    BOOST_TEST(h.store.post(id).content.media.at(0).file == "/tmp/plot.png");
    const std::string copy = h.store.post(id).content.media.at(0).copy;
    BOOST_TEST(h.media.kept.count(copy) == 1U);
    h.media.missing = {"/tmp/plot.png"};
    h.time.run_for(1h);
    BOOST_TEST((h.store.post(id).state == PostState::published));
    BOOST_TEST(h.server.uploads.at(0) == copy);
    BOOST_TEST(h.media.kept.empty());
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_there_is_refused_before_anything_is_accepted) {
    Harness h;
    h.media.missing = {"/tmp/none.png"};
    h.start();
    const Result<engine::Accepted> refused = h.hand_in(picture(h, "/tmp/none.png"));
    BOOST_REQUIRE(!refused);
    BOOST_TEST((refused.error().cause == Cause::not_found));
    BOOST_TEST(h.store.posts.empty());
}

BOOST_AUTO_TEST_CASE(a_copy_that_a_restored_backup_does_not_have_is_made_anew_or_done_without) {
    Harness h;
    h.start();
    const PostId first = h.hand_in(picture(h, "/tmp/one.png"))->id;
    const PostId second = h.hand_in(picture(h, "/tmp/two.png"))->id;
    h.media.kept.clear();
    h.media.missing = {"/tmp/two.png"};
    h.time.run_for(1h);
    BOOST_TEST(h.server.uploads.at(0) == h.store.post(first).content.media.at(0).copy);
    BOOST_TEST(h.server.uploads.at(1) == "/tmp/two.png"); // and its server says what is wrong with that
    BOOST_TEST((h.store.post(second).state == PostState::published));
}

BOOST_AUTO_TEST_CASE(an_entrys_picture_is_taken_over_when_it_fires) {
    Harness h;
    EntrySettings& entry = h.entry("hourly", schedule::Every{1h, Duration{}}, "look");
    auto post = std::make_shared<PostTemplate>(*entry.targets.at(0).post);
    post->media.resize(1);
    post->media[0].file = "/srv/chart.png";
    post->media[0].missing_alt = MissingAlt::post;
    entry.targets[0].post = std::move(post);
    h.server.faults = {Fault::not_sent};
    h.start();
    h.time.run_for(1h);
    BOOST_TEST(h.media.kept.size() == 1U);
    h.media.missing = {"/srv/chart.png"}; // the next one is being drawn
    h.time.run_for(2min);
    BOOST_TEST(h.timeline().size() == 1U);
    BOOST_TEST(mentions(h.server.uploads.at(0), "/kept/"));
    BOOST_TEST(h.media.kept.empty());
}

BOOST_AUTO_TEST_CASE(a_repeat_that_could_not_be_recorded_for_an_hour_is_decided_anew) {
    Harness h;
    h.server.faults = {Fault::lost_after};
    h.start();
    const PostId id = h.post("hello", "k1");
    h.time.run_for(149s);
    BOOST_REQUIRE((h.store.post(id).state == PostState::doubt));
    h.store.failures.assign(100000, Failure{Cause::temporary, "disk full"});
    h.time.run_for(70min); // the server forgets the key meanwhile
    BOOST_TEST(h.server.keys.size() == 1U);
    h.store.failures.clear();
    h.time.run_for(10min);
    BOOST_TEST(h.server.keys.size() == 1U);
    BOOST_TEST(h.timeline().size() == 1U);
    BOOST_TEST((h.store.post(id).state != PostState::doubt));
}

BOOST_AUTO_TEST_SUITE_END()
