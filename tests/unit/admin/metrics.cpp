#include "admin/metrics.hpp"

#include "desk.hpp"

using namespace crier;
using namespace crier::test;

namespace {

/// What GET /metrics says.
class Watch : public Harness {
public:
    std::string page() {
        if (!metrics_ || of_ != engine.get()) {
            of_ = engine.get();
            metrics_.emplace(
                *engine, time, [this] { return process; }, "0.1.0");
        }
        std::optional<LocalResponse> answer;
        boost::asio::co_spawn(context, metrics_->answer(),
                              [&](std::exception_ptr error, LocalResponse response) {
                                  BOOST_REQUIRE(!error);
                                  answer = std::move(response);
                              });
        context.restart();
        context.poll(); // what waits for nothing takes no time
        time.run_while([&] { return !answer; });
        BOOST_TEST(answer->status == 200);
        BOOST_TEST(answer->content_type == "text/plain; version=0.0.4; charset=utf-8");
        return answer->body;
    }

    /// The value of one series, as it stands there; "none": it is not there.
    std::string value(const std::string& series) {
        const std::string text = "\n" + page();
        const auto at = text.find("\n" + series + " ");
        if (at == std::string::npos)
            return "none";
        const auto from = at + series.size() + 2;
        return text.substr(from, text.find('\n', from) - from);
    }
    /// The store counts anew.
    std::string later(const std::string& series) {
        time.run_for(1min);
        return value(series);
    }

    ProcessFigures process;

private:
    std::optional<admin::Metrics> metrics_;
    const engine::Engine* of_ = nullptr;
};

std::string of(const std::string& name, const std::string& label, const std::string& word) {
    return name + "{account=\"news\"," + label + "=\"" + word + "\"}";
}

schedule::Rule at(Instant when) {
    return schedule::At{{when}};
}

} // namespace

BOOST_AUTO_TEST_SUITE(admin_metrics)

BOOST_AUTO_TEST_CASE(a_post_that_goes_out_is_counted_where_it_comes_by) {
    Watch watch;
    watch.start();
    BOOST_TEST(watch.value(of("crier_posts_total", "outcome", "published")) == "0");
    BOOST_TEST(watch.value(of("crier_account_state", "state", "ok")) == "1");
    (void)watch.post("one", "k1");
    watch.time.run_for(1min);
    BOOST_TEST(watch.value(of("crier_posts_accepted_total", "origin", "manual")) == "1");
    BOOST_TEST(watch.value(of("crier_posts_total", "outcome", "published")) == "1");
    BOOST_TEST(watch.value(of("crier_posts_total", "outcome", "failed")) == "0");
    BOOST_TEST(watch.value(of("crier_delivery_attempts_total", "outcome", "published")) == "1");
    BOOST_TEST(watch.value("crier_delivery_latency_seconds_count{account=\"news\"}") == "1");
    BOOST_TEST(watch.value("crier_post_lateness_seconds_count{account=\"news\"}") == "0"); // by hand
    BOOST_TEST(watch.value("crier_account_last_published_timestamp_seconds{account=\"news\"}") != "none");
    (void)watch.post("one", "k1"); // known
    BOOST_TEST(watch.value(of("crier_posts_accepted_total", "origin", "manual")) == "1");
}

BOOST_AUTO_TEST_CASE(lateness_is_of_the_schedule_and_from_when_a_post_was_due) {
    Watch watch;
    watch.entry("greeting", at(watch.time.now() + 1h), "hello");
    watch.start();
    BOOST_TEST(watch.value("crier_entry_next_due_timestamp_seconds{entry=\"greeting\"}") != "none");
    BOOST_TEST(watch.value("crier_schedule_entries") == "1");
    watch.time.run_for(2h);
    BOOST_TEST(watch.value(of("crier_posts_accepted_total", "origin", "entry")) == "1");
    BOOST_TEST(watch.value("crier_post_lateness_seconds_count{account=\"news\"}") == "1");
    BOOST_TEST(watch.value(of("crier_post_lateness_seconds_bucket", "le", "0.1")) == "1");
    BOOST_TEST(watch.value(of("crier_post_lateness_seconds_bucket", "le", "+Inf")) == "1");
    // It never fires again.
    BOOST_TEST(watch.value("crier_entry_next_due_timestamp_seconds{entry=\"greeting\"}") == "none");
}

