#include "support/engine_harness.hpp"

using namespace crier;
using namespace crier::test;

namespace {

Result<Post> act(Harness& h, PostId id, engine::OutboxAction action, bool anyway = false) {
    Result<Post> result = Failure{Cause::internal, "not done"};
    bool done = false;
    boost::asio::co_spawn(h.context, h.engine->act(id, action, anyway),
                          [&](std::exception_ptr, Result<Post> r) {
                              result = std::move(r);
                              done = true;
                          });
    h.time.run_while([&] { return !done; });
    return result;
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_orders)

BOOST_AUTO_TEST_CASE(an_account_on_hold_posts_what_is_approved) {
    Harness h;
    h.settings.accounts["news"].mode = Mode::hold;
    h.start();
    const PostId id = h.post("hello", "k1");
    h.time.run_for(1min);
    BOOST_TEST((h.store.post(id).state == PostState::held));
    BOOST_TEST(act(h, id, engine::OutboxAction::approve).has_value());
    h.time.run_for(1min);
    BOOST_TEST((h.store.post(id).state == PostState::published));
}

BOOST_AUTO_TEST_CASE(a_cancelled_post_is_never_sent) {
    Harness h;
    h.settings.accounts["news"].mode = Mode::hold;
    h.start();
    const PostId id = h.post("hello", "k1");
    h.time.run_for(1min);
    BOOST_TEST(act(h, id, engine::OutboxAction::cancel).has_value());
    h.time.run_for(1h);
    BOOST_TEST((h.store.post(id).state == PostState::cancelled));
    BOOST_TEST(h.server.statuses.empty());
}

BOOST_AUTO_TEST_CASE(what_may_be_published_is_sent_again_only_anyway_and_with_a_new_key) {
    Harness h;
    h.server.server.idempotent = false;
    h.server.faults = {Fault::lost_after};
    h.start();
    const PostId id = h.post("hello", "k1");
    h.time.run_for(1h);
    const Result<Post> refused = act(h, id, engine::OutboxAction::retry);
    BOOST_REQUIRE(!refused);
    BOOST_TEST(refused.error().message.find("may be published already") != std::string::npos);
    BOOST_TEST(act(h, id, engine::OutboxAction::retry, true).has_value());
    h.time.run_for(1min);
    BOOST_TEST((h.store.post(id).state == PostState::published));
    BOOST_TEST(h.server.keys[0] != h.server.keys[1]);
}

BOOST_AUTO_TEST_CASE(a_published_post_cannot_be_cancelled) {
    Harness h;
    h.start();
    const PostId id = h.post("hello", "k1");
    h.time.run_for(1min);
    const Result<Post> refused = act(h, id, engine::OutboxAction::cancel);
    BOOST_REQUIRE(!refused);
    BOOST_TEST(refused.error().message == "post 1 is published: it cannot be cancelled now");
}

/// "What all posts of this account have": so it is also of those that are written by hand.
BOOST_AUTO_TEST_CASE(a_post_by_hand_has_its_accounts_warning_unless_it_says_one) {
    Harness h;
    auto defaults = std::make_shared<PostTemplate>();
    defaults->spoiler_text = *text::Template::parse("Bot {{ account }}", {"account"});
    h.settings.accounts["news"].defaults = defaults;
    h.start();
    engine::PostOrder own;
    own.status = "with its own";
    own.key = "k2";
    own.spoiler_text = "Mine";
    const PostId first = h.post("hello", "k1");
    const PostId second = h.hand_in(std::move(own)).value().id;
    BOOST_TEST(h.store.post(first).content.spoiler_text == "Bot news");
    BOOST_TEST(h.store.post(second).content.spoiler_text == "Mine");
}

BOOST_AUTO_TEST_CASE(a_time_that_is_past_is_refused_unless_it_was_said_before) {
    Harness h;
    h.start();
    const auto order = [&](Duration ago, std::string key) {
        engine::PostOrder made;
        made.status = "hello";
        made.key = std::move(key);
        made.at = *from_rfc3339("2026-11-24T12:00:00Z") - ago;
        return made;
    };
    BOOST_TEST(h.hand_in(order(30s, "k1")).has_value());
    const Result<engine::Accepted> refused = h.hand_in(order(24h * 365, "k2"));
    BOOST_REQUIRE(!refused);
    BOOST_TEST(refused.error().message.starts_with("2025-11-24T12:00:00Z is past: it is 2026-"));
    h.time.run_for(1h);
    BOOST_TEST(h.hand_in(order(30s, "k1"))->known); // a script that repeats itself
    BOOST_TEST(h.server.statuses.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_language_that_is_none_is_refused) {
    Harness h;
    h.start();
    engine::PostOrder order;
    order.status = "hello";
    order.key = "k";
    order.language = "English";
    const Result<engine::Accepted> refused = h.hand_in(std::move(order));
    BOOST_REQUIRE(!refused);
    BOOST_TEST(refused.error().message == "'English' is no language code");
}

BOOST_AUTO_TEST_CASE(what_is_let_go_before_its_time_waits_for_it) {
    Harness h;
    h.start();
    const PostId id = h.post("later", "k", h.time.now() + 2h);
    BOOST_TEST(act(h, id, engine::OutboxAction::cancel).has_value());
    const Result<Post> again = act(h, id, engine::OutboxAction::retry);
    BOOST_REQUIRE(again.has_value());
    BOOST_TEST((again->state == PostState::waiting));
    h.time.run_for(1h);
    BOOST_TEST(h.timeline().empty());
    h.time.run_for(2h);
    BOOST_TEST(h.timeline().size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
