// What a person takes back of what was posted.

#include "support/engine_harness.hpp"

using namespace crier;
using namespace crier::test;

namespace {

using namespace std::chrono_literals;

/// A source that has posted, on a server with Mastodon's limits.
struct Flooded : Harness {
    SourceSettings& blog = source("blog");

    explicit Flooded(int posts) {
        server.limits.limits = ModelLimits::mastodon();
        blog.fuse = Fuse{};
        blog.fuse->on = false;
        feed.add("old", "An old item");
        start();
        time.run_for(1s);
        for (int i = 0; i < posts; ++i)
            feed.add("new" + std::to_string(i), "New " + std::to_string(i));
        time.run_for(16min);
        BOOST_REQUIRE(server.statuses.size() == static_cast<std::size_t>(posts));
    }

    engine::Undone undo(Duration ago, std::string account = {}, std::string origin = {}) {
        engine::UndoOrder order;
        order.since = time.now() - ago;
        order.account = std::move(account);
        if (!origin.empty())
            order.kind = OriginKind::source;
        order.origin = std::move(origin);
        return wait_for(engine->undo(std::move(order))).value();
    }
    [[nodiscard]] std::size_t deleted() const {
        return static_cast<std::size_t>(
            std::count_if(server.statuses.begin(), server.statuses.end(),
                          [](const ModelServer::Status& status) { return status.deleted; }));
    }
    [[nodiscard]] std::size_t in_state(PostState state) const {
        return static_cast<std::size_t>(std::count_if(store.posts.begin(), store.posts.end(),
                                                      [&](const Post& post) { return post.state == state; }));
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(engine_undo)

BOOST_AUTO_TEST_CASE(what_was_posted_goes_and_what_made_it_rests_and_posts_none_of_it_again) {
    Flooded h{5};
    const engine::Undone undone = h.undo(1h);
    BOOST_TEST(undone.plan.removed.size() == 5U);
    BOOST_REQUIRE(undone.paused.size() == 1U);
    BOOST_TEST(undone.paused[0].name == "blog");
    h.time.run_for(1min);
    BOOST_TEST(h.deleted() == 5U);
    BOOST_TEST(h.in_state(PostState::deleted) == 5U);
    BOOST_TEST((h.store.post(1).code == ReasonCode::undone));
    h.feed.add("later", "Later");
    h.time.run_for(2h);
    BOOST_TEST(h.server.statuses.size() == 5U); // it is paused
    engine::Target source;
    source.kind = engine::Target::Kind::source;
    source.name = "blog";
    BOOST_REQUIRE(h.wait_for(h.engine->resume(source)).has_value());
    h.time.run_for(1h);
    BOOST_TEST(h.server.statuses.size() == 6U); // what was undone stays seen
    BOOST_TEST(h.server.statuses.back().text == "Later https://blog.example/later");
}

BOOST_AUTO_TEST_CASE(the_newest_goes_first) {
    Flooded h{3};
    (void)h.undo(1h);
    h.time.run_for(1min);
    BOOST_TEST((h.server.statuses[2].removed < h.server.statuses[1].removed));
    BOOST_TEST((h.server.statuses[1].removed < h.server.statuses[0].removed));
}

/// 30 deletions in 30 minutes, and never a 429; the end is known when it is asked for.
BOOST_AUTO_TEST_CASE(a_hundred_go_at_the_servers_pace_without_one_429_and_by_the_time_that_was_said) {
    Flooded h{100};
    const engine::Undone undone = h.undo(1h);
    BOOST_REQUIRE(undone.deletions.size() == 1U);
    BOOST_TEST(undone.deletions[0].count == 100U);
    h.time.run_for(1min);
    BOOST_TEST(h.deleted() == 30U);
    const Duration left = undone.deletions[0].until - h.time.now();
    BOOST_TEST((left > Duration{60min}));
    BOOST_TEST((left < Duration{90min}));
    h.time.run_for(left - 1min);
    BOOST_TEST(h.deleted() == 90U);
    h.time.run_for(2min);
    BOOST_TEST(h.deleted() == 100U);
    BOOST_TEST(h.server.limits.refused == 0U);
}

BOOST_AUTO_TEST_CASE(a_429_is_waited_for_and_the_order_stays) {
    Flooded h{3};
    h.server.limits.limits.clear();
    h.server.faults = {Fault::limited};
    (void)h.undo(1h);
    h.time.run_for(4min);
    BOOST_TEST(h.deleted() == 0U);
    h.time.run_for(5min);
    BOOST_TEST(h.deleted() == 3U);
    BOOST_TEST((h.server.statuses[2].removed < h.server.statuses[0].removed));
}

BOOST_AUTO_TEST_CASE(it_goes_on_after_a_restart) {
    Flooded h{50};
    (void)h.undo(1h);
    h.time.run_for(1min);
    BOOST_TEST(h.deleted() == 30U);
    h.restart();
    h.time.run_for(1h);
    BOOST_TEST(h.deleted() == 50U);
    BOOST_TEST(h.server.limits.refused == 0U);
}

BOOST_AUTO_TEST_CASE(only_what_was_posted_since) {
    Flooded h{2};
    h.time.run_for(2h);
    h.feed.add("late", "Late");
    h.time.run_for(16min);
    BOOST_TEST(h.undo(1h).plan.removed.size() == 1U);
    h.time.run_for(1min);
    BOOST_TEST(h.deleted() == 1U);
    BOOST_TEST(h.server.statuses[2].deleted);
}

BOOST_AUTO_TEST_CASE(only_what_a_source_made_and_what_it_has_waiting_however_old) {
    Flooded h{2};
    h.post("by hand", "k1");
    h.time.run_for(1min);
    h.server.good_token = "another"; // nothing leaves
    h.feed.add("waits", "Waits");
    h.time.run_for(3h);
    const engine::Undone undone = h.undo(1min, {}, "blog");
    BOOST_TEST(undone.plan.removed.empty());
    BOOST_TEST(undone.plan.cancelled.size() == 1U);
    BOOST_TEST((h.store.post(4).state == PostState::cancelled));
    BOOST_TEST((h.store.post(4).code == ReasonCode::undone));
    h.server.good_token = "token";
    h.time.run_for(2h);
    BOOST_TEST(h.server.statuses.size() == 3U);
    BOOST_TEST(h.deleted() == 0U);
}

BOOST_AUTO_TEST_CASE(what_a_person_has_planned_for_later_was_not_posted_and_stays) {
    Flooded h{1};
    h.post("at Christmas", "k1", h.time.now() + 24h * 30);
    h.post("now", "k2");
    h.time.run_for(1min);
    const engine::Undone undone = h.undo(1h);
    BOOST_TEST(undone.plan.removed.size() == 2U);
    BOOST_TEST(undone.plan.cancelled.empty());
    BOOST_TEST((h.store.post(2).state == PostState::waiting));
}

BOOST_AUTO_TEST_CASE(an_account_that_is_paused_posts_nothing_and_deletes_all_the_same) {
    Flooded h{40};
    engine::Target all;
    BOOST_REQUIRE(h.wait_for(h.engine->pause(all, std::nullopt, "wait")).has_value());
    h.post("by hand", "k1");
    (void)h.undo(1h);
    h.time.run_for(1min);
    BOOST_TEST(h.deleted() == 30U);
    h.time.run_for(1h);
    BOOST_TEST(h.deleted() == 40U);
    BOOST_TEST(h.server.statuses.size() == 40U);
    BOOST_TEST(h.server.limits.refused == 0U);
}

BOOST_AUTO_TEST_CASE(deletions_come_before_a_backlog) {
    Flooded h{5};
    for (int i = 0; i < 50; ++i)
        h.post("by hand " + std::to_string(i), "k" + std::to_string(i));
    (void)h.undo(1h, {}, "blog");
    h.time.run_for(1s);
    BOOST_TEST(h.deleted() == 5U);
    h.time.run_for(5min);
    BOOST_TEST(h.server.statuses.size() == 55U);
}

BOOST_AUTO_TEST_CASE(one_in_doubt_is_deleted_when_it_is_found) {
    Flooded h{1};
    h.account("news").handle = "bot";
    h.restart();
    h.server.faults = {Fault::lost_after};
    h.post("doubtful", "k1");
    h.time.run_for(1s);
    BOOST_REQUIRE((h.store.post(2).state == PostState::doubt));
    const engine::Undone undone = h.undo(1h);
    BOOST_TEST(undone.plan.sought.size() == 1U);
    const std::size_t sent = h.server.keys.size();
    h.time.run_for(1h);
    BOOST_TEST(h.server.keys.size() == sent); // it is not sent again
    BOOST_TEST(h.server.statuses[1].deleted);
    BOOST_TEST((h.store.post(2).state == PostState::deleted));
}

BOOST_AUTO_TEST_CASE(one_in_doubt_that_never_came_there_is_cancelled) {
    Flooded h{1};
    h.account("news").handle = "bot";
    h.restart();
    h.server.faults = {Fault::lost_before};
    h.post("doubtful", "k1");
    h.time.run_for(1s);
    (void)h.undo(1h);
    h.time.run_for(2h);
    BOOST_TEST(h.server.statuses.size() == 1U);
    BOOST_TEST((h.store.post(2).state == PostState::cancelled));
    BOOST_TEST((h.store.post(2).code == ReasonCode::undone));
}

BOOST_AUTO_TEST_CASE(one_in_doubt_of_which_nothing_tells_is_held_and_a_person_may_still_send_it) {
    Flooded h{1};
    h.server.readable = false;
    h.server.faults = {Fault::lost_before};
    h.post("doubtful", "k1");
    h.time.run_for(1s);
    (void)h.undo(1h);
    h.time.run_for(3h);
    BOOST_TEST((h.store.post(2).state == PostState::held));
    BOOST_TEST((h.store.post(2).code == ReasonCode::undone), h.store.post(2).reason);
    BOOST_REQUIRE(h.wait_for(h.engine->act(2, engine::OutboxAction::retry, true)).has_value());
    h.time.run_for(1min);
    BOOST_TEST(h.server.statuses.size() == 2U);
    h.time.run_for(1h);
    BOOST_TEST(!h.server.statuses[1].deleted); // the wish of before is taken back
}

BOOST_AUTO_TEST_CASE(one_whose_request_is_on_its_way_is_deleted_when_it_has_come) {
    Flooded h{1};
    h.server.latency = 5s;
    h.post("on its way", "k1");
    h.time.run_for(1s);
    BOOST_REQUIRE((h.store.post(2).state == PostState::sending));
    (void)h.undo(1h);
    h.time.run_for(5min);
    BOOST_TEST(h.server.statuses.size() == 2U);
    BOOST_TEST(h.deleted() == 2U);
    BOOST_TEST((h.store.post(2).state == PostState::deleted));
}

BOOST_AUTO_TEST_CASE(one_whose_request_is_limited_meanwhile_never_leaves) {
    Flooded h{1};
    h.server.latency = 5s;
    h.server.faults = {Fault::limited};
    h.post("on its way", "k1");
    h.time.run_for(1s);
    BOOST_REQUIRE((h.store.post(2).state == PostState::sending));
    (void)h.undo(1s);
    h.time.run_for(1h);
    BOOST_TEST(h.server.statuses.size() == 1U);
    BOOST_TEST((h.store.post(2).state == PostState::cancelled));
}

BOOST_AUTO_TEST_CASE(a_look_that_was_on_its_way_makes_no_post_afterwards) {
    Flooded h{1};
    h.store.latency = 2s;
    h.feed.add("late", "Late");
    h.time.run_for(14min); // the next look is near
    for (int i = 0; i < 600 && h.feed.polls < 3; ++i)
        h.time.run_for(1s);
    (void)h.undo(1h);
    h.store.latency = 200us;
    h.time.run_for(2h);
    std::size_t there = 0;
    for (const ModelServer::Status& status : h.server.statuses)
        there += status.deleted ? 0U : 1U;
    BOOST_TEST(there == 0U);
}

BOOST_AUTO_TEST_CASE(a_thread_goes_from_its_end_also_when_a_part_will_not_go_at_once) {
    Flooded h{1};
    engine::PostOrder order;
    order.status = "1/3";
    order.further = {"2/3", "3/3"};
    order.key = "thread";
    BOOST_REQUIRE(h.hand_in(std::move(order)).has_value());
    h.time.run_for(1min);
    BOOST_REQUIRE(h.server.statuses.size() == 4U);
    h.server.faults = {Fault::error_before, Fault::error_before};
    // Of the second part on: with what is behind it.
    const engine::Undone undone = h.wait_for(h.engine->remove(3)).value();
    BOOST_TEST(undone.plan.removed.size() == 2U);
    h.time.run_for(1h);
    BOOST_TEST(!h.server.statuses[1].deleted);
    BOOST_TEST((h.server.statuses[3].removed < h.server.statuses[2].removed));
    BOOST_TEST(h.server.statuses[2].deleted);
    // An undo takes the whole of it.
    BOOST_TEST(h.undo(2h).plan.removed.size() == 2U);
    h.time.run_for(1min);
    BOOST_TEST(h.deleted() == 4U);
}

BOOST_AUTO_TEST_CASE(a_source_that_does_not_want_it_deleted_has_no_say) {
    Flooded h{1};
    h.blog.on_delete = OnDelete::ignore;
    h.account("news").mode = Mode::hold;
    h.restart();
    (void)h.undo(1h);
    h.time.run_for(1min);
    BOOST_TEST(h.deleted() == 1U);
}

BOOST_AUTO_TEST_CASE(a_dry_account_deletes_nothing_and_says_so) {
    Flooded h{1};
    h.account("news").mode = Mode::dry;
    h.restart();
    const engine::Undone undone = h.undo(1h);
    BOOST_REQUIRE(undone.plan.left.size() == 1U);
    BOOST_TEST(undone.plan.left[0].second.find("mode: dry") != std::string::npos);
    h.time.run_for(1h);
    BOOST_TEST(h.deleted() == 0U);
}

BOOST_AUTO_TEST_CASE(what_is_kept_after_all_is_not_deleted) {
    Flooded h{40};
    (void)h.undo(1h);
    h.time.run_for(1min);
    PostQuery query;
    query.account = "news";
    BOOST_TEST(h.wait_for(h.engine->keep_all(query)).value() == 10U);
    h.time.run_for(2h);
    BOOST_TEST(h.deleted() == 30U);
    BOOST_TEST(h.wait_for(h.engine->deletions(query)).value().empty());
    BOOST_TEST(!h.wait_for(h.engine->act_on_published(1, engine::PublishedAction::keep)));
}

BOOST_AUTO_TEST_CASE(a_repeat_does_no_harm_and_a_look_at_it_changes_nothing) {
    Flooded h{2};
    engine::UndoOrder order;
    order.since = h.time.now() - 1h;
    BOOST_TEST(h.wait_for(h.engine->would_undo(order)).value().plan.removed.size() == 2U);
    h.time.run_for(1min);
    BOOST_TEST(h.deleted() == 0U);
    (void)h.undo(1h);
    (void)h.undo(1h);
    h.time.run_for(1min);
    BOOST_TEST(h.deleted() == 2U);
    BOOST_TEST(h.undo(1h).plan.removed.empty());
}

BOOST_AUTO_TEST_SUITE_END()
