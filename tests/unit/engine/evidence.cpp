// Posts in doubt whose fate the server's page tells, and receipts of published ones.
#include "keyless.hpp"

using namespace crier;
using namespace crier::test;

namespace {

Post pictured(const std::string& key) {
    Post post;
    post.key = digest_of(key);
    post.account = "news";
    post.state = PostState::ready;
    post.priority = Priority::scheduled;
    post.content.status = key;
    post.content.media.resize(1);
    post.content.media[0].file = "/srv/" + key + ".png";
    return post;
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_evidence)

BOOST_AUTO_TEST_CASE(a_lost_reply_is_found_on_the_page_and_published_once) {
    Keyless h;
    const PostId id = h.in_doubt(Fault::lost_after).id;
    h.time.run_for(149s);
    BOOST_TEST(h.server.looks == 0U); // it may still be at work
    h.time.run_for(10s);
    BOOST_TEST((h.store.post(id).state == PostState::published));
    BOOST_TEST((h.store.post(id).code == ReasonCode::seen_there));
    BOOST_TEST(h.store.post(id).status_url == "https://model.example/@bot/1001");
    BOOST_TEST(h.server.statuses.size() == 2U);
    BOOST_TEST(h.server.looks == 1U);
}

BOOST_AUTO_TEST_CASE(what_is_certainly_absent_is_sent_again_once) {
    Keyless h;
    const PostId id = h.in_doubt(Fault::lost_before).id;
    h.time.run_for(200s);
    BOOST_TEST(h.server.statuses.size() == 1U); // one look is no proof
    h.time.run_for(20s);
    BOOST_TEST((h.store.post(id).state == PostState::published));
    BOOST_TEST(h.timeline() == (std::vector<std::string>{"the one before", "hello"}),
               boost::test_tools::per_element());
    BOOST_TEST(h.store.post(id).generation == 1);
    BOOST_TEST(h.server.looks == 2U);
}

BOOST_AUTO_TEST_CASE(an_old_copy_of_the_page_is_no_proof_of_absence) {
    Keyless h;
    h.server.page_stale = true;
    h.server.page_age = 1h;
    const PostId id = h.in_doubt(Fault::lost_after).id;
    h.time.run_for(10min);
    BOOST_TEST((h.store.post(id).state == PostState::doubt));
    h.server.page_stale = false; // and then it is fresh
    h.server.page_age = Duration::zero();
    h.time.run_for(2h);
    BOOST_TEST((h.store.post(id).state == PostState::published));
    BOOST_TEST(h.server.statuses.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_cache_that_says_nothing_of_its_age_is_waited_out) {
    Keyless h;
    h.server.page_age = 59s; // the longest that caches keep a page by the server's leave
    h.settings.accounts["news"].delivery.quiet = 10s;
    h.restart();
    const PostId id = h.in_doubt(Fault::lost_after).id;
    h.time.run_for(1h);
    BOOST_TEST((h.store.post(id).state == PostState::published));
    BOOST_TEST(h.server.statuses.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_server_that_shows_no_page_leaves_it_to_a_person) {
    Keyless h;
    h.server.readable = false;
    const PostId id = h.in_doubt(Fault::lost_after).id;
    h.time.run_for(24h);
    BOOST_TEST((h.store.post(id).state == PostState::held));
    BOOST_TEST(h.store.post(id).in_doubt);
    BOOST_TEST(h.server.statuses.size() == 2U);
    BOOST_TEST(h.server.looks == 1U);
}

BOOST_AUTO_TEST_CASE(two_that_look_like_it_are_held) {
    Keyless h;
    const PostId id = h.in_doubt(Fault::lost_after).id;
    h.time.run_for(10s);
    ModelServer::Status other = h.server.statuses.back(); // by another hand, the same words
    other.id = "2000";
    h.server.statuses.push_back(other);
    h.time.run_for(24h);
    BOOST_TEST((h.store.post(id).state == PostState::held));
    BOOST_TEST((h.store.post(id).code == ReasonCode::two_candidates));
}

BOOST_AUTO_TEST_CASE(two_posts_of_the_same_words_do_not_settle_on_one_status) {
    Keyless h;
    const PostId first = h.post("hello", "k1");
    h.time.run_for(10s);
    const PostId second = h.in_doubt(Fault::lost_before, "hello").id; // k1 is known: the same post
    BOOST_TEST(second == first);
    h.server.faults = {Fault::lost_before};
    const PostId third = h.post("hello", "k2");
    h.time.run_for(10min);
    BOOST_TEST((h.store.post(third).state == PostState::published));
    BOOST_TEST(h.store.post(third).status_id != h.store.post(first).status_id);
    BOOST_TEST(h.server.statuses.size() == 3U);
}

BOOST_AUTO_TEST_CASE(other_posts_go_on_while_one_is_looked_for) {
    Keyless h;
    h.server.page_stale = true;
    h.server.page_age = 1h;
    const PostId id = h.in_doubt(Fault::lost_after).id;
    h.time.run_for(3min);
    const PostId next = h.post("next", "k2");
    h.time.run_for(1s);
    BOOST_TEST((h.store.post(id).state == PostState::doubt));
    BOOST_TEST((h.store.post(next).state == PostState::published));
}

BOOST_AUTO_TEST_CASE(a_death_during_a_look_loses_nothing_and_looks_again) {
    Keyless h;
    const PostId id = h.in_doubt(Fault::lost_before).id;
    h.time.run_for(170s);
    BOOST_TEST(h.store.post(id).looks == 1);
    BOOST_TEST(h.store.post(id).absent_since.has_value());
    h.restart();
    h.time.run_for(10min);
    BOOST_TEST((h.store.post(id).state == PostState::published));
    BOOST_TEST(h.server.statuses.size() == 2U);
    BOOST_TEST(h.server.looks == 2U); // the first one still counts
}

BOOST_AUTO_TEST_CASE(a_server_that_answers_a_good_repeat_with_500_is_looked_at_after_the_second_one) {
    Harness h;
    h.account("news").handle = "bot";
    h.server.replays_error = true;
    h.server.faults = {Fault::lost_after};
    h.start();
    const PostId id = h.post("hello", "k1");
    h.time.run_for(6min);
    BOOST_TEST((h.store.post(id).state == PostState::published));
    BOOST_TEST(h.store.post(id).attempts == 2);
    BOOST_TEST(h.server.statuses.size() == 1U);
}

BOOST_AUTO_TEST_CASE(when_the_daemon_was_down_for_longer_than_keys_live_the_page_tells) {
    Harness h;
    h.account("news").handle = "bot";
    h.server.faults = {Fault::lost_after};
    h.start();
    const PostId id = h.post("hello", "k1");
    h.time.run_for(10s);
    h.stop();
    h.time.run_for(3h);
    h.start();
    h.time.run_for(1min);
    BOOST_TEST((h.store.post(id).state == PostState::published));
    BOOST_TEST(h.server.statuses.size() == 1U);
}

BOOST_AUTO_TEST_CASE(an_attachment_tells_where_the_page_does_not) {
    for (const Fault fault : {Fault::lost_after, Fault::lost_before}) {
        Harness h;
        h.account("news").receipt = false;
        h.server.readable = false;
        h.server.server.hides_attached = true;
        h.start();
        h.time.run_for(1s);
        h.server.faults = {Fault::none, fault}; // the upload, the post
        Batch batch;
        batch.insert.push_back(pictured("p"));
        h.put(std::move(batch));
        (void)h.post("wake", "k");
        h.time.run_for(10s);
        BOOST_TEST(h.server.media_looks == 1U); // before it went out
        BOOST_TEST((h.store.post(1).state == PostState::doubt));
        h.stop();
        h.time.run_for(3h); // the key is forgotten
        h.start();
        h.time.run_for(10min);
        BOOST_TEST((h.store.post(1).state == PostState::published));
        BOOST_TEST(h.server.statuses.size() == 2U);
        BOOST_TEST(h.server.uploads.size() == 1U); // nothing is uploaded again
    }
}

BOOST_AUTO_TEST_CASE(an_attachment_seen_by_another_token_is_no_evidence) {
    Harness h;
    h.account("news").receipt = false;
    h.server.readable = false;
    h.server.server.hides_attached = true;
    h.start();
    h.time.run_for(1s);
    h.server.faults = {Fault::none, Fault::lost_before};
    Batch batch;
    batch.insert.push_back(pictured("p"));
    h.put(std::move(batch));
    (void)h.post("wake", "k");
    h.time.run_for(10s);
    h.stop();
    h.time.run_for(3h);
    h.token = h.server.good_token = "another account's";
    h.start();
    h.time.run_for(10min);
    BOOST_TEST((h.store.post(1).state == PostState::held));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(engine_receipt)

BOOST_AUTO_TEST_CASE(a_published_post_is_looked_at_once_a_minute_later) {
    Harness h;
    h.start();
    const PostId id = h.post("hello", "k1");
    h.time.run_for(59s);
    BOOST_TEST(h.server.looks == 0U);
    h.time.run_for(10s);
    BOOST_TEST(h.server.looks == 1U);
    BOOST_TEST(!h.store.post(id).receipt);
    BOOST_TEST(h.store.post(id).reason.empty());
    h.time.run_for(24h);
    h.restart();
    h.time.run_for(24h);
    BOOST_TEST(h.server.looks == 1U);
}

BOOST_AUTO_TEST_CASE(what_a_filter_dropped_in_silence_is_said) {
    Harness h;
    h.server.hidden = {"1000"};
    h.start();
    const PostId id = h.post("hello", "k1");
    h.time.run_for(2min);
    BOOST_TEST((h.store.post(id).state == PostState::published));
    BOOST_TEST((h.store.post(id).code == ReasonCode::not_as_asked));
    BOOST_TEST(h.log.count("post.not_as_asked") == 1U);
}

BOOST_AUTO_TEST_CASE(a_receipt_that_is_due_outlasts_a_restart) {
    Harness h;
    h.server.hidden = {"1000"};
    h.start();
    const PostId id = h.post("hello", "k1");
    h.time.run_for(10s);
    h.stop();
    h.time.run_for(1h);
    h.start();
    h.time.run_for(1s);
    BOOST_TEST((h.store.post(id).code == ReasonCode::not_as_asked));
}

BOOST_AUTO_TEST_CASE(receipts_come_after_posts_and_with_pauses) {
    Harness h;
    h.start();
    for (int i = 0; i < 20; ++i)
        (void)h.post(std::to_string(i), "k" + std::to_string(i));
    h.time.run_for(61s);
    BOOST_TEST(h.server.looks <= 2U);
    const PostId urgent = h.post("urgent", "now");
    h.time.run_for(1s);
    BOOST_TEST((h.store.post(urgent).state == PostState::published));
    h.time.run_for(5min);
    BOOST_TEST(h.server.looks == 21U);
}

BOOST_AUTO_TEST_CASE(a_server_that_shows_nothing_is_asked_once) {
    Harness h;
    h.server.readable = false;
    h.start();
    const PostId id = h.post("one", "k1");
    h.time.run_for(2min);
    (void)h.post("two", "k2");
    h.time.run_for(1h);
    BOOST_TEST(h.server.looks == 1U);
    BOOST_TEST(h.store.post(id).reason.empty());
    BOOST_TEST(h.log.count("account.no_receipts") == 1U);
    std::size_t steps = 0;
    const Instant end = h.time.now() + 24h;
    while (h.time.step(end))
        ++steps;
    BOOST_TEST(steps == 0U); // nothing is left that would wake it
}

BOOST_AUTO_TEST_CASE(no_receipt_where_none_is_wanted) {
    Harness h;
    h.account("news").receipt = false;
    h.start();
    (void)h.post("one", "k1");
    h.time.run_for(1h);
    BOOST_TEST(h.server.looks == 0U);
}

BOOST_AUTO_TEST_CASE(a_run_of_once_does_not_wait_for_receipts) {
    Harness h;
    bool done = false;
    Post post;
    post.key = digest_of("p");
    post.account = "news";
    post.state = PostState::ready;
    post.content.status = "hello";
    Batch batch;
    batch.insert.push_back(post);
    h.put(std::move(batch));
    engine::Engine once{h.context.get_executor(), h.settings, h.world};
    const auto run = [&]() -> boost::asio::awaitable<void> {
        (void)co_await once.begin();
        (void)co_await once.run_once();
    };
    const Instant began = h.time.now();
    boost::asio::co_spawn(h.context, run(), [&](std::exception_ptr) { done = true; });
    h.time.run_while([&] { return !done; });
    BOOST_TEST((h.store.post(1).state == PostState::published));
    BOOST_TEST((h.time.now() - began < Duration{5s}));
}

BOOST_AUTO_TEST_SUITE_END()
