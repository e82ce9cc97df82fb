#include "desk.hpp"

using namespace crier;
using namespace crier::test;

BOOST_AUTO_TEST_SUITE(admin_status)

BOOST_AUTO_TEST_CASE(status_has_the_fields_that_scripts_read) {
    Desk desk;
    desk.feed.add("1", "One");
    desk.source("blog");
    desk.start();
    desk.post("hello", "k1");
    desk.time.run_for(1min);
    const Said said = desk.get("/v1/status");
    BOOST_TEST(said.status == 200);
    BOOST_TEST(fields_of(said.body) ==
               "running timezone accounts gone_accounts sources paused_entries tripped_entries outbox store "
               "restart_pending");
    BOOST_TEST(said.body.at("running").as_bool());
    BOOST_TEST(said.body.at("timezone").as_string() == desk.engine->settings().timezone);
    BOOST_REQUIRE_EQUAL(said.list("accounts").size(), 1U);
    const auto& account = said.list("accounts").front().as_object();
    BOOST_TEST(fields_of(account) ==
               "name server kind token token_note mode state reason since until action budgets "
               "next_due last_published foreign deletions");
    BOOST_TEST(account.at("foreign").is_null());
    BOOST_TEST(account.at("deletions").is_null());
    BOOST_TEST(account.at("name").as_string() == "news");
    BOOST_TEST(account.at("token").as_string() == "ok");
    BOOST_TEST(account.at("state").as_string() == "ok");
    BOOST_TEST(account.at("last_published").as_string().starts_with("2026-11-24T12:00:"));
    std::string budgets;
    for (const auto& budget : account.at("budgets").as_array()) {
        BOOST_TEST(fields_of(budget.as_object()) == "bucket limit remaining reset");
        budgets += std::string{budget.at("bucket").as_string()} + " " +
                   std::to_string(budget.at("remaining").as_int64()) + " ";
    }
    BOOST_TEST(budgets == "api 298 user 1498 media 30 deletes 30 statuses 299 anonymous 298 paging 300 ");
    BOOST_REQUIRE_EQUAL(said.list("sources").size(), 1U);
    const auto& source = said.list("sources").front().as_object();
    BOOST_TEST(fields_of(source) ==
               "name plugin url state last_poll next_poll hears hub error failures note fuse");
    BOOST_TEST(source.at("state").as_string() == "ok");
    BOOST_TEST(said.body.at("outbox").at("published").as_int64() == 1);
}

BOOST_AUTO_TEST_CASE(posts_of_an_account_that_is_gone_are_counted_and_say_why_they_rest) {
    Desk desk;
    desk.start();
    desk.post("hello", "k1");
    desk.time.run_for(1min);
    engine::PostOrder order;
    order.account = "news";
    order.status = "later";
    order.key = "k2";
    order.at = desk.time.now() + 1h;
    bool done = false;
    boost::asio::co_spawn(desk.context, desk.engine->post(std::move(order)),
                          [&](std::exception_ptr, Result<engine::Accepted>) { done = true; });
    desk.time.run_while([&] { return !done; });
    desk.stop();
    desk.settings.accounts.erase("news");
    desk.account("art");
    desk.start();
    const auto gone = desk.get("/v1/status").list("gone_accounts");
    BOOST_REQUIRE_EQUAL(gone.size(), 1U);
    BOOST_TEST(gone.front().at("name").as_string() == "news");
    BOOST_TEST(gone.front().at("posts").as_int64() == 1);
    BOOST_TEST(desk.get("/v1/outbox/2").text("reason") ==
               "the account news is no longer in the configuration: put it back, or `crier outbox cancel`");
    BOOST_TEST(desk.get("/v1/outbox/1").text("reason").empty());
}

BOOST_AUTO_TEST_CASE(a_source_that_fails_says_so) {
    Desk desk;
    desk.feed.failures.push_back(Failure{Cause::network, "blog.example: connection refused"});
    desk.source("blog");
    desk.start();
    desk.time.run_for(10s);
    const auto source = desk.get("/v1/status").list("sources").front().as_object();
    BOOST_TEST(source.at("state").as_string() == "failing");
    BOOST_TEST(source.at("error").as_string() == "blog.example: connection refused");
    BOOST_TEST(source.at("failures").as_int64() == 1);
}

