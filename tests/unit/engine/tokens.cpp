#include "support/engine_harness.hpp"

using namespace crier;
using namespace crier::test;

namespace {

engine::LaneView news_of(const Harness& h) {
    return h.engine->lanes().front();
}

class TokenEar final : public Alerter {
public:
    [[nodiscard]] std::string name() const override { return "the ear"; }
    boost::asio::awaitable<Result<>> deliver(Alert alert) override {
        if (alert.what.kind == AlertKind::token)
            texts.push_back(std::string{to_text(alert.word)} + ": " + alert.what.text);
        co_return Result<>{};
    }
    std::vector<std::string> texts;
};

/// With somebody who is told.
struct Told : Harness {
    Told() { world.alerters.push_back(&ear); }
    ~Told() { stop(); } // before the ear goes
    TokenEar ear;
};

} // namespace

BOOST_AUTO_TEST_SUITE(engine_tokens)

BOOST_AUTO_TEST_CASE(a_token_that_may_only_post_is_asked_about_once_and_nothing_is_said) {
    Told h;
    h.server.scopes = {"write:statuses", "write:media"};
    h.start();
    h.time.run_for(24h);
    BOOST_TEST(h.server.probes == 1U);
    BOOST_TEST(news_of(h).token == "ok");
    BOOST_TEST(news_of(h).token_note.empty());
    BOOST_TEST(h.ear.texts.empty());
    h.post("hello", "k");
    h.time.run_for(1min);
    BOOST_TEST(h.timeline().size() == 1U);
    BOOST_TEST(h.server.probes == 1U);
}