BOOST_AUTO_TEST_CASE(what_was_missed_is_accepted_and_expired) {
    Watch watch;
    watch.entry("greeting", at(watch.time.now() + 1h), "hello");
    watch.settings.schedule.back().missed.policy = Missed::skip;
    watch.start();
    watch.stop();
    watch.time.run_for(24h);
    watch.start();
    watch.time.run_for(1min);
    BOOST_TEST(watch.value(of("crier_posts_total", "outcome", "expired")) == "1");
    BOOST_TEST(watch.value("crier_schedule_missed_total") == "1");
    BOOST_TEST(watch.value("crier_post_lateness_seconds_count{account=\"news\"}") == "0");
}

BOOST_AUTO_TEST_CASE(a_dead_token_holds_the_account_and_says_by_what) {
    Watch watch;
    watch.start();
    watch.server.good_token = "another";
    (void)watch.post("one", "k1");
    watch.time.run_for(1s);
    BOOST_TEST(watch.value(of("crier_delivery_attempts_total", "outcome", "unauthorized")) == "1");
    BOOST_TEST(watch.value(of("crier_account_state", "state", "held")) == "1");
    BOOST_TEST(watch.value(of("crier_account_state", "state", "ok")) == "0");
    BOOST_TEST(watch.value(of("crier_account_held", "reason", "token")) == "1");
    BOOST_TEST(watch.value(of("crier_account_held", "reason", "forbidden")) == "0");
    BOOST_TEST(watch.value("crier_account_token_usable{account=\"news\"}") == "0");
    watch.server.good_token = watch.token;
    watch.time.run_for(2h);
    BOOST_TEST(watch.value(of("crier_account_state", "state", "ok")) == "1");
    BOOST_TEST(watch.value(of("crier_account_held", "reason", "token")) == "0");
    BOOST_TEST(watch.value("crier_account_token_usable{account=\"news\"}") == "1");
}

BOOST_AUTO_TEST_CASE(posts_that_wait_for_a_person_are_counted_by_the_store_and_as_they_stop) {
    Watch watch;
    watch.account("news").mode = Mode::hold;
    watch.start();
    (void)watch.post("one", "k1");
    watch.time.run_for(1s);
    BOOST_TEST(watch.value(of("crier_outbox_posts", "state", "held")) == "1");
    BOOST_TEST(watch.value(of("crier_outbox_posts", "state", "waiting")) == "0");
    BOOST_TEST(watch.value(of("crier_outbox_held_posts", "reason", "approval")) == "1");
    BOOST_TEST(watch.value(of("crier_outbox_held_posts", "reason", "fuse")) == "0");
    BOOST_TEST(watch.value(of("crier_outbox_held_posts", "reason", "other")) == "0");
    BOOST_TEST(watch.value("crier_outbox_oldest_due_seconds{account=\"news\"}") == "0");
    BOOST_TEST(watch.value(of("crier_posts_total", "outcome", "held")) == "1");
    BOOST_TEST(watch.value("crier_account_info{account=\"news\",server=\"https://model.example\","
                           "mode=\"hold\"}") == "1");
}

BOOST_AUTO_TEST_CASE(a_source_is_told_by_its_looks_its_items_and_its_trouble) {
    Watch watch;
    watch.source("blog");
    watch.feed.add("a", "Title a");
    watch.start();
    watch.time.run_for(1s);
    const auto blog = [](const std::string& name, const std::string& label, const std::string& word) {
        return name + "{source=\"blog\"," + label + "=\"" + word + "\"}";
    };
    BOOST_TEST(watch.value(blog("crier_source_items_total", "fate", "noted")) == "1"); // the first run
    BOOST_TEST(watch.value(blog("crier_source_looks_total", "outcome", "new")) == "1");
    watch.feed.add("b", "Title b", watch.time.now());
    watch.time.run_for(1h);
    BOOST_TEST(watch.value(blog("crier_source_items_total", "fate", "accepted")) == "1");
    BOOST_TEST(watch.value(of("crier_posts_accepted_total", "origin", "source")) == "1");
    BOOST_TEST(watch.value("crier_source_last_new_item_timestamp_seconds{source=\"blog\"}") != "none");
    BOOST_TEST(watch.value(blog("crier_source_looks_total", "outcome", "unchanged")) != "0");
    BOOST_TEST(watch.value(blog("crier_source_looks_total", "outcome", "failed")) == "0");
    watch.feed.failures = {Failure{Cause::network, "away"}};
    watch.time.run_for(20min);
    BOOST_TEST(watch.value(blog("crier_source_looks_total", "outcome", "failed")) == "1");
    BOOST_TEST(watch.value("crier_source_fuse_tripped{source=\"blog\"}") == "0");
    watch.feed.gone = true;
    watch.time.run_for(1h);
    BOOST_TEST(watch.value(blog("crier_source_state", "state", "gone")) == "1");
    BOOST_TEST(watch.value(blog("crier_source_state", "state", "ok")) == "0");
}

