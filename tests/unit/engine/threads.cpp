#include "support/engine_harness.hpp"

using namespace crier;
using namespace crier::test;

namespace {

/// A thread of three parts at 13:00, and a post of another entry at the same minute.
EntrySettings& thread_of_three(Harness& h) {
    EntrySettings& entry = h.entry("thread", *schedule::Cron::parse("0 13 * * *"), "1/3");
    auto post = Harness::text("1/3");
    post->replies = {*Harness::text("2/3"), *Harness::text("3/3")};
    entry.targets[0].post = post;
    return entry;
}

std::vector<std::string> replies(const Harness& h) {
    std::vector<std::string> found;
    for (const ModelServer::Status& status : h.server.statuses)
        found.push_back(status.id + " " + status.text + " to " + status.in_reply_to);
    return found;
}

const std::vector<std::string> whole{"1000 1/3 to ", "1001 2/3 to 1000", "1002 3/3 to 1001"};

Result<Post> act_on_part(Harness& h, PostId id, engine::OutboxAction action) {
    std::optional<Result<Post>> result;
    boost::asio::co_spawn(h.context, h.engine->act(id, action, false),
                          [&](std::exception_ptr, Result<Post> r) { result.emplace(std::move(r)); });
    h.time.run_while([&] { return !result; });
    return *result;
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_threads)

BOOST_AUTO_TEST_CASE(a_thread_goes_out_in_order_each_part_a_reply_to_the_one_before) {
    Harness h;
    thread_of_three(h);
    h.start();
    h.time.run_for(61min);
    BOOST_TEST(replies(h) == whole, boost::test_tools::per_element());
    BOOST_TEST(h.store.post(3).content.in_reply_to == "1001");
    BOOST_TEST(h.store.post(3).parts == 3);
}

BOOST_AUTO_TEST_CASE(no_other_post_comes_between_the_parts) {
    Harness h;
    thread_of_three(h);
    h.entry("before", *schedule::Cron::parse("0 13 * * *"), "other");
    for (int i = 0; i < 20; ++i)
        h.entry("e" + std::to_string(i), *schedule::Cron::parse("0 13 * * *"), "filler");
    h.start();
    h.time.run_for(2h);
    BOOST_REQUIRE_EQUAL(h.timeline().size(), 24U);
    const auto texts = h.timeline();
    const auto first = std::find(texts.begin(), texts.end(), "1/3");
    BOOST_REQUIRE(first + 2 < texts.end());
    BOOST_TEST(*(first + 1) == "2/3");
    BOOST_TEST(*(first + 2) == "3/3");
}

BOOST_AUTO_TEST_CASE(nor_after_a_limit_or_a_restart_in_the_midst) {
    Harness h;
    thread_of_three(h);
    for (int i = 0; i < 20; ++i)
        h.entry("e" + std::to_string(i), *schedule::Cron::parse("0 13 * * *"), "filler");
    h.server.faults = {Fault::none, Fault::limited, Fault::not_sent};
    h.start();
    h.time.run_for(61min);
    BOOST_TEST(h.timeline().size() == 1U);
    h.restart();
    h.time.run_for(2h);
    BOOST_REQUIRE_EQUAL(h.timeline().size(), 23U);
    BOOST_TEST(h.timeline()[1] == "2/3");
    BOOST_TEST(h.timeline()[2] == "3/3");
}

BOOST_AUTO_TEST_CASE(a_part_in_doubt_is_waited_for_and_the_thread_goes_on_by_itself) {
    Harness h;
    thread_of_three(h);
    h.server.faults = {Fault::lost_after};
    h.start();
    h.time.run_for(61min);
    BOOST_TEST((h.store.post(2).state == PostState::waiting));
    BOOST_TEST((h.store.post(2).code == ReasonCode::thread));
    BOOST_TEST(h.store.post(2).reason == "waits for part 1 (post 1), which may or may not be published");
    h.restart();
    h.time.run_for(1h);
    BOOST_TEST(replies(h) == whole, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_failed_part_holds_the_rest_and_names_itself_and_a_retry_lets_all_go) {
    Harness h;
    thread_of_three(h);
    h.server.faults = {Fault::none, Fault::refused};
    h.start();
    h.time.run_for(61min);
    BOOST_TEST(h.timeline().size() == 1U);
    BOOST_TEST((h.store.post(2).state == PostState::failed));
    BOOST_TEST((h.store.post(3).state == PostState::held));
    BOOST_TEST((h.store.post(3).code == ReasonCode::thread));
    BOOST_TEST(h.store.post(3).reason == "part 2 (post 2) is failed: 422 Validation failed");
    const Result<Post> refused = act_on_part(h, 3, engine::OutboxAction::release);
    BOOST_REQUIRE(!refused);
    BOOST_TEST(refused.error().message ==
               "post 3 is part 3 of 3: part 2 (post 2) is failed: 422 Validation failed");
    BOOST_TEST(act_on_part(h, 2, engine::OutboxAction::retry).has_value());
    BOOST_TEST((h.store.post(3).state == PostState::waiting));
    h.time.run_for(1min);
    BOOST_TEST(replies(h) == whole, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_cancelled_part_takes_the_later_ones_along) {
    Harness h;
    thread_of_three(h);
    h.server.faults = {Fault::refused};
    h.start();
    h.time.run_for(61min);
    BOOST_TEST((h.store.post(2).state == PostState::held));
    BOOST_TEST((h.store.post(3).state == PostState::held));
    BOOST_TEST(act_on_part(h, 2, engine::OutboxAction::cancel).has_value());
    BOOST_TEST((h.store.post(3).state == PostState::cancelled));
    BOOST_TEST(h.store.post(3).reason == "part 2 (post 2) is cancelled: cancelled by a person");
    BOOST_TEST((h.store.post(1).state == PostState::failed));
}

BOOST_AUTO_TEST_CASE(a_part_that_is_too_long_holds_the_whole_before_the_first_goes) {
    Harness h;
    auto post = Harness::text("1/2");
    post->replies = {*Harness::text(std::string(600, 'x'))};
    post->replies[0].overflow = Overflow::reject;
    thread_of_three(h).targets[0].post = post;
    h.start();
    h.time.run_for(61min);
    BOOST_TEST(h.timeline().empty());
    BOOST_TEST((h.store.post(1).state == PostState::held));
    BOOST_TEST(h.store.post(1).reason == "part 2: 600 characters, and the server takes 500");
    BOOST_TEST((h.store.post(2).state == PostState::held));
}

BOOST_AUTO_TEST_CASE(a_thread_that_has_begun_does_not_expire_and_one_that_has_not_does_as_a_whole) {
    for (const bool begun : {true, false}) {
        Harness h;
        thread_of_three(h).expires_after = 10min;
        if (begun)
            h.server.faults = {Fault::none};
        h.server.faults.push_back(Fault::limited);
        h.server.limit_wait = 1h;
        h.start();
        h.time.run_for(3h);
        BOOST_TEST(h.timeline().size() == (begun ? 3U : 0U));
        BOOST_TEST((h.store.post(3).state == (begun ? PostState::published : PostState::expired)));
    }
}

BOOST_AUTO_TEST_CASE(a_missed_thread_leaves_its_parts_as_missed) {
    Harness h;
    thread_of_three(h).missed.policy = Missed::skip;
    h.start();
    h.time.run_for(1s);
    h.stop();
    h.time.run_for(3h);
    h.start();
    h.time.run_for(1min);
    BOOST_REQUIRE_EQUAL(h.store.posts.size(), 3U);
    for (const Post& post : h.store.posts)
        BOOST_TEST((post.code == ReasonCode::missed));
}

BOOST_AUTO_TEST_CASE(a_thread_is_approved_as_a_whole) {
    Harness h;
    h.settings.accounts.at("news").mode = Mode::hold;
    thread_of_three(h);
    h.start();
    h.time.run_for(61min);
    BOOST_TEST(h.store.post(2).reason == "part 1 (post 1) is held: waits for approval (mode: hold)");
    BOOST_TEST(act_on_part(h, 1, engine::OutboxAction::approve).has_value());
    h.time.run_for(1min);
    BOOST_TEST(replies(h) == whole, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_reply_to_a_post_that_was_deleted_meanwhile_is_held_and_not_taken_for_published) {
    for (const bool doubt : {false, true}) {
        Harness h;
        thread_of_three(h);
        h.server.faults = {Fault::none, doubt ? Fault::lost_before : Fault::limited};
        h.start();
        h.time.run_for(61min);
        BOOST_REQUIRE_EQUAL(h.timeline().size(), 1U);
        h.server.statuses[0].id = "gone"; // as the server knows none of that number
        h.time.run_for(1h);
        BOOST_TEST(h.timeline().size() == 1U);
        BOOST_TEST((h.store.post(2).state == PostState::held));
        BOOST_TEST((h.store.post(2).code == ReasonCode::thread));
        BOOST_TEST((h.store.post(3).state == PostState::held));
    }
}

BOOST_AUTO_TEST_CASE(a_404_to_a_repeat_whose_parent_is_seen_means_published_and_deleted) {
    Harness h;
    thread_of_three(h);
    h.server.faults = {Fault::none, Fault::lost_after};
    h.start();
    h.time.run_for(61min);
    BOOST_REQUIRE_EQUAL(h.timeline().size(), 2U);
    h.server.gone_on_repeat = true;
    h.time.run_for(1h);
    BOOST_TEST((h.store.post(2).state == PostState::deleted));
    BOOST_TEST((h.store.post(3).state == PostState::held));
}

BOOST_AUTO_TEST_CASE(
    what_was_recorded_of_the_part_before_and_not_yet_of_the_next_is_made_up_for_at_the_start) {
    Harness h;
    thread_of_three(h);
    h.server.faults = {Fault::none, Fault::refused};
    h.start();
    h.time.run_for(61min);
    h.stop();
    // As a death between the two commits leaves it.
    Post second = h.store.post(2);
    second.state = PostState::published;
    second.status_id = "2000";
    ModelServer::Status there;
    there.id = "2000";
    h.server.statuses.push_back(there);
    Post third = h.store.post(3);
    third.state = PostState::waiting;
    third.code = ReasonCode::thread;
    Batch batch;
    batch.update = {second, third};
    h.put(std::move(batch));
    h.start();
    h.time.run_for(1min);
    BOOST_TEST(h.timeline().size() == 3U);
    BOOST_TEST(h.store.post(3).content.in_reply_to == "2000");
}

BOOST_AUTO_TEST_CASE(the_rest_of_a_thread_follows_its_first_part_when_its_entry_is_removed) {
    Harness h;
    thread_of_three(h).jitter = 50min;
    h.start();
    h.time.run_for(61min);
    const std::vector<EntrySettings> entries = h.settings.schedule;
    h.settings.schedule.clear();
    h.restart();
    h.time.run_for(2h);
    BOOST_TEST(h.timeline().empty());
    BOOST_TEST((h.store.post(1).code == ReasonCode::origin_removed));
    BOOST_TEST((h.store.post(2).code == ReasonCode::thread));
    BOOST_TEST((h.store.post(2).state == PostState::held));
    h.settings.schedule = entries;
    h.restart();
    h.time.run_for(10s);
    BOOST_TEST(replies(h) == whole, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