BOOST_AUTO_TEST_CASE(a_missing_token_is_told_and_the_token_never_is) {
    Desk desk;
    desk.token = "s3cr3t-t0k3n";
    desk.server.good_token = "another";
    desk.start();
    desk.post("hello", "k1");
    desk.time.run_for(1min);
    const Said said = desk.get("/v1/status");
    const auto& account = said.list("accounts").front();
    BOOST_TEST(account.at("state").as_string() == "held");
    BOOST_TEST(account.at("action").as_string() == "put a new access token there");
    BOOST_TEST(boost::json::serialize(said.body).find("s3cr3t") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_account_that_waits_says_what_for) {
    Desk desk;
    desk.server.faults = {Fault::limited};
    desk.start();
    desk.post("hello", "k1");
    desk.time.run_for(1min);
    const Said limited = desk.get("/v1/status");
    const auto& account = limited.list("accounts").front();
    BOOST_TEST(account.at("state").as_string() == "limited");
    BOOST_TEST(account.at("reason").as_string() == "429 Too many requests");
    BOOST_TEST(account.at("until").as_string().starts_with("2026-11-24T12:05:00"));
    desk.time.run_for(1h);
    for (int i = 0; i < 100; ++i)
        desk.server.faults.push_back(Fault::not_sent);
    desk.post("again", "k2");
    desk.time.run_for(1min);
    const Said away = desk.get("/v1/status");
    BOOST_TEST(away.list("accounts").front().at("state").as_string() == "backing off");
    BOOST_TEST(away.list("accounts").front().at("reason").as_string() == "connection refused");
}

BOOST_AUTO_TEST_CASE(an_account_without_a_token_says_so_before_a_post_meets_it) {
    Desk desk;
    desk.start();
    desk.time.run_for(1min);
    desk.token.clear();
    const auto without = desk.get("/v1/status").list("accounts").front().as_object();
    BOOST_TEST(without.at("state").as_string() == "no token");
    BOOST_TEST(without.at("reason").as_string() == "the token file is not there");
}

BOOST_AUTO_TEST_CASE(the_next_is_when_a_post_may_leave_and_no_look_after_one) {
    Desk desk;
    desk.start();
    desk.post("hello", "k1");
    desk.time.run_for(1min);
    BOOST_TEST(desk.engine->lanes().front().next.has_value()); // its receipt
    BOOST_TEST(desk.get("/v1/status").list("accounts").front().at("next_due").is_null());
    BOOST_TEST(
        desk.post_to("/v1/posts", R"({"text":"later","key":"k2","at":"2026-11-25T12:00:00Z"})").status ==
        200);
    BOOST_TEST(desk.get("/v1/status").list("accounts").front().at("next_due").as_string() ==
               "2026-11-25T12:00:00Z");
}

BOOST_AUTO_TEST_CASE(keys_that_wait_for_a_restart_are_named) {
    Desk desk;
    desk.start();
    BOOST_TEST(desk.get("/v1/status").list("restart_pending").empty());
    desk.world.tally.reloads.restart = {"store", "inbound"};
    const auto keys = desk.get("/v1/status").list("restart_pending");
    BOOST_REQUIRE_EQUAL(keys.size(), 2U);
    BOOST_TEST(keys.front().as_string() == "store");
}

BOOST_AUTO_TEST_CASE(a_store_that_cannot_be_written_is_told_where_people_look) {
    Desk desk;
    desk.start();
    desk.post("hello", "k1");
    for (int i = 0; i < 1000; ++i)
        desk.store.failures.push_back(Failure{Cause::temporary, "the disk is full"});
    desk.time.run_for(1min);
    const Said said = desk.get("/v1/status");
    BOOST_TEST(said.list("accounts").front().at("state").as_string() == "store");
    BOOST_TEST(said.list("accounts").front().at("reason").as_string() ==
               "the disk is full: nothing is sent until it can be recorded");
}

BOOST_AUTO_TEST_CASE(the_next_of_an_account_is_of_its_entries_too_and_paused_ones_are_named) {
    Desk desk;
    desk.entry("hourly", schedule::Rule{schedule::Every{1h, {}}}, "tick");
    desk.entry("daily", schedule::Rule{schedule::Every{24h, {}}}, "tock");
    desk.start();
    BOOST_TEST(desk.get("/v1/status").list("accounts").front().at("next_due").as_string() ==
               "2026-11-24T13:00:00Z");
    BOOST_TEST(desk.post_to("/v1/pause", R"({"target": "hourly"})").status == 200);
    const Said said = desk.get("/v1/status");
    BOOST_TEST(said.list("accounts").front().at("next_due").as_string() == "2026-11-25T00:00:00Z");
    BOOST_REQUIRE_EQUAL(said.list("paused_entries").size(), 1U);
    BOOST_TEST(said.list("paused_entries").front().as_string() == "hourly");
}

BOOST_AUTO_TEST_CASE(next_lists_what_the_schedule_fires) {
    Desk desk;
    desk.entry("hourly", schedule::Rule{schedule::Every{1h, {}}}, "tick");
    desk.start();
    const Said said = desk.get("/v1/next", {{"n", "3"}});
    BOOST_REQUIRE_EQUAL(said.list("next").size(), 3U);
    const auto& first = said.list("next").front().as_object();
    BOOST_TEST(fields_of(first) == "due entry accounts note");
    BOOST_TEST(first.at("due").as_string() == "2026-11-24T13:00:00Z");
    BOOST_TEST(first.at("entry").as_string() == "hourly");
    BOOST_TEST(desk.get("/v1/next").list("next").size() == 10U);
}

BOOST_AUTO_TEST_CASE(somebody_else_on_the_account_is_counted) {
    Desk desk;
    Batch batch;
    AccountState state;
    state.account = "news";
    state.foreign = 2;
    state.foreign_newest = *from_rfc3339("2026-11-24T11:00:00Z");
    batch.accounts.push_back(state);
    desk.put(std::move(batch));
    desk.start();
    const Said said = desk.get("/v1/status");
    const auto& foreign = said.list("accounts")[0].at("foreign").as_object();
    BOOST_TEST(fields_of(foreign) == "count newest");
    BOOST_TEST(foreign.at("count").as_int64() == 2);
    BOOST_TEST(foreign.at("newest").as_string() == "2026-11-24T11:00:00Z");
}

BOOST_AUTO_TEST_SUITE_END()