BOOST_AUTO_TEST_CASE(a_flood_trips_the_fuse_and_is_held) {
    Watch watch;
    watch.source("blog").fuse = Fuse{};
    watch.settings.sources.back().fuse->posts = 2;
    watch.feed.add("a", "Title a");
    watch.start();
    watch.time.run_for(1s);
    for (const char* id : {"b", "c", "d", "e", "f"})
        watch.feed.add(id, std::string{"Title "} + id, watch.time.now());
    watch.time.run_for(1h);
    BOOST_TEST(watch.value("crier_source_fuse_tripped{source=\"blog\"}") == "1");
    BOOST_TEST(watch.value(of("crier_posts_total", "outcome", "held")) != "0");
    BOOST_TEST(watch.value(of("crier_outbox_posts", "state", "held")) ==
               watch.value(of("crier_posts_total", "outcome", "held")));
    BOOST_TEST(watch.value(of("crier_outbox_held_posts", "reason", "fuse")) ==
               watch.value(of("crier_posts_total", "outcome", "held")));
}

BOOST_AUTO_TEST_CASE(what_the_accounts_own_limits_keep_back_is_not_overdue) {
    Watch watch;
    watch.account("news").limits.per_day = 1;
    watch.start();
    (void)watch.post("one", "k1");
    (void)watch.post("two", "k2");
    watch.time.run_for(8h);
    BOOST_TEST(watch.value(of("crier_account_state", "state", "own_limits")) == "1");
    BOOST_TEST(watch.value(of("crier_account_state", "state", "limited")) == "0");
    BOOST_TEST(watch.value("crier_outbox_oldest_due_seconds{account=\"news\"}") == "0");
    watch.time.run_for(17h);
    BOOST_TEST(watch.value(of("crier_posts_total", "outcome", "published")) == "2");
}

BOOST_AUTO_TEST_CASE(what_a_server_that_is_away_keeps_back_is_overdue_whether_or_not_anything_ever_went_out) {
    Watch watch;
    watch.server.faults.assign(100000, Fault::not_sent);
    watch.start();
    (void)watch.post("one", "k1");
    watch.time.run_for(7h);
    BOOST_TEST(watch.value("crier_account_last_published_timestamp_seconds{account=\"news\"}") == "none");
    const double waits = std::stod(watch.value("crier_outbox_oldest_due_seconds{account=\"news\"}"));
    BOOST_TEST((waits > 7 * 3600 - 60 && waits < 7 * 3600 + 60));
}

BOOST_AUTO_TEST_CASE(what_a_pause_kept_back_is_neither_overdue_nor_late) {
    Watch watch;
    watch.entry("greeting", at(watch.time.now() + 1h), "hello");
    watch.start();
    const auto ask = [&](boost::asio::awaitable<Result<>> order) {
        bool done = false;
        boost::asio::co_spawn(watch.context, std::move(order), [&](std::exception_ptr, Result<> result) {
            BOOST_TEST(result.has_value());
            done = true;
        });
        watch.time.run_while([&] { return !done; });
    };
    const engine::Target news = *engine::Target::parse("account:news", watch.settings);
    ask(watch.engine->pause(news, {}, "vacation"));
    watch.time.run_for(9h);
    BOOST_TEST(watch.value("crier_outbox_oldest_due_seconds{account=\"news\"}") == "0");
    watch.server.faults.assign(3, Fault::not_sent); // it does not leave at once
    ask(watch.engine->resume(news));
    watch.time.run_for(1s);
    BOOST_TEST(watch.value(of("crier_account_state", "state", "paused")) == "0");
    BOOST_TEST(std::stod(watch.value("crier_outbox_oldest_due_seconds{account=\"news\"}")) < 60);
    watch.time.run_for(1h);
    BOOST_TEST(watch.value(of("crier_posts_total", "outcome", "published")) == "1");
    BOOST_TEST(watch.value("crier_post_lateness_seconds_count{account=\"news\"}") == "0");
}

