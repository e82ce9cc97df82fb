#include "support/engine_harness.hpp"

using namespace crier;
using namespace crier::test;

namespace {

Result<Post> change(Harness& h, PostId id, engine::PostEdit edit) {
    std::optional<Result<Post>> result;
    boost::asio::co_spawn(h.context, h.engine->edit(id, std::move(edit)),
                          [&](std::exception_ptr, Result<Post> r) { result = std::move(r); });
    h.time.run_while([&] { return !result; });
    return *result;
}

engine::PostEdit words(const std::string& text) {
    engine::PostEdit edit;
    edit.status = text;
    return edit;
}

engine::PostEdit to(Instant due) {
    engine::PostEdit edit;
    edit.due = due;
    return edit;
}

/// A post by hand for an hour later.
PostId put_for_later(Harness& h, const std::string& text) {
    engine::PostOrder order;
    order.status = text;
    order.key = text;
    order.at = h.time.now() + 1h;
    PostId id = 0;
    boost::asio::co_spawn(h.context, h.engine->post(std::move(order)),
                          [&](std::exception_ptr, Result<engine::Accepted> r) { id = r->id; });
    h.time.run_while([&] { return id == 0; });
    return id;
}

/// The post of 13:00 of an hourly entry, which waits for its jitter.
void wait_for_jitter(Harness& h) {
    EntrySettings& entry = h.entry("hourly", *schedule::Cron::parse("0 * * * *"), "hello");
    entry.jitter = 50min;
    entry.expires_after = 2h;
    h.start();
    h.time.run_for(61min);
    BOOST_REQUIRE_EQUAL(h.store.posts.size(), 1U);
    BOOST_REQUIRE(h.store.post(1).state == PostState::waiting);
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_edits)

BOOST_AUTO_TEST_CASE(an_edited_post_goes_out_with_the_new_words_and_the_old_key) {
    Harness h;
    h.start();
    const PostId id = put_for_later(h, "helo");
    const Post before = h.store.post(id);
    engine::PostEdit edit = words("hello");
    edit.spoiler_text = "greeting";
    edit.visibility = Visibility::unlisted;
    edit.language = "en";
    BOOST_REQUIRE(change(h, id, edit).has_value());
    h.restart(); // durable
    h.time.run_for(61min);
    BOOST_TEST(h.timeline() == std::vector<std::string>{"hello"}, boost::test_tools::per_element());
    const Post& post = h.store.post(id);
    BOOST_TEST((post.key == before.key));
    BOOST_TEST(h.server.keys.at(0) == wire_key(before.key, 0));
    BOOST_TEST(post.content.spoiler_text == "greeting");
    BOOST_TEST((post.content.visibility == Visibility::unlisted));
    BOOST_TEST(post.content.language == "en");
    BOOST_TEST(post.edited.has_value());
    BOOST_TEST(!post.planned.has_value());
}

BOOST_AUTO_TEST_CASE(what_was_attempted_is_not_changed) {
    Harness h;
    h.server.faults = {Fault::lost_before, Fault::refused};
    h.start();
    const PostId doubt = h.post("one", "k1");
    const PostId refused = h.post("two", "k2");
    const PostId published = h.post("three", "k3");
    h.time.run_for(1min);
    BOOST_REQUIRE(h.store.post(doubt).state == PostState::doubt);
    BOOST_REQUIRE(h.store.post(refused).state == PostState::failed);
    BOOST_REQUIRE(h.store.post(published).state == PostState::published);
    for (const PostId id : {doubt, refused}) {
        BOOST_TEST((change(h, id, words("other")).error().cause == Cause::usage));
        BOOST_TEST(!change(h, id, to(h.time.now() + 1h)));
    }
    BOOST_TEST(change(h, refused, words("other")).error().message ==
               "post 2 is failed and was sent before: only what was never attempted can be changed");
    BOOST_TEST(change(h, published, to(h.time.now() + 1h)).error().message ==
               "post 3 is published: it cannot be moved any more");
}

BOOST_AUTO_TEST_CASE(a_post_that_waits_for_approval_may_be_edited_and_goes_on_waiting_for_it) {
    Harness h;
    h.account("news").mode = Mode::hold;
    h.start();
    const PostId id = h.post("helo", "k1");
    h.time.run_for(1min);
    BOOST_REQUIRE(change(h, id, words("hello")).has_value());
    h.time.run_for(1h);
    BOOST_TEST((h.store.post(id).state == PostState::held));
    BOOST_TEST((h.store.post(id).code == ReasonCode::approval));
    boost::asio::co_spawn(h.context, h.engine->act(id, engine::OutboxAction::approve, false),
                          [](std::exception_ptr, Result<Post>) {});
    h.time.run_for(1min);
    BOOST_TEST(h.timeline() == std::vector<std::string>{"hello"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_text_that_the_server_would_not_take_is_refused_with_both_numbers) {
    Harness h;
    h.server.server.max_characters = 20;
    h.start();
    h.post("first", "k1"); // the lane asks what the server takes
    h.time.run_for(1min);
    const PostId id = put_for_later(h, "short");
    const Result<Post> refused = change(h, id, words("one character too much"));
    BOOST_REQUIRE(!refused);
    BOOST_TEST(refused.error().message == "the text has 22 characters, and the server takes 20");
    BOOST_TEST(!change(h, id, words("")));
    BOOST_TEST(!change(h, id, engine::PostEdit{}));
    BOOST_TEST(h.store.post(id).content.status == "short");
    BOOST_TEST(!h.store.post(id).edited.has_value());
}

BOOST_AUTO_TEST_CASE(a_post_that_is_edited_during_its_upload_goes_out_with_the_new_text_alone) {
    Harness h;
    h.start();
    h.server.latency = 10s;
    h.hand_in_quietly(Harness::picture("old", "/srv/a.png"));
    h.time.run_for(15s);
    BOOST_REQUIRE(h.server.uploads.empty());
    BOOST_REQUIRE(change(h, 1, words("new")).has_value());
    h.time.run_for(1h);
    BOOST_TEST(h.timeline() == std::vector<std::string>{"new"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_a_lane_attempts_at_the_same_moment_stays_as_it_is) {
    Harness h;
    h.start();
    const PostId id = put_for_later(h, "old");
    h.time.run_for(1h - 1ms);
    std::optional<Result<Post>> edit;
    // Read before the attempt is recorded, written after.
    h.store.latency = 5ms;
    boost::asio::co_spawn(h.context, h.engine->edit(id, words("new")),
                          [&](std::exception_ptr, Result<Post> r) { edit = std::move(r); });
    h.time.run_for(1min);
    BOOST_REQUIRE(edit.has_value());
    const std::string told = edit->has_value() ? "new" : "old";
    BOOST_TEST(h.timeline() == std::vector<std::string>{told}, boost::test_tools::per_element());
}

// --- another time ---

BOOST_AUTO_TEST_CASE(a_rescheduled_post_leaves_then_with_its_key_and_expires_as_long_after) {
    Harness h;
    wait_for_jitter(h);
    const Post before = h.store.post(1);
    const Instant due = h.time.now() + 5h;
    const Result<Post> moved = change(h, 1, to(due));
    BOOST_REQUIRE(moved.has_value());
    BOOST_TEST((moved->key == before.key));
    BOOST_TEST((moved->due == due));
    BOOST_TEST((moved->planned == before.due));
    BOOST_TEST((moved->expires == due + 2h));
    h.settings.schedule[0].targets.clear(); // the entry's other firings do not matter here
    h.restart();
    h.time.run_for(5h - 1s);
    BOOST_TEST((h.store.post(1).state == PostState::waiting));
    h.time.run_for(1min);
    BOOST_TEST((h.store.post(1).state == PostState::published));
    BOOST_TEST(h.timeline().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_person_who_moved_an_occurrence_wins_over_a_rule_that_no_longer_has_it) {
    Harness h;
    wait_for_jitter(h);
    BOOST_REQUIRE(change(h, 1, to(h.time.now() + 5h)).has_value());
    h.settings.schedule[0].when = schedule::Calendar{*schedule::Cron::parse("0 0 1 1 *")};
    h.restart();
    BOOST_TEST((h.store.post(1).state == PostState::waiting));
    h.time.run_for(5h + 1min);
    BOOST_TEST((h.store.post(1).state == PostState::published));
}

BOOST_AUTO_TEST_CASE(but_not_over_an_entry_that_was_removed) {
    Harness h;
    wait_for_jitter(h);
    BOOST_REQUIRE(change(h, 1, to(h.time.now() + 5h)).has_value());
    h.settings.schedule.clear();
    h.restart();
    h.time.run_for(6h);
    BOOST_TEST((h.store.post(1).state == PostState::held));
    BOOST_TEST((h.store.post(1).code == ReasonCode::origin_removed));
}

BOOST_AUTO_TEST_CASE(a_post_that_is_moved_twice_keeps_the_time_that_was_planned) {
    Harness h;
    h.start();
    const PostId id = put_for_later(h, "hello");
    const Instant planned = h.store.post(id).due;
    BOOST_REQUIRE(change(h, id, to(h.time.now() + 5h)).has_value());
    BOOST_REQUIRE(change(h, id, to(h.time.now())).has_value());
    BOOST_TEST((h.store.post(id).planned == planned));
    h.time.run_for(1min);
    BOOST_TEST((h.store.post(id).state == PostState::published));
}

BOOST_AUTO_TEST_CASE(a_time_that_is_past_is_refused_and_one_in_quiet_hours_is_their_end) {
    Harness h;
    QuietHours quiet;
    quiet.from = std::chrono::hours{20};
    quiet.to = std::chrono::hours{23};
    quiet.timezone = "UTC";
    h.account("news").limits.quiet.hours = quiet;
    h.start();
    const PostId id = put_for_later(h, "hello");
    const Result<Post> past = change(h, id, to(h.time.now() - 2h));
    BOOST_REQUIRE(!past);
    BOOST_TEST(past.error().hint == "to send it at once: crier outbox reschedule 1 now");
    const Result<Post> moved = change(h, id, to(*from_rfc3339("2026-11-24T21:00:00Z")));
    BOOST_REQUIRE(moved.has_value());
    BOOST_TEST(to_rfc3339(moved->due) == "2026-11-24T23:00:00Z");
}

BOOST_AUTO_TEST_CASE(a_thread_is_moved_by_its_first_part) {
    Harness h;
    EntrySettings& entry = h.entry("thread", *schedule::Cron::parse("0 * * * *"), "one");
    entry.jitter = 50min;
    auto parts = Harness::text("one");
    parts->replies.push_back(*Harness::text("two"));
    entry.targets[0].post = parts;
    h.start();
    h.time.run_for(61min);
    BOOST_REQUIRE_EQUAL(h.store.posts.size(), 2U);
    const Result<Post> second = change(h, 2, to(h.time.now() + 5h));
    BOOST_REQUIRE(!second);
    BOOST_TEST(second.error().hint == "reschedule the first part: the others follow");
    BOOST_REQUIRE(change(h, 2, words("zwei")).has_value());
    BOOST_REQUIRE(change(h, 1, to(h.time.now())).has_value());
    h.time.run_for(1min);
    BOOST_TEST(h.timeline() == (std::vector<std::string>{"one", "zwei"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
