// Posts that a person lets go: by account, source or entry, and for how long they wait for that.

#include "support/engine_harness.hpp"

using namespace crier;
using namespace crier::test;

namespace {

SourceSettings& asking_source(Harness& h) {
    SourceSettings& source = h.source("blog");
    source.first_run.publish.reset();
    source.approval.required = true;
    h.feed.add("1", "one");
    return source;
}

void approve(Harness& h, PostId id) {
    bool done = false;
    boost::asio::co_spawn(h.context, h.engine->act(id, engine::OutboxAction::approve, false),
                          [&](std::exception_ptr, const Result<Post>& result) {
                              BOOST_TEST(result.has_value());
                              done = true;
                          });
    h.time.run_while([&] { return !done; });
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_approvals)

BOOST_AUTO_TEST_CASE(a_source_that_needs_approval_waits_for_it) {
    Harness h;
    asking_source(h);
    h.entry("hourly", *schedule::Cron::parse("0 * * * *"), "hourly");
    h.start();
    h.time.run_for(90min);
    BOOST_TEST(h.timeline() == std::vector<std::string>{"hourly"}, boost::test_tools::per_element());
    BOOST_TEST((h.store.post(1).state == PostState::held));
    BOOST_TEST((h.store.post(1).code == ReasonCode::approval));
    approve(h, 1);
    h.time.run_for(1min);
    BOOST_TEST(h.server.statuses.size() == 2U);
}

BOOST_AUTO_TEST_CASE(an_account_needs_it_and_an_entry_of_it_does_not) {
    Harness h;
    h.account("news").approval.required = true;
    Approval none;
    none.required = false;
    h.entry("hourly", *schedule::Cron::parse("0 * * * *"), "hourly").approval = none;
    h.entry("daily", *schedule::Cron::parse("0 13 * * *"), "daily");
    h.start();
    h.post("by hand", "1");
    h.time.run_for(65min);
    BOOST_TEST(h.timeline() == std::vector<std::string>{"hourly"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_nobody_approves_in_time_is_expired) {
    Harness h;
    asking_source(h).approval.within = 24h;
    h.start();
    h.time.run_for(23h + 59min);
    BOOST_TEST((h.store.post(1).state == PostState::held));
    h.time.run_for(2min);
    BOOST_TEST((h.store.post(1).state == PostState::expired));
    BOOST_TEST(h.store.post(1).reason == "nobody approved it within 1d");
    BOOST_TEST(h.server.statuses.empty());
}

BOOST_AUTO_TEST_CASE(the_time_runs_over_restarts_and_reloads) {
    Harness h;
    h.reloads = true;
    asking_source(h);
    h.start();
    h.time.run_for(1h);
    h.stop();
    h.time.run_for(10h);
    h.settings.sources[0].approval.within = 10h;
    h.start();
    h.time.run_for(1min);
    BOOST_TEST((h.store.post(1).state == PostState::expired));

    h.feed.add("2", "two");
    h.time.run_for(1h);
    BOOST_TEST((h.store.post(2).state == PostState::held));
    h.settings.sources[0].approval.within = 2h;
    h.reload();
    h.time.run_for(2h);
    BOOST_TEST((h.store.post(2).state == PostState::expired));
}

/// Its time is what counts when it comes, not what it was when the post was held.
BOOST_AUTO_TEST_CASE(a_post_that_is_moved_waits_from_its_new_time_on) {
    Harness h;
    asking_source(h).approval.within = 24h;
    h.feed.add("2", "two");
    h.start();
    h.time.run_for(1min);
    const auto move = [&](PostId id, Duration to) {
        engine::PostEdit edit;
        edit.due = h.time.now() + to;
        bool done = false;
        boost::asio::co_spawn(h.context, h.engine->edit(id, std::move(edit)),
                              [&](std::exception_ptr, const Result<Post>& result) {
                                  BOOST_TEST(result.has_value());
                                  done = true;
                              });
        h.time.run_while([&] { return !done; });
    };
    move(1, 10h);
    h.time.run_for(25h);
    BOOST_TEST((h.store.post(1).state == PostState::waiting || h.store.post(1).state == PostState::held));
    BOOST_TEST((h.store.post(2).state == PostState::expired));
    h.time.run_for(10h);
    BOOST_TEST((h.store.post(1).state == PostState::expired));
}

BOOST_AUTO_TEST_CASE(approved_in_time_it_goes_whatever_comes_later) {
    Harness h;
    SourceSettings& source = asking_source(h);
    source.approval.within = 1h;
    h.account("news").limits.min_gap = 3h;
    h.start();
    h.time.run_for(10min);
    h.post("by hand", "1");
    h.time.run_for(1min);
    approve(h, 1);
    h.time.run_for(4h);
    BOOST_TEST(h.server.statuses.size() == 2U);
}

BOOST_AUTO_TEST_CASE(while_it_waits_it_follows_its_item) {
    Harness h;
    asking_source(h);
    h.start();
    h.time.run_for(1min);
    h.feed.items[0].title = "mended";
    h.time.run_for(20min);
    BOOST_TEST((h.store.post(1).state == PostState::held));
    BOOST_TEST(h.store.post(1).content.status == "mended https://blog.example/1");
    approve(h, 1);
    h.time.run_for(1min);
    BOOST_TEST(h.timeline() == std::vector<std::string>{"mended https://blog.example/1"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_fuse_that_is_reset_lets_nothing_go_without_it) {
    Harness h;
    SourceSettings& source = asking_source(h);
    for (int i = 2; i < 15; ++i)
        h.feed.add(std::to_string(i), "item " + std::to_string(i));
    source.fuse = Fuse{};
    h.start();
    h.time.run_for(1min);
    bool done = false;
    boost::asio::co_spawn(h.context, h.engine->resume(*engine::Target::parse("source:blog", h.settings)),
                          [&](std::exception_ptr, const Result<>&) { done = true; });
    h.time.run_while([&] { return !done; });
    h.time.run_for(10min);
    BOOST_TEST(h.server.statuses.empty());
}

BOOST_AUTO_TEST_CASE(what_nobody_has_read_goes_by_approve_alone) {
    Harness h;
    h.settings.accounts["news"].approval.required = true;
    h.start();
    const PostId id = h.post("unread", "k1");
    h.time.run_for(1min);
    BOOST_REQUIRE((h.store.post(id).code == ReasonCode::approval));
    for (const auto action :
         {engine::OutboxAction::release, engine::OutboxAction::retry, engine::OutboxAction::hold}) {
        const Result<Post> refused = h.wait_for(h.engine->act(id, action, true));
        BOOST_REQUIRE(!refused);
        BOOST_TEST(refused.error().message.starts_with("post 1 waits for approval"));
    }
    PostQuery held;
    held.states = {PostState::held};
    const auto all = h.wait_for(h.engine->act_on_all(held, engine::OutboxAction::retry, false));
    BOOST_TEST(all->done == 0U);
    BOOST_TEST(all->left.size() == 1U);
    h.time.run_for(1h);
    BOOST_TEST(h.server.statuses.empty());
    approve(h, id);
    h.time.run_for(1min);
    BOOST_TEST(h.server.statuses.size() == 1U);
}

/// Whatever else a person does with it meanwhile: that is no reading of it.
BOOST_AUTO_TEST_CASE(a_hold_or_a_retry_is_no_approval) {
    for (const bool by_mode : {false, true}) {
        Harness h;
        h.settings.accounts["news"].approval.required = !by_mode;
        h.settings.accounts["news"].mode = by_mode ? Mode::hold : Mode::live;
        h.start();
        using Action = engine::OutboxAction;
        const auto later = [&](const char* key) {
            engine::PostOrder order;
            order.status = key;
            order.key = key;
            order.at = h.time.now() + 1h;
            return h.hand_in(std::move(order)).value().id;
        };
        const auto act = [&](PostId id, Action action) {
            BOOST_TEST(h.wait_for(h.engine->act(id, action, false)).has_value());
        };
        const PostId held = later("held and released");
        act(held, Action::hold);
        act(held, Action::release);
        const PostId cancelled = later("cancelled and retried");
        act(cancelled, Action::cancel);
        act(cancelled, Action::retry);
        const PostId read = later("read before its time");
        act(read, Action::approve);
        h.time.run_for(2h);
        BOOST_TEST(h.timeline() == std::vector<std::string>{"read before its time"},
                   boost::test_tools::per_element());
        for (const PostId id : {held, cancelled})
            BOOST_TEST((h.store.post(id).code == ReasonCode::approval));
    }
}

BOOST_AUTO_TEST_SUITE_END()
