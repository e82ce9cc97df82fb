#include "core/delivery/machine.hpp"
#include "decided.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using crier::test::decided;
using namespace crier::delivery;
using namespace std::chrono_literals;

namespace {

const Instant noon = *from_rfc3339("2026-11-24T12:00:00Z");

Post ready_post() {
    Post post;
    post.id = 1;
    post.key = digest_of("a post");
    post.account = "news";
    post.state = PostState::ready;
    post.due = noon;
    post.next = noon;
    post.content.status = "hello";
    return post;
}

Media file(std::string name) {
    Media media;
    media.file = std::move(name);
    return media;
}

} // namespace

BOOST_AUTO_TEST_SUITE(delivery_decide)

BOOST_AUTO_TEST_CASE(a_post_that_is_not_due_waits_until_it_is) {
    Post post = ready_post();
    post.next = noon + 1h;
    const Decision decision = decided(post, Rules{}, noon);
    BOOST_TEST((decision.step == Step::wait));
    BOOST_TEST((decision.until == noon + 1h));
}

BOOST_AUTO_TEST_CASE(the_attempt_is_counted_and_dated_before_it_is_made) {
    const Decision decision = decided(ready_post(), Rules{}, noon);
    BOOST_TEST((decision.step == Step::publish));
    BOOST_TEST((decision.post.state == PostState::sending));
    BOOST_TEST(decision.post.attempts == 1);
    BOOST_TEST((decision.post.first_attempt == noon));
    BOOST_TEST((decision.post.last_attempt == noon));
    BOOST_TEST(decision.key == wire_key(ready_post().key, 0));
}

BOOST_AUTO_TEST_CASE(the_key_stays_the_same_over_attempts) {
    Post post = decided(ready_post(), Rules{}, noon).post;
    post.state = PostState::retrying;
    const Decision again = decided(post, Rules{}, noon + 10min);
    BOOST_TEST(again.key == wire_key(ready_post().key, 0));
    BOOST_TEST(again.post.attempts == 2);
}

BOOST_AUTO_TEST_CASE(the_servers_memory_of_a_key_runs_from_the_first_attempt_that_may_have_gone_through) {
    Post post = decided(ready_post(), Rules{}, noon).post;
    post.state = PostState::retrying; // a 429: certainly nothing
    post = decided(post, Rules{}, noon + 70min).post;
    BOOST_TEST((post.first_attempt == noon + 70min));
    post.state = PostState::doubt;
    post.in_doubt = true;
    post = decided(post, Rules{}, noon + 75min).post;
    BOOST_TEST((post.state == PostState::sending));
    BOOST_TEST((post.first_attempt == noon + 70min));
    post.state = PostState::doubt;
    BOOST_TEST((decided(post, Rules{}, noon + 121min).post.state == PostState::held));
}

BOOST_AUTO_TEST_CASE(a_key_whose_age_nothing_tells_is_not_repeated) {
    Post post = decided(ready_post(), Rules{}, noon).post;
    post.state = PostState::doubt;
    post.in_doubt = true;
    // The wall clock says ten minutes, and may have been set while the daemon was down.
    BOOST_TEST((decide(post, Rules{}, noon + 10min).post.state == PostState::held));
    Rules rules;
    rules.server_now = noon - 1min; // and this one has been
    BOOST_TEST((decide(post, rules, noon + 10min).post.state == PostState::held));
    rules.server_now = noon + 10min;
    BOOST_TEST((decide(post, rules, noon + 10min).step == Step::publish));
    rules.server_now = noon + 50min;
    BOOST_TEST((decide(post, rules, noon + 10min).post.state == PostState::held));
}

BOOST_AUTO_TEST_CASE(in_the_same_boot_the_machines_clock_tells_the_age_of_a_key) {
    Post post = decided(ready_post(), Rules{}, noon).post;
    post.state = PostState::doubt;
    post.in_doubt = true;
    post.key_since.reset(); // the first attempt of its life: no reply had told the server's time yet
    Rules rules;
    rules.boot = post.sent.boot;
    rules.mono = *post.sent.key_since + 10min;
    post.next = noon - 3h;
    BOOST_TEST((decide(post, rules, noon - 3h).step == Step::publish)); // the wall clock was set back
    // Set forward, or the machine stood still and did not know it: who can tell?
    BOOST_TEST((decide(post, rules, noon + 3h).post.state == PostState::held));
    rules.mono = *post.sent.key_since + 50min;
    BOOST_TEST((decide(post, rules, noon + 10min).post.state == PostState::held));
    rules.mono = *post.sent.key_since + 10min;
    ++rules.boot;
    BOOST_TEST((decide(post, rules, noon + 20min).post.state == PostState::held));
    rules.boot = post.sent.boot = 0; // nobody knows which boot it is
    BOOST_TEST((decide(post, rules, noon + 10min).post.state == PostState::held));
}