BOOST_AUTO_TEST_CASE(a_token_that_may_administer_holds_its_account_and_no_other) {
    Told h;
    h.account("other");
    h.settings.accounts["other"].allow_surplus_scopes = true;
    h.server.scopes = {"write:statuses", "admin:read"};
    h.start();
    h.time.run_for(1s);
    BOOST_TEST(h.server.statuses.empty());
    const engine::LaneView view = news_of(h);
    BOOST_TEST(view.state.state == "held");
    BOOST_TEST(view.state.reason == "its token may administer the server (admin:read)");
    BOOST_TEST(view.state.action.find("allow_surplus_scopes") != std::string::npos);
    BOOST_TEST(view.state.action.find("crier login https://model.example") != std::string::npos);
    h.time.run_for(1min);
    BOOST_REQUIRE(!h.ear.texts.empty());
    BOOST_TEST(h.ear.texts.front().find("may administer") != std::string::npos);
    engine::PostOrder mine;
    mine.account = "news";
    mine.status = "held back";
    mine.key = "k1";
    BOOST_TEST(h.hand_in(mine).has_value());
    engine::PostOrder others;
    others.account = "other";
    others.status = "as it was meant";
    others.key = "k2";
    BOOST_TEST(h.hand_in(others).has_value());
    h.time.run_for(24h); // a rare look says that the token works, and that is not what is wrong
    BOOST_TEST((h.timeline() == std::vector<std::string>{"as it was meant"}));
    BOOST_TEST(news_of(h).state.state == "held");
    // Another token is there: the account goes on by itself.
    h.server.scopes = {"write:statuses"};
    h.server.good_token = h.token = "another";
    h.time.run_for(10s);
    BOOST_TEST(news_of(h).state.state == "ok");
    BOOST_TEST(h.timeline().size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_person_who_lets_it_go_on_does_not_make_it_a_good_token) {
    Harness h;
    h.server.scopes = {"write:statuses", "admin:write"};
    h.start();
    h.time.run_for(1s);
    BOOST_TEST(news_of(h).state.state == "held");
    boost::asio::co_spawn(h.context, h.engine->resume(*engine::Target::parse("account:news", h.settings)),
                          [](std::exception_ptr, Result<>) {});
    h.time.run_for(1min);
    BOOST_TEST(news_of(h).state.state == "held");
}

BOOST_AUTO_TEST_CASE(what_stands_beside_the_token_is_its_own_and_goes_before_what_the_server_says) {
    Harness h;
    h.own_scopes = {"write:statuses"};
    h.server.scopes = {"write:statuses", "admin:read", "read"}; // of the application
    h.start();
    h.time.run_for(1min);
    BOOST_TEST(news_of(h).state.state == "ok");
    BOOST_TEST(news_of(h).token_note.empty());
}

BOOST_AUTO_TEST_CASE(what_stands_beside_the_token_is_known_before_the_first_post_and_without_the_server) {
    Harness h;
    h.own_scopes = {"write:statuses", "admin"};
    h.server.unanswered_probes = 100;
    h.start();
    h.post("hello", "k");
    h.time.run_for(10min);
    BOOST_TEST(h.timeline().empty());
    BOOST_TEST(news_of(h).state.state == "held");
    BOOST_TEST(h.server.requests == 0U);
    // The one that is put there instead is looked at before it is used.
    h.token = h.server.good_token = "another";
    h.time.run_for(10s);
    BOOST_TEST(h.timeline().empty());
    h.own_scopes = {"write:statuses"};
    h.token = h.server.good_token = "a third";
    h.time.run_for(10s);
    BOOST_TEST(h.timeline().size() == 1U);
}

BOOST_AUTO_TEST_CASE(surplus_scopes_are_named_in_a_warning_and_hold_nothing) {
    Told h;
    h.server.scopes = {"read", "write", "follow"};
    h.start();
    h.post("hello", "k");
    h.time.run_for(1min);
    BOOST_TEST(h.timeline().size() == 1U);
    BOOST_TEST(news_of(h).token == "ok");
    BOOST_TEST(news_of(h).token_note == "the token may do more than crier needs: read, write and follow");
    BOOST_TEST(h.ear.texts.empty());
    BOOST_TEST(h.log.count("account.surplus_scopes") == 1U);

    Harness quiet;
    quiet.settings.accounts["news"].allow_surplus_scopes = true;
    quiet.server.scopes = {"read", "write", "admin"};
    quiet.start();
    quiet.time.run_for(1min);
    BOOST_TEST(news_of(quiet).token_note.empty());
    BOOST_TEST(news_of(quiet).state.state == "ok");
}

BOOST_AUTO_TEST_CASE(a_missing_scope_is_told_before_the_first_post_and_holds_nothing) {
    Told h;
    auto picture = std::make_shared<PostTemplate>();
    picture->media.resize(1);
    h.settings.accounts["news"].defaults = picture; // so that write:media is needed
    h.server.scopes = {"write:statuses"};
    h.start();
    h.time.run_for(1s);
    BOOST_TEST(h.server.requests == 0U);
    BOOST_TEST(news_of(h).state.state == "ok");
    BOOST_TEST(news_of(h).token == "the token lacks write:media");
    h.time.run_for(1min);
    BOOST_TEST((h.ear.texts == std::vector<std::string>{"on: news: the token lacks write:media"}));
    // What can be posted is, and what is missing still is.
    h.post("hello", "k");
    h.time.run_for(1min);
    BOOST_TEST(h.timeline().size() == 1U);
    BOOST_TEST(h.ear.texts.size() == 1U);
    BOOST_TEST(news_of(h).token == "the token lacks write:media");
}

BOOST_AUTO_TEST_CASE(a_dead_token_is_told_before_the_first_post_and_a_post_that_goes_out_ends_that) {
    Told h;
    h.server.good_token = "another";
    h.start();
    h.time.run_for(1s);
    BOOST_TEST(news_of(h).state.state == "ok");
    BOOST_TEST(news_of(h).token.find("does not accept the token") != std::string::npos);
    h.time.run_for(1min);
    BOOST_REQUIRE(h.ear.texts.size() == 1U);
    h.server.good_token = "token"; // it was the server's mistake
    h.post("hello", "k");
    h.time.run_for(1min);
    BOOST_TEST(h.timeline().size() == 1U);
    BOOST_TEST(news_of(h).token == "ok");
    BOOST_TEST((h.ear.texts.size() == 2U && h.ear.texts.back().starts_with("over: ")));
}

BOOST_AUTO_TEST_CASE(a_question_that_is_not_answered_delays_no_post) {
    Harness h;
    h.server.unanswered_probes = 1000;
    h.start();
    for (int i = 0; i < 30; ++i) {
        h.post("post " + std::to_string(i), "k" + std::to_string(i));
        h.time.run_for(1s);
        BOOST_TEST(h.timeline().size() == static_cast<std::size_t>(i) + 1);
    }
    h.time.run_for(6h);
    BOOST_TEST(news_of(h).state.state == "ok");
    BOOST_TEST(h.server.probes <= 13U); // once, and each half hour
    BOOST_TEST(h.server.probes >= 11U);
}

BOOST_AUTO_TEST_CASE(stopping_does_not_wait_for_the_answer) {
    Harness h;
    h.server.unanswered_probes = 1;
    h.start();
    h.time.run_for(1s);
    const Instant begun = h.time.now();
    h.stop();
    BOOST_TEST((h.time.now() - begun < 1s));
}

BOOST_AUTO_TEST_CASE(another_token_is_asked_about_when_it_is_first_used) {
    Harness h;
    h.server.scopes = {"write:statuses"};
    h.start();
    h.time.run_for(1min);
    BOOST_TEST(h.server.probes == 1U);
    h.token = h.server.good_token = "another";
    h.server.scopes = {"write:statuses", "read"};
    h.post("hello", "k");
    h.time.run_for(1min);
    BOOST_TEST(h.timeline().size() == 1U);
    BOOST_TEST(h.server.probes == 2U);
    BOOST_TEST(news_of(h).token_note.find("read") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_account_that_sends_nothing_asks_nothing) {
    Harness h;
    h.settings.accounts["news"].mode = Mode::dry;
    h.start();
    h.time.run_for(24h);
    BOOST_TEST(h.server.probes == 0U);
}

/// It is over before anybody could be told later.
BOOST_AUTO_TEST_CASE(a_run_from_cron_asks_before_it_sends_and_only_then) {
    Harness h;
    h.server.scopes = {"write:statuses"};
    h.entry("hourly", schedule::Every{1h, Duration{}}, "hello");
    (void)h.once();
    BOOST_TEST(h.server.probes == 0U); // nothing is due
    h.time.run_for(70min);
    BOOST_TEST(h.once().held == 0U);
    BOOST_TEST(h.timeline().size() == 1U);
    BOOST_TEST(h.server.probes == 1U);
    h.server.scopes = {"write:statuses", "admin"};
    h.time.run_for(1h);
    BOOST_TEST(h.once().held == 1U);
    BOOST_TEST(h.timeline().size() == 1U);
    BOOST_TEST(h.server.probes == 2U);
}

BOOST_AUTO_TEST_CASE(a_run_from_cron_asks_nothing_where_it_stands_beside_the_token) {
    Harness h;
    h.own_scopes = {"write:statuses"};
    h.entry("hourly", schedule::Every{1h, Duration{}}, "hello");
    (void)h.once();
    h.time.run_for(70min);
    BOOST_TEST(h.once().held == 0U);
    BOOST_TEST(h.timeline().size() == 1U);
    h.own_scopes = {"write:statuses", "admin"};
    h.time.run_for(1h);
    BOOST_TEST(h.once().held == 1U);
    BOOST_TEST(h.timeline().size() == 1U);
    BOOST_TEST(h.server.probes == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