BOOST_AUTO_TEST_CASE(what_an_entrys_own_pause_kept_back_is_not_late) {
    Watch watch;
    watch.entry("greeting", at(watch.time.now() + 1h), "hello");
    watch.settings.schedule.back().missed.within = 3h;
    watch.start();
    const engine::Target greeting = *engine::Target::parse("entry:greeting", watch.settings);
    for (const bool pause : {true, false}) {
        bool done = false;
        boost::asio::co_spawn(watch.context,
                              pause ? watch.engine->pause(greeting, {}, "") : watch.engine->resume(greeting),
                              [&](std::exception_ptr, Result<>) { done = true; });
        watch.time.run_while([&] { return !done; });
        watch.time.run_for(2h);
    }
    BOOST_TEST(watch.value(of("crier_posts_total", "outcome", "published")) == "1");
    BOOST_TEST(watch.value("crier_post_lateness_seconds_count{account=\"news\"}") == "0");
}

BOOST_AUTO_TEST_CASE(a_missing_token_is_a_state_before_a_post_meets_it) {
    Watch watch;
    watch.start();
    watch.time.run_for(1min);
    watch.token.clear();
    BOOST_TEST(watch.value(of("crier_account_state", "state", "no_token")) == "1");
    BOOST_TEST(watch.value(of("crier_account_state", "state", "ok")) == "0");
}

BOOST_AUTO_TEST_CASE(a_write_that_failed_is_told_until_the_next_that_does_not) {
    Watch watch;
    watch.start();
    BOOST_TEST(watch.value("crier_store_writable") == "1");
    watch.store.failures = {Failure{Cause::temporary, "disk full"}};
    bool done = false;
    boost::asio::co_spawn(watch.context,
                          watch.engine->pause(*engine::Target::parse("account:news", watch.settings), {}, ""),
                          [&](std::exception_ptr, Result<>) { done = true; });
    watch.time.run_while([&] { return !done; });
    BOOST_TEST(watch.value("crier_store_writable") == "0");
    BOOST_TEST(watch.value("crier_store_failed_writes_total") == "1");
    (void)watch.post("one", "k1");
    BOOST_TEST(watch.value("crier_store_writable") == "1");
}

BOOST_AUTO_TEST_CASE(a_picture_is_counted_as_it_is_taken) {
    Watch watch;
    watch.start();
    (void)watch.hand_in(Harness::picture("look", "/pictures/a.png"));
    watch.time.run_for(1min);
    BOOST_TEST(watch.value(of("crier_media_uploads_total", "outcome", "taken")) == "1");
    BOOST_TEST(watch.value(of("crier_media_uploads_total", "outcome", "failed")) == "0");
}

BOOST_AUTO_TEST_CASE(budgets_are_told_once_for_each_bucket) {
    Watch watch;
    watch.account("news").limits.per_hour = 6;
    watch.start();
    (void)watch.post("one", "k1");
    watch.time.run_for(1min);
    BOOST_TEST(watch.value(of("crier_budget_limit", "bucket", "per_hour")) == "6");
    BOOST_TEST(watch.value(of("crier_budget_remaining", "bucket", "per_hour")) == "5");
    BOOST_TEST(watch.value(of("crier_budget_reset_timestamp_seconds", "bucket", "per_hour")) != "none");
    const std::string page = watch.page();
    const std::string statuses = of("crier_budget_limit", "bucket", "statuses") + " ";
    BOOST_TEST(page.find(statuses) == page.rfind(statuses));
}

