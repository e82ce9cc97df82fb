#include "support/engine_harness.hpp"

using namespace crier;
using namespace crier::test;

/// A store that was put back (delivery rule 20).
namespace {

/// Its account is one that the server shows, by a name that it knows.
class Restored : public Harness {
public:
    Restored() { settings.accounts["news"].handle = "bot"; }

    /// An hour of a life that the store then knows nothing of: `lost` is posted in it.
    void lose_an_hour(const std::vector<std::string>& lost, Trust trust) {
        const MemoryTables backup = store.backup();
        time.run_for(20min);
        for (const std::string& text : lost)
            (void)post(text, text);
        time.run_for(40min);
        stop();
        store.put_back(backup, trust);
    }
    void later(const std::string& status, const std::string& key, Duration when) {
        engine::PostOrder order;
        order.status = status;
        order.key = key;
        order.at = time.now() + when;
        bool done = false;
        boost::asio::co_spawn(context, engine->post(std::move(order)),
                              [&](std::exception_ptr, Result<engine::Accepted>) { done = true; });
        time.run_while([&] { return !done; });
    }
    Result<engine::Believed> resume_since(Instant since, const std::string& account = {}) {
        engine::Target target;
        if (!account.empty()) {
            target.kind = engine::Target::Kind::account;
            target.name = account;
        }
        std::optional<Result<engine::Believed>> answer;
        boost::asio::co_spawn(
            context, engine->resume_since(std::move(target), since),
            [&](std::exception_ptr, Result<engine::Believed> result) { answer = std::move(result); });
        time.run_while([&] { return !answer; });
        return *answer;
    }
    Result<> resume() {
        std::optional<Result<>> answer;
        boost::asio::co_spawn(context, engine->resume(engine::Target{}),
                              [&](std::exception_ptr, Result<> result) { answer = std::move(result); });
        time.run_for(1s);
        return answer.value();
    }
    [[nodiscard]] AccountState state() const { return engine->lanes().front().state; }
    [[nodiscard]] bool is_held_as_restored() const {
        return state().state == "held" && state().reason.starts_with("restored: ");
    }
    /// How often the text is on the server.
    [[nodiscard]] std::size_t times(const std::string& text) const {
        const std::vector<std::string> all = timeline();
        return static_cast<std::size_t>(std::count(all.begin(), all.end(), text));
    }
    [[nodiscard]] const Post& by_text(const std::string& text) const {
        for (const Post& one : store.posts)
            if (one.content.status == text)
                return one;
        throw std::logic_error("no such post: " + text);
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(restored)

BOOST_FIXTURE_TEST_CASE(a_store_that_was_put_back_is_held_until_a_person_says_since_when, Restored) {
    start();
    later("in half an hour", "a", 30min);
    later("in two hours", "b", 2h);
    lose_an_hour({"lost"}, Trust::put_back);
    start();
    time.run_for(30min);
    BOOST_TEST(is_held_as_restored());
    BOOST_TEST(log.first("account.held").find("--since") != std::string::npos);

    const Result<> refused = resume();
    BOOST_REQUIRE(!refused);
    BOOST_TEST(refused.error().hint.find("--since") != std::string::npos);
    restart(); // a restart changes nothing of it
    time.run_for(10min);
    BOOST_TEST(is_held_as_restored());
    BOOST_TEST(timeline().size() == 2U);

    const Result<engine::Believed> resumed = resume_since(time.now() - 40min);
    BOOST_REQUIRE(resumed.has_value());
    BOOST_TEST(resumed->taken_as_posted == 1U);
    BOOST_TEST(resumed->waiting == 1U);
    time.run_for(3h);
    BOOST_TEST(times("in half an hour") == 1U);
    BOOST_TEST(times("in two hours") == 1U);
    BOOST_TEST((by_text("in half an hour").state == PostState::cancelled));
    BOOST_TEST((by_text("in half an hour").code == ReasonCode::restored));
    BOOST_TEST(by_text("in half an hour").in_doubt); // a retry says that it may be there already
    restart();
    BOOST_TEST((state().state == "ok"));
}

BOOST_FIXTURE_TEST_CASE(where_nothing_beside_the_store_tells_the_page_does_by_the_applications_name,
                        Restored) {
    server.application = "crier";
    settings.alerts.command = {"/bin/true"};
    start();
    (void)post("before", "before");
    time.run_for(5min);
    later("in two hours", "b", 2h);
    later("tomorrow", "c", 24h);
    lose_an_hour({"lost"}, Trust::whole);
    start();
    time.run_for(3h);
    BOOST_TEST(is_held_as_restored());
    BOOST_TEST(state().reason.find("https://model.example/@bot/1001") != std::string::npos);
    BOOST_TEST(times("in two hours") == 0U);

    BOOST_TEST(resume_since(time.now() - 3h).has_value());
    time.run_for(48h);
    BOOST_TEST(times("in two hours") == 1U);
    BOOST_TEST(times("tomorrow") == 1U);
    BOOST_TEST(!is_held_as_restored());
}

BOOST_FIXTURE_TEST_CASE(and_by_the_words_of_a_post_that_was_not_sent_yet, Restored) {
    start();
    later("in half an hour", "a", 30min);
    lose_an_hour({}, Trust::unsure);
    start();
    time.run_for(1h);
    BOOST_TEST(is_held_as_restored());
    BOOST_TEST(times("in half an hour") == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_restart_asks_nothing_and_a_long_absence_once, Restored) {
    settings.accounts["news"].receipt = false;
    server.application = "crier";
    start();
    (void)post("one", "1");
    time.run_for(1h);
    restart();
    (void)post("two", "2");
    time.run_for(1min);
    BOOST_TEST(server.looks == 0U);
    stop();
    time.run_for(1h);
    start();
    (void)post("three", "3");
    (void)post("four", "4");
    time.run_for(1min);
    BOOST_TEST(server.looks == 1U);
    BOOST_TEST(timeline().size() == 4U);
    BOOST_TEST(!state().memory.knows_until.has_value());
}

BOOST_FIXTURE_TEST_CASE(a_page_that_cannot_be_had_holds_up_nothing_for_long, Restored) {
    settings.accounts["news"].receipt = false;
    start();
    (void)post("one", "1");
    time.run_for(1min);
    stop();
    time.run_for(1h);
    server.readable = false; // to strangers
    start();
    (void)post("two", "2");
    time.run_for(1min);
    BOOST_TEST(timeline().size() == 2U);
    stop();
    time.run_for(1h);
    server.readable = true;
    server.page_troubles = 1000;
    start();
    (void)post("three", "3");
    time.run_for(10min);
    BOOST_TEST(timeline().size() == 3U);
    BOOST_TEST(server.page_troubles == 995);
}

BOOST_FIXTURE_TEST_CASE(what_was_in_doubt_when_the_daemon_died_is_no_sign_of_another_life, Restored) {
    server.application = "crier";
    server.faults = {Fault::lost_after};
    start();
    (void)post("one", "1");
    time.run_for(1min);
    stop();
    time.run_for(2h);
    start();
    (void)post("two", "2");
    time.run_for(1h);
    BOOST_TEST(!is_held_as_restored());
    BOOST_TEST(timeline().size() == 2U);
    BOOST_TEST((by_text("one").state == PostState::published));
}

BOOST_FIXTURE_TEST_CASE(items_that_the_lost_life_posted_are_not_posted_again, Restored) {
    source("blog");
    feed.add("old", "Old", time.now() - 24h);
    start();
    time.run_for(1h);
    const MemoryTables backup = store.backup();
    feed.add("lost", "Lost", time.now());
    time.run_for(1h);
    BOOST_REQUIRE(times("Lost https://blog.example/lost") == 1U);
    stop();
    store.put_back(backup, Trust::whole);
    start();
    time.run_for(20min); // it is new to this store
    BOOST_TEST(is_held_as_restored());
    BOOST_TEST(resume_since(time.now(), "news").has_value());
    feed.add("new", "New", time.now() + 1min);
    time.run_for(2h);
    BOOST_TEST(times("Lost https://blog.example/lost") == 1U);
    BOOST_TEST(times("New https://blog.example/new") == 1U);
}

BOOST_FIXTURE_TEST_CASE(nor_those_that_are_read_only_after_the_resume, Restored) {
    source("blog");
    feed.add("old", "Old", time.now() - 24h);
    start();
    time.run_for(1h);
    const MemoryTables backup = store.backup();
    feed.add("lost", "Lost", time.now());
    feed.add("undated", "Undated");
    time.run_for(1h);
    BOOST_REQUIRE(timeline().size() == 2U);
    stop();
    store.put_back(backup, Trust::put_back);
    feed.failures = {Failure{Cause::network, "away"}, Failure{Cause::network, "away"}};
    start();
    time.run_for(1min);
    BOOST_TEST(resume_since(time.now()).has_value());
    time.run_for(1h);
    feed.add("new", "New");
    time.run_for(2h);
    BOOST_TEST(times("Lost https://blog.example/lost") == 1U);
    BOOST_TEST(times("Undated https://blog.example/undated") == 1U);
    BOOST_TEST(times("New https://blog.example/new") == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_resume_that_cannot_be_recorded_lets_nothing_go, Restored) {
    start();
    later("in half an hour", "a", 30min);
    later("in two hours", "b", 2h);
    lose_an_hour({}, Trust::put_back);
    start();
    time.run_for(1min);
    store.failures.resize(2, Failure{Cause::temporary, "the disk is full"});
    BOOST_TEST(!resume_since(time.now()).has_value()); // what was due is not cancelled
    BOOST_TEST(resume_since(time.now() - 2h).has_value() == false);
    time.run_for(3h);
    BOOST_TEST(is_held_as_restored());
    BOOST_TEST(times("in two hours") == 0U);
    BOOST_TEST(resume_since(time.now()).has_value());
}

BOOST_FIXTURE_TEST_CASE(since_is_for_what_was_put_back_and_for_accounts_that_are_named, Restored) {
    start();
    later("in half an hour", "a", 30min);
    const Result<engine::Believed> nothing = resume_since(time.now());
    BOOST_REQUIRE(!nothing);
    BOOST_TEST((nothing.error().cause == Cause::usage));
    BOOST_TEST(!resume_since(time.now() + 1h, "news"));
    const Result<engine::Believed> named = resume_since(time.now(), "news");
    BOOST_REQUIRE(named.has_value());
    BOOST_TEST(named->taken_as_posted == 0U);
    BOOST_TEST(named->waiting == 1U);
}

BOOST_FIXTURE_TEST_CASE(after_an_absence_many_accounts_on_one_server_share_what_it_lets_be_looked_at,
                        Restored) {
    server.limits.limits = ModelLimits::mastodon(); // 300 looks in five minutes, 300 further pages in fifteen
    server.page_length = 40;
    settings.accounts.clear();
    for (int i = 0; i < 150; ++i) // for as many at once the looks that one may take are not enough
        account("a" + std::to_string(i)).handle = "bot";
    const auto post_all = [&](const std::string& text) {
        for (const auto& [name, settings] : settings.accounts) {
            engine::PostOrder order;
            order.account = name;
            order.status = text;
            order.key = text + name;
            hand_in_quietly(std::move(order));
        }
    };
    start();
    post_all("before");
    time.run_for(1min);
    BOOST_TEST(times("before") == 150U);
    stop();
    time.run_for(1h);
    start();
    post_all("after");
    time.run_for(2min);
    BOOST_TEST(times("after") == 150U);
    BOOST_TEST(server.limits.refused == 0U);
}

BOOST_FIXTURE_TEST_CASE(what_another_account_with_the_same_token_posts_is_no_sign_of_another_life, Restored) {
    server.application = "bot"; // as which both post
    account("second").handle = "bot";
    start();
    engine::PostOrder order;
    for (const char* name : {"news", "second"}) {
        order.account = name;
        order.status = order.key = "before of " + order.account;
        hand_in_quietly(order);
    }
    time.run_for(1min);
    stop();
    time.run_for(1h);
    start();
    order.account = "second";
    order.status = order.key = "of the second";
    hand_in_quietly(order);
    time.run_for(1min);
    order.account = "news";
    order.status = order.key = "of the first";
    hand_in_quietly(order);
    time.run_for(1min);
    BOOST_TEST(!is_held_as_restored());
    BOOST_TEST(times("of the second") == 1U);
    BOOST_TEST(times("of the first") == 1U);
    BOOST_TEST(state().foreign == 0);
}

BOOST_AUTO_TEST_SUITE_END()
