#include "support/engine_harness.hpp"

#include <algorithm>
#include <optional>

using namespace crier;
using namespace crier::test;

namespace {

/// Notes what a person would have been told: "token account:news on".
class NotedAlerts final : public Alerter {
public:
    explicit NotedAlerts(VirtualTime& time)
        : time_(time) {}
    std::string name() const override { return "the test"; }
    boost::asio::awaitable<Result<>> deliver(Alert alert) override {
        ++tries;
        co_await time_.pass(latency);
        if (broken)
            co_return Failure{Cause::network, "no line"};
        told.push_back(std::string{to_text(alert.what.kind)} + " " + alert.what.subject + " " +
                       std::string{to_text(alert.word)});
        texts.push_back(alert.what.text);
        json.push_back(alert.json);
        times.push_back(time_.now());
        co_return Result<>{};
    }
    [[nodiscard]] std::size_t count(const std::string& what) const {
        return static_cast<std::size_t>(std::count(told.begin(), told.end(), what));
    }

    std::vector<std::string> told;
    std::vector<std::string> texts;
    std::vector<std::string> json;
    std::vector<Instant> times;
    Duration latency = 100ms;
    bool broken = false;
    int tries = 0;

private:
    VirtualTime& time_;
};

class AlertHarness : public Harness {
public:
    AlertHarness()
        : person(time) {
        world.alerters = {&person};
    }
    ~AlertHarness() { stop(); }