BOOST_AUTO_TEST_CASE(a_repeat_in_another_boot_leaves_the_keys_age_to_the_servers_clock) {
    Post post = decided(ready_post(), Rules{}, noon).post;
    post.state = PostState::doubt;
    post.in_doubt = true;
    Rules rules;
    rules.server_now = noon + 40min;
    rules.boot = 2;
    rules.mono = Mono{1min};
    post = decide(post, rules, noon + 40min).post;
    BOOST_TEST((post.state == PostState::sending));
    post.state = PostState::doubt;
    rules.mono += 15min; // a quarter of an hour since the repeat, an hour since the first
    rules.server_now.reset();
    BOOST_TEST((decide(post, rules, noon + 55min).post.state == PostState::held));
}

BOOST_AUTO_TEST_CASE(the_quiet_period_outlasts_a_restart_and_a_clock_set_forward_meanwhile) {
    Post post = decided(ready_post(), Rules{}, noon).post; // sending: the process dies with it
    Rules rules;
    rules.boot = post.sent.boot;
    rules.mono = *post.sent.key_since + 5s;
    post = decide(post, rules, noon + 1h).post;
    BOOST_TEST((post.state == PostState::doubt));
    BOOST_TEST((post.next == noon + 1h + 150s));
    // Dies again, and the clock is set once more.
    rules.mono += 5s;
    const Decision waits = decide(post, rules, noon + 2h);
    BOOST_TEST((waits.step == Step::settle));
    BOOST_TEST((waits.post.state == PostState::doubt));
    BOOST_TEST((waits.post.next == noon + 2h + 145s));
}

BOOST_AUTO_TEST_CASE(a_post_past_its_time_is_not_sent) {
    Post post = ready_post();
    post.expires = noon + 1h;
    const Decision decision = decided(post, Rules{}, noon + 2h);
    BOOST_TEST((decision.step == Step::settle));
    BOOST_TEST((decision.post.state == PostState::expired));
    BOOST_TEST(decision.post.reason == "not sent before 2026-11-24T13:00:00Z");
}

BOOST_AUTO_TEST_CASE(a_post_in_doubt_does_not_expire) {
    Post post = decided(ready_post(), Rules{}, noon).post;
    post.state = PostState::doubt;
    post.in_doubt = true;
    post.expires = noon + 1min;
    BOOST_TEST((decided(post, Rules{}, noon + 10min).step == Step::publish));
}

BOOST_AUTO_TEST_CASE(a_post_found_in_sending_is_in_doubt_and_quiet_first) {
    const Post cut = decided(ready_post(), Rules{}, noon).post;
    const Decision soon = decided(cut, Rules{}, noon + 2s);
    BOOST_TEST((soon.step == Step::settle));
    BOOST_TEST((soon.post.state == PostState::doubt));
    BOOST_TEST(soon.post.in_doubt);
    // Restarted after two seconds: the last byte left at most then.
    BOOST_TEST((soon.post.next == noon + 2s + 150s));
    // Restarted after an hour: the request's own deadline was long over.
    BOOST_TEST((decided(cut, Rules{}, noon + 1h).post.next == noon + 1h));
    BOOST_TEST((decided(cut, Rules{}, noon + 100s).post.next == noon + 60s + 150s));
}

BOOST_AUTO_TEST_CASE(the_quiet_period_is_short_where_the_server_locks_the_key) {
    Rules rules;
    rules.locks_key = true;
    const Post cut = decided(ready_post(), Rules{}, noon).post;
    BOOST_TEST((decided(cut, rules, noon + 2s).post.next == noon + 2s + 10s));
}