BOOST_AUTO_TEST_CASE(a_pause_is_a_state_of_its_own) {
    Watch watch;
    watch.entry("greeting", at(watch.time.now() + 10h), "hello");
    watch.start();
    for (const char* name : {"account:news", "entry:greeting"}) {
        bool done = false;
        boost::asio::co_spawn(watch.context,
                              watch.engine->pause(*engine::Target::parse(name, watch.settings), {}, ""),
                              [&](std::exception_ptr, Result<>) { done = true; });
        watch.time.run_while([&] { return !done; });
    }
    BOOST_TEST(watch.value(of("crier_account_state", "state", "paused")) == "1");
    BOOST_TEST(watch.value("crier_entry_paused{entry=\"greeting\"}") == "1");
}

BOOST_AUTO_TEST_CASE(names_of_the_configuration_cannot_break_the_page) {
    Watch watch;
    watch.account("a\"b\\c\nd");
    watch.start();
    BOOST_TEST(watch.value("crier_account_token_usable{account=\"a\\\"b\\\\c\\nd\"}") == "1");
}

BOOST_AUTO_TEST_CASE(a_large_schedule_has_no_series_of_its_own_but_where_somebody_must_look) {
    Watch watch;
    for (int i = 0; i < 1001; ++i)
        watch.entry("e" + std::to_string(i), at(watch.time.now() + 10h), "hello");
    watch.start();
    BOOST_TEST(watch.value("crier_schedule_entries") == "1001");
    BOOST_TEST(watch.value("crier_entry_next_due_timestamp_seconds{entry=\"e1\"}") == "none");
    BOOST_TEST(watch.value("crier_entry_paused{entry=\"e1\"}") == "none");
}

BOOST_AUTO_TEST_CASE(a_backlog_is_not_counted_for_each_scrape) {
    Watch watch;
    watch.account("news").mode = Mode::hold;
    watch.start();
    watch.store.latency = 200ms;
    BOOST_TEST(watch.value(of("crier_outbox_posts", "state", "held")) == "0");
    watch.store.latency = 1ms;
    (void)watch.post("one", "k1");
    watch.time.run_for(1s);
    BOOST_TEST(watch.value(of("crier_posts_total", "outcome", "held")) == "1");
    BOOST_TEST(watch.value(of("crier_outbox_posts", "state", "held")) == "0"); // as it was
    BOOST_TEST(watch.later(of("crier_outbox_posts", "state", "held")) == "1");
}

BOOST_AUTO_TEST_CASE(a_reload_is_told_with_how_it_went) {
    Watch watch;
    watch.start();
    BOOST_TEST(watch.value("crier_config_last_reload_successful") == "1");
    BOOST_TEST(watch.value("crier_config_last_reload_success_timestamp_seconds") != "none");
    BOOST_TEST(watch.value("crier_config_reloads_total{outcome=\"taken\"}") == "0");
    watch.world.tally.note_reload(false, watch.time.now());
    BOOST_TEST(watch.value("crier_config_last_reload_successful") == "0");
    BOOST_TEST(watch.value("crier_config_reloads_total{outcome=\"refused\"}") == "1");
    BOOST_TEST(watch.value("crier_config_restart_pending") == "0");
    watch.world.tally.reloads.restart = {"store"};
    BOOST_TEST(watch.value("crier_config_restart_pending") == "1");
    watch.world.tally.note_reload(true, watch.time.now());
    BOOST_TEST(watch.value("crier_config_last_reload_successful") == "1");
    BOOST_TEST(watch.value("crier_config_reloads_total{outcome=\"taken\"}") == "1");
}

BOOST_AUTO_TEST_CASE(what_the_machine_does_not_say_is_left_out) {
    Watch watch;
    watch.start();
    BOOST_TEST(watch.value("process_resident_memory_bytes") == "none");
    BOOST_TEST(watch.page().find("process_open_fds") == std::string::npos);
    watch.process.resident_bytes = 8 << 20;
    watch.process.cpu = 1500ms;
    BOOST_TEST(watch.value("process_resident_memory_bytes") == "8388608");
    BOOST_TEST(watch.value("process_cpu_seconds_total") == "1.5");
    BOOST_TEST(watch.value("crier_build_info{version=\"0.1.0\"}") == "1");
}

BOOST_AUTO_TEST_SUITE_END()