    NotedAlerts person;
};

class CountingHttp final : public HttpClient {
public:
    boost::asio::awaitable<HttpResult> send(HttpRequest request) override {
        requests.push_back(request.method + " " + request.url);
        HttpResponse response;
        response.status = status;
        co_return response;
    }
    std::vector<std::string> requests;
    int status = 200;
};

std::vector<std::string> list(std::initializer_list<const char*> words) {
    return {words.begin(), words.end()};
}

void do_resume(Harness& h, const std::string& target) {
    bool done = false;
    boost::asio::co_spawn(h.context, h.engine->resume(*engine::Target::parse(target, h.settings)),
                          [&](std::exception_ptr, Result<>) { done = true; });
    h.time.run_while([&] { return !done; });
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_alerts)

BOOST_AUTO_TEST_CASE(a_dead_token_is_told_once_again_after_a_while_and_once_when_it_is_over) {
    AlertHarness h;
    h.server.good_token = "another";
    h.start();
    (void)h.post("hello", "k");
    h.time.run_for(1min);
    BOOST_TEST(h.person.told == list({"token account:news on"}), boost::test_tools::per_element());
    BOOST_TEST(h.person.json.front().find(R"("subject":"account:news")") != std::string::npos);
    BOOST_TEST(h.person.json.front().find(R"("state":"on")") != std::string::npos);
    h.time.run_for(5h + 30min);
    BOOST_TEST(h.person.told.size() == 1U);
    h.time.run_for(1h);
    BOOST_TEST(h.person.told == list({"token account:news on", "token account:news still"}),
               boost::test_tools::per_element());
    h.token = "another"; // a new one in the file
    h.time.run_for(1min);
    BOOST_TEST(h.person.told.back() == "token account:news over");
    BOOST_TEST(h.server.statuses.size() == 1U);
    h.time.run_for(24h);
    BOOST_TEST(h.person.told.size() == 3U);
    BOOST_TEST(h.store.states.alerts.empty());
}

BOOST_AUTO_TEST_CASE(a_restart_neither_repeats_nor_forgets) {
    AlertHarness h;
    h.server.good_token = "another";
    h.start();
    (void)h.post("hello", "k");
    h.time.run_for(1min);
    for (int i = 0; i < 5; ++i) {
        h.restart();
        h.time.run_for(30min);
    }
    BOOST_TEST(h.person.told == list({"token account:news on"}), boost::test_tools::per_element());
    BOOST_TEST(h.store.states.alerts.size() == 1U);
    h.time.run_for(4h);
    BOOST_TEST(h.person.told.size() == 2U);
    h.stop();
    h.token = "another";
    h.start();
    h.time.run_for(1min);
    BOOST_TEST(h.person.told.back() == "token account:news over");
}

BOOST_AUTO_TEST_CASE(a_clock_that_comes_back_from_the_future_mutes_no_alert) {
    AlertHarness h;
    h.start();
    h.time.jump(24h * 365);
    h.server.ahead = 24h * 365; // a server that agrees: else nothing would be sent
    h.server.good_token = "another";
    (void)h.post("hello", "k");
    h.time.run_for(1min);
    BOOST_TEST(h.person.told.size() == 1U);
    h.time.jump(-24h * 365);
    h.server.ahead = {};
    h.time.run_for(7h);
    BOOST_TEST(h.person.told == list({"token account:news on", "token account:news still"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_cannot_be_delivered_comes_again_with_longer_and_longer_rests) {
    AlertHarness h;
    h.person.broken = true;
    h.server.good_token = "another";
    h.start();
    (void)h.post("hello", "k");
    h.time.run_for(24h);
    BOOST_TEST(h.person.tries > 20);
    BOOST_TEST(h.person.tries < 40);
    BOOST_TEST(h.log.count("alert.undelivered") == static_cast<std::size_t>(h.person.tries));
    h.restart(); // and is not lost with the process
    h.person.broken = false;
    h.time.run_for(1h);
    BOOST_TEST(h.person.told == list({"token account:news on"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(one_way_that_is_broken_holds_up_no_other) {
    AlertHarness h;
    NotedAlerts other{h.time};
    other.broken = true;
    h.world.alerters = {&other, &h.person};
    h.server.good_token = "another";
    h.start();
    (void)h.post("hello", "k");
    h.time.run_for(10min);
    BOOST_TEST(h.person.told.size() == 1U);
    other.broken = false;
    h.time.run_for(1h);
    BOOST_TEST(other.told == list({"token account:news on"}), boost::test_tools::per_element());
    BOOST_TEST(h.person.told.size() == 1U);
    // Over for one of them alone: both hear of it.
    other.broken = true;
    h.token = "another";
    h.time.run_for(1min);
    other.broken = false;
    h.time.run_for(1h);
    BOOST_TEST(other.told.back() == "token account:news over");
    BOOST_TEST(h.person.told.back() == "token account:news over");
    h.stop();
}

BOOST_AUTO_TEST_CASE(what_was_over_before_anybody_could_be_told_is_told_to_the_log_alone) {
    AlertHarness h;
    h.person.broken = true;
    h.server.good_token = "another";
    h.start();
    (void)h.post("hello", "k");
    h.time.run_for(10min);
    h.token = "another";
    h.time.run_for(10min);
    h.person.broken = false;
    h.time.run_for(24h);
    BOOST_TEST(h.person.told.empty());
    BOOST_TEST(h.log.count("alert.moot") == 1U);
    BOOST_TEST(h.store.states.alerts.empty());
}

BOOST_AUTO_TEST_CASE(many_held_posts_make_one_alert) {
    AlertHarness h;
    h.account("news").mode = Mode::hold;
    h.start();
    std::vector<PostId> posts;
    for (int i = 0; i < 7; ++i)
        posts.push_back(h.post("hello " + std::to_string(i), std::to_string(i)));
    h.time.run_for(1min);
    BOOST_TEST(h.person.told == list({"held account:news on"}), boost::test_tools::per_element());
    BOOST_TEST(h.person.texts.front() == "7 posts of news are held and wait for a person");
    h.restart();
    h.time.run_for(1min);
    BOOST_TEST(h.person.told.size() == 1U);
    for (const PostId id : posts) {
        bool done = false;
        boost::asio::co_spawn(h.context, h.engine->act(id, engine::OutboxAction::approve, false),
                              [&](std::exception_ptr, Result<Post>) { done = true; });
        h.time.run_while([&] { return !done; });
    }
    h.time.run_for(1min);
    BOOST_TEST(h.person.told.back() == "held account:news over");
    BOOST_TEST(h.server.statuses.size() == 7U);
}

BOOST_AUTO_TEST_CASE(posts_that_are_given_up_are_told_once_and_over_when_they_were_sent_or_a_day_later) {
    AlertHarness h;
    h.settings.alerts.repeat = 48h;
    h.start();
    h.server.faults = {Fault::refused, Fault::refused};
    const PostId first = h.post("one", "1");
    (void)h.post("two", "2");
    h.time.run_for(1min);
    BOOST_TEST(h.person.told == list({"failed account:news on"}), boost::test_tools::per_element());
    BOOST_TEST(h.person.texts.front().find("2 posts of news were given up, the newest: ") == 0U);
    h.time.run_for(20h);
    BOOST_TEST(h.person.told.size() == 1U);
    bool done = false;
    boost::asio::co_spawn(h.context, h.engine->act(first, engine::OutboxAction::retry, false),
                          [&](std::exception_ptr, Result<Post>) { done = true; });
    h.time.run_while([&] { return !done; });
    h.time.run_for(1h);
    BOOST_TEST(h.server.statuses.size() == 1U);
    BOOST_TEST(h.person.told.size() == 1U); // the other one is still given up, and no longer news soon
    h.time.run_for(5h);
    BOOST_TEST(h.person.told.back() == "failed account:news over");
    h.time.run_for(48h);
    BOOST_TEST(h.person.told.size() == 2U);
}

BOOST_AUTO_TEST_CASE(what_a_person_holds_by_hand_is_no_alert) {
    AlertHarness h;
    h.server.latency = 10s;
    h.start();
    (void)h.post("first", "1");
    const PostId second = h.post("second", "2");
    bool done = false;
    boost::asio::co_spawn(h.context, h.engine->act(second, engine::OutboxAction::hold, false),
                          [&](std::exception_ptr, Result<Post> post) {
                              BOOST_TEST(post.has_value());
                              done = true;
                          });
    h.time.run_while([&] { return !done; });
    h.time.run_for(1h);
    BOOST_TEST(h.person.told.empty());
}

BOOST_AUTO_TEST_CASE(a_fuse_that_trips_is_told_and_its_posts_not_a_second_time) {
    AlertHarness h;
    h.source("blog");
    h.feed.add("a", "A");
    h.start();
    h.time.run_for(1h);
    for (int i = 0; i < 25; ++i)
        h.feed.add("x" + std::to_string(i), "X" + std::to_string(i));
    h.time.run_for(1h);
    BOOST_TEST(h.person.told == list({"fuse source:blog on"}), boost::test_tools::per_element());
    BOOST_TEST(h.person.texts.front().find("25 posts within 1h") != std::string::npos);
    h.restart();
    h.time.run_for(4h);
    BOOST_TEST(h.person.told.size() == 1U);
    h.time.run_for(2h);
    BOOST_TEST(h.person.told.back() == "fuse source:blog still");
    do_resume(h, "source:blog");
    h.time.run_for(1min);
    BOOST_TEST(h.person.told.back() == "fuse source:blog over");
}

BOOST_AUTO_TEST_CASE(a_source_that_fails_for_three_looks_is_down_and_for_one_is_not) {
    AlertHarness h;
    h.source("blog");
    h.feed.add("a", "A");
    h.start();
    h.time.run_for(1h);
    h.feed.failures = {Failure{Cause::network, "no route"}, Failure{Cause::network, "no route"}};
    h.time.run_for(3h);
    BOOST_TEST(h.person.told.empty());
    h.feed.failures.assign(3, Failure{Cause::network, "no route"});
    h.time.run_for(70min);
    BOOST_TEST(h.person.told == list({"source_down source:blog on"}), boost::test_tools::per_element());
    BOOST_TEST(h.person.texts.front().find("no route") != std::string::npos);
    h.time.run_for(4h);
    BOOST_TEST(h.person.told.back() == "source_down source:blog over");
}

BOOST_AUTO_TEST_CASE(a_source_that_is_gone_stays_told_over_restarts) {
    AlertHarness h;
    h.source("blog");
    h.feed.add("a", "A");
    h.start();
    h.time.run_for(1h);
    h.feed.gone = true;
    h.time.run_for(1h);
    h.restart();
    h.time.run_for(7h);
    BOOST_TEST(h.person.told == list({"source_down source:blog on", "source_down source:blog still"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_account_that_should_have_posted_and_did_not_is_silent) {
    AlertHarness h;
    h.settings.alerts.on.reset().set(static_cast<std::size_t>(AlertKind::silent));
    h.entry("daily", *schedule::Cron::parse("0 13 * * *"), "{{ now | date('%d') }}");
    h.account("art"); // nothing posts to it: it is not judged
    h.start();
    h.time.run_for(72h);
    BOOST_TEST(h.server.statuses.size() == 3U);
    BOOST_TEST(h.person.told.empty());
    h.server.good_token = "another";
    h.time.run_for(2h); // 25 hours after the last one
    BOOST_TEST(h.person.told.empty());
    h.time.run_for(3h);
    BOOST_TEST(h.person.told == list({"silent account:news on"}), boost::test_tools::per_element());
    h.token = "another";
    h.time.run_for(1min);
    BOOST_TEST(h.person.told.back() == "silent account:news over");
}

BOOST_AUTO_TEST_CASE(an_account_that_has_nothing_to_say_is_not_silent) {
    AlertHarness h;
    h.source("blog");
    h.feed.add("a", "A");
    h.entry("yearly", *schedule::Cron::parse("0 0 1 1 *"), "Happy new year");
    h.start();
    h.time.run_for(24h * 14);
    BOOST_TEST(h.person.told.empty());
}

BOOST_AUTO_TEST_CASE(a_source_is_silent_by_its_own_ways) {
    AlertHarness h;
    h.source("blog");
    h.feed.add("a", "A");
    h.start();
    h.time.run_for(1min);
    for (int i = 0; i < 6; ++i) { // every second day
        h.feed.add("i" + std::to_string(i), "Item");
        h.time.run_for(48h);
    }
    BOOST_TEST(h.person.told.empty());
    h.time.run_for(24h);
    BOOST_TEST(h.person.told.empty());
    h.time.run_for(48h);
    BOOST_TEST(h.person.told.front() == "silent source:blog on");
    h.feed.add("again", "Again");
    h.time.run_for(2h);
    BOOST_TEST(h.person.told.back() == "silent source:blog over");
}

BOOST_AUTO_TEST_CASE(a_store_in_trouble_is_told_although_nothing_can_be_recorded) {
    AlertHarness h;
    Fuse off;
    off.on = false;
    h.entry("x", *schedule::Cron::parse("* * * * *"), "x").fuse = off;
    h.start();
    h.time.run_for(10s);
    h.store.failures.assign(100000, Failure{Cause::temporary, "disk full"});
    h.time.run_for(5min);
    BOOST_TEST(h.person.told == list({"store store on"}), boost::test_tools::per_element());
    h.store.failures.clear();
    h.time.run_for(5min);
    BOOST_TEST(h.person.told.back() == "store store over");
    BOOST_TEST(h.person.told.size() == 2U);
}

BOOST_AUTO_TEST_CASE(only_what_is_asked_for_is_told) {
    AlertHarness h;
    h.settings.alerts.on.reset().set(static_cast<std::size_t>(AlertKind::held));
    h.server.good_token = "another";
    h.start();
    (void)h.post("hello", "k");
    h.time.run_for(48h);
    BOOST_TEST(h.person.told.empty());
    BOOST_TEST(h.store.states.alerts.empty());
}

BOOST_AUTO_TEST_CASE(without_alerts_nothing_wakes_an_idle_daemon) {
    Harness h;
    h.start();
    h.time.run_for(1h);
    BOOST_TEST(!h.time.step(h.time.now() + 24h * 365));
}

BOOST_AUTO_TEST_CASE(the_heart_beats_while_posts_can_go_out_and_stops_when_they_cannot) {
    Harness h;
    CountingHttp http;
    h.world.http = &http;
    h.settings.alerts.heartbeat = "https://beat.example/crier";
    h.settings.alerts.heartbeat_every = 5min;
    h.start();
    h.time.run_for(1h);
    const std::size_t beats = http.requests.size();
    BOOST_TEST(beats >= 12U);
    BOOST_TEST(http.requests.front() == "GET https://beat.example/crier");
    h.server.good_token = "another";
    (void)h.post("hello", "k");
    h.time.run_for(1min);
    const std::size_t until = http.requests.size();
    h.time.run_for(2h);
    BOOST_TEST(http.requests.size() == until);
    h.token = "another";
    h.time.run_for(1h);
    BOOST_TEST(http.requests.size() > until + 10);
    http.status = 404;
    h.time.run_for(1h);
    BOOST_TEST(h.log.count("heartbeat.failed") == 1U);
    h.stop();
}

BOOST_AUTO_TEST_SUITE_END()