BOOST_AUTO_TEST_CASE(doubt_repeats_the_same_key_inside_the_servers_memory) {
    Post post = decided(ready_post(), Rules{}, noon).post;
    post.state = PostState::doubt;
    post.in_doubt = true;
    const Decision inside = decided(post, Rules{}, noon + 49min);
    BOOST_TEST((inside.step == Step::publish));
    BOOST_TEST(inside.key == wire_key(ready_post().key, 0));
    const Decision outside = decided(post, Rules{}, noon + 51min);
    BOOST_TEST((outside.step == Step::settle));
    BOOST_TEST((outside.post.state == PostState::held));
    BOOST_TEST(outside.post.reason ==
               "doubt: the server may have it, and no longer remembers the key that would tell");
}

/// The machine that sent it had a clock that was three minutes behind ours: by ours the quiet period is over.
BOOST_AUTO_TEST_CASE(on_another_machine_the_quiet_period_begins_anew) {
    Rules rules;
    rules.boot = 7;
    rules.server_now = noon;
    Post post = decide(ready_post(), rules, noon).post;
    post.state = PostState::doubt;
    post.in_doubt = true;
    post.next = noon + 150s;
    rules.boot = 8;
    rules.mono = Mono{1000h};
    rules.server_now = noon + 1min;
    const Decision first = decide(post, rules, noon + 4min);
    BOOST_TEST((first.step == Step::settle));
    BOOST_TEST((first.post.state == PostState::doubt));
    BOOST_TEST((first.post.next == noon + 4min + 150s));
    rules.mono += 149s;
    BOOST_TEST((decide(first.post, rules, noon + 7min).step == Step::settle));
    rules.mono += 1s;
    rules.server_now = noon + 4min;
    BOOST_TEST((decide(first.post, rules, noon + 7min).step == Step::publish));
    // So long ago by any clock.
    rules.server_now = noon + 20min;
    BOOST_TEST((decide(post, rules, noon + 20min).step == Step::publish));
}

BOOST_AUTO_TEST_CASE(doubt_repeats_nothing_when_the_clock_went_backwards) {
    Post post = decided(ready_post(), Rules{}, noon).post;
    post.state = PostState::doubt;
    post.in_doubt = true;
    post.next = noon - 3h;
    post.sent = SentMoments{}; // of another boot
    BOOST_TEST((decided(post, Rules{}, noon - 2h).post.state == PostState::held));
}

BOOST_AUTO_TEST_CASE(doubt_repeats_nothing_where_the_server_ignores_the_key) {
    Rules rules;
    rules.idempotent = false;
    Post post = decided(ready_post(), rules, noon).post;
    post.state = PostState::doubt;
    post.in_doubt = true;
    const Decision decision = decided(post, rules, noon + 5min);
    BOOST_TEST((decision.post.state == PostState::held));
    BOOST_TEST(decision.post.reason == "doubt: the server may have it, and offers no key that would tell");
}

BOOST_AUTO_TEST_CASE(on_doubt_decides_when_there_is_no_other_way) {
    Post post = decided(ready_post(), Rules{}, noon).post;
    post.state = PostState::doubt;
    post.in_doubt = true;
    Rules rules;
    rules.on_doubt = OnDoubt::skip;
    BOOST_TEST((decided(post, rules, noon + 2h).post.state == PostState::failed));
    rules.on_doubt = OnDoubt::resend;
    const Decision resend = decided(post, rules, noon + 2h);
    BOOST_TEST((resend.step == Step::publish));
    BOOST_TEST(resend.key == wire_key(post.key, 1));
    // A server that answers nothing but errors is not sent it for ever.
    post.generation = 3;
    BOOST_TEST((decided(post, rules, noon + 2h).post.state == PostState::held));
}

BOOST_AUTO_TEST_CASE(media_come_first_in_order_and_before_the_attempt) {
    Post post = ready_post();
    post.content.media = {file("/a.png"), file("/b.png")};
    Decision decision = decided(post, Rules{}, noon);
    BOOST_TEST((decision.step == Step::upload));
    BOOST_TEST(decision.media == 0U);
    BOOST_TEST((decision.post.state == PostState::uploading));
    BOOST_TEST(decision.post.attempts == 0);
    post.content.media[0].server_id = "1";
    post.content.media[0].uploaded = noon;
    decision = decided(post, Rules{}, noon);
    BOOST_TEST((decision.step == Step::poll_media));
    post.content.media[0].processed = true;
    decision = decided(post, Rules{}, noon);
    BOOST_TEST((decision.step == Step::upload));
    BOOST_TEST(decision.media == 1U);
    post.content.media[1] = post.content.media[0];
    BOOST_TEST((decided(post, Rules{}, noon).step == Step::publish));
}

BOOST_AUTO_TEST_CASE(media_of_an_address_are_fetched_first) {
    Post post = ready_post();
    Media media;
    media.url = "https://example.org/a.png";
    post.content.media = {media};
    BOOST_TEST((decided(post, Rules{}, noon).step == Step::fetch));
}

BOOST_AUTO_TEST_CASE(an_upload_that_the_server_has_thrown_away_by_now_is_made_again_but_not_in_doubt) {
    Post post = ready_post();
    post.content.media = {file("/a.png")};
    post.content.media[0].server_id = "1";
    post.content.media[0].uploaded = noon - 21h;
    post.content.media[0].processed = true;
    BOOST_TEST((decided(post, Rules{}, noon).step == Step::upload));
    post = decided(ready_post(), Rules{}, noon).post;
    post.content.media = {file("/a.png")};
    post.content.media[0].server_id = "1";
    post.content.media[0].uploaded = noon - 21h;
    post.state = PostState::doubt;
    post.in_doubt = true;
    const Decision repeat = decided(post, Rules{}, noon + 5min);
    BOOST_TEST((repeat.step == Step::publish));
    BOOST_TEST(repeat.post.content.media[0].server_id == "1");
}

BOOST_AUTO_TEST_CASE(an_account_on_hold_keeps_each_post_until_it_is_approved) {
    Rules rules;
    rules.mode = Mode::hold;
    const Decision decision = decided(ready_post(), rules, noon);
    BOOST_TEST((decision.post.state == PostState::held));
    BOOST_TEST(decision.post.reason == "waits for approval (mode: hold)");
    Post approved = ready_post();
    approved.approved = true;
    BOOST_TEST((decided(approved, rules, noon).step == Step::publish));
}

BOOST_AUTO_TEST_CASE(a_dry_account_sends_nothing) {
    Rules rules;
    rules.mode = Mode::dry;
    BOOST_TEST((decided(ready_post(), rules, noon).post.state == PostState::cancelled));
}

BOOST_AUTO_TEST_CASE(back_off_doubles_up_to_its_ceiling_and_uses_the_whole_range) {
    const auto at_most = [](int tries) { return back_off(tries, 5s, 15min, ~std::uint64_t{0}); };
    BOOST_TEST((at_most(0) <= Duration{5s}));
    BOOST_TEST((at_most(50) <= Duration{15min}));
    BOOST_TEST((back_off(50, 5s, 15min, 899'999'999) == Duration{899'999'999}));
    // Never at once: a troubled server gets a breath.
    BOOST_TEST((back_off(3, 5s, 15min, 0) == Duration{500ms}));
}

BOOST_AUTO_TEST_CASE(a_dry_account_sends_nothing_that_is_in_doubt_either) {
    Rules dry;
    dry.mode = Mode::dry;
    dry.on_doubt = OnDoubt::resend;
    for (const PostState state : {PostState::sending, PostState::doubt}) {
        Post post = ready_post();
        post.state = state;
        post.first_attempt = post.key_since = noon;
        post.last_attempt = noon;
        const Decision decision = decided(post, dry, noon + 10min);
        BOOST_TEST((decision.step == Step::settle));
        BOOST_TEST((decision.post.state == PostState::held));
        BOOST_TEST(decision.post.in_doubt);
    }
}

BOOST_AUTO_TEST_CASE(what_a_clock_that_was_ahead_began_too_early_waits_for_its_time) {
    Post post = ready_post();
    post.state = PostState::retrying;
    post.attempts = 1;
    post.due = noon + 3h;
    post.next = noon;
    const Decision decision = decided(post, Rules{}, noon);
    BOOST_TEST((decision.step == Step::settle));
    BOOST_TEST((decision.post.state == PostState::retrying));
    BOOST_TEST((decision.post.next == noon + 3h));
    BOOST_TEST((decided(decision.post, Rules{}, noon + 3h).step == Step::publish));
}

BOOST_AUTO_TEST_SUITE_END()
