#include "core/delivery/evidence.hpp"
#include "decided.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using crier::test::answered;
using crier::test::decided;
using namespace crier::delivery;
using namespace std::chrono_literals;

namespace {

const Instant began = *from_rfc3339("2026-11-24T12:00:00Z");

Rules keyless() {
    Rules rules;
    rules.idempotent = false;
    rules.look = true;
    return rules;
}

Rules mastodon() {
    Rules rules;
    rules.look = true;
    rules.hides_attached = true;
    rules.token = digest_of("token");
    return rules;
}

/// Its only attempt was at noon, and brought no reply.
Post unknown() {
    Post post;
    post.id = 1;
    post.key = digest_of("a post");
    post.account = "news";
    post.state = PostState::ready;
    post.next = post.created = began;
    post.content.status = "hello";
    post = decided(post, Rules{}, began).post;
    return answered(post, Step::publish, 0, Reply{Verdict::unknown, 0, "no reply"}, Rules{}, began, 7).post;
}

Post with_picture(const Rules& rules) {
    Post post = unknown();
    post.content.media.resize(1);
    post.content.media[0].server_id = "m1";
    post.content.media[0].uploaded = began - 1min;
    post.content.media[0].processed = true;
    post.content.media[0].witness = witness_of(post, rules.token);
    return post;
}

Sighting page(std::vector<std::string> texts) {
    Sighting sighting;
    sighting.timeline.emplace();
    sighting.timeline->sight = Sight::seen;
    sighting.timeline->http = 200;
    sighting.timeline->reaches_back = true;
    sighting.timeline->ahead = Duration::zero();
    texts.emplace_back("one of ours");
    for (const std::string& text : texts) {
        SeenStatus status;
        status.id = std::to_string(100 + sighting.timeline->statuses.size());
        status.url = "https://m.example/" + status.id;
        status.created = began + 1s;
        status.text = text;
        sighting.timeline->statuses.push_back(std::move(status));
    }
    sighting.ours = {sighting.timeline->statuses.back().id};
    return sighting;
}

Sighting closed() {
    Sighting sighting = page({});
    sighting.timeline->sight = Sight::closed;
    sighting.timeline->http = 401;
    sighting.timeline->text = "401 no";
    sighting.timeline->statuses.clear();
    return sighting;
}

Reply attached() {
    Reply reply{Verdict::media_gone, 404, "Record not found"};
    reply.by_api = true;
    return reply;
}

/// A look at `now` that saw this.
Settled looked(const Post& post, const Sighting& sighting, const Rules& rules, Instant now) {
    const Decision decision = decided(post, rules, now);
    BOOST_REQUIRE((decision.step == Step::look));
    return crier::test::looked(decision.post, sighting, rules, now);
}

} // namespace

BOOST_AUTO_TEST_SUITE(delivery_look)

BOOST_AUTO_TEST_CASE(without_keys_a_look_follows_the_quiet_period) {
    const Post post = unknown();
    BOOST_TEST((decided(post, keyless(), began + 149s).step == Step::wait));
    const Decision decision = decided(post, keyless(), began + 150s);
    BOOST_TEST((decision.step == Step::look));
    BOOST_TEST(decision.post.looks == 1); // counted before it is made
    BOOST_TEST((decision.post.state == PostState::doubt));
}

BOOST_AUTO_TEST_CASE(with_keys_the_same_key_comes_first_and_a_look_after_a_second_answer_without_a_status) {
    const Decision repeat = decided(unknown(), mastodon(), began + 150s);
    BOOST_REQUIRE((repeat.step == Step::publish));
    // 500 again although it is there (mastodon#40399).
    const Settled again =
        answered(repeat.post, Step::publish, 0, Reply{Verdict::unknown, 500, "Internal Server Error"},
                 mastodon(), began + 151s, 7);
    const Decision look = decided(again.post, mastodon(), again.post.next);
    BOOST_TEST((look.step == Step::look));
    const Settled found = looked(look.post, page({"hello"}), mastodon(), again.post.next);
    BOOST_TEST((found.post.state == PostState::published));
}

BOOST_AUTO_TEST_CASE(a_repeat_that_did_not_arrive_is_repeated_and_not_looked_for) {
    const Decision repeat = decided(unknown(), mastodon(), began + 150s);
    for (const Reply& reply : {Reply{Verdict::not_sent, 0, "connection refused"},
                               Reply{Verdict::limited, 429, "no"}, Reply{Verdict::busy, 503, "no"}}) {
        const Settled again = answered(repeat.post, Step::publish, 0, reply, mastodon(), began + 151s, 7);
        BOOST_TEST((decided(again.post, mastodon(), again.post.next).step == Step::publish));
    }
}

BOOST_AUTO_TEST_CASE(a_look_that_tells_nothing_lets_the_key_be_repeated_while_it_is_known) {
    Post post = decided(unknown(), mastodon(), began + 150s).post;
    post =
        answered(post, Step::publish, 0, Reply{Verdict::unknown, 500, "?"}, mastodon(), began + 151s, 7).post;
    post = looked(post, closed(), mastodon(), post.next).post;
    BOOST_TEST((decided(post, mastodon(), post.next).step == Step::publish));
    post.next = began + 51min;
    BOOST_TEST((decided(post, mastodon(), began + 51min).post.state == PostState::held));
}

BOOST_AUTO_TEST_CASE(when_the_key_is_forgotten_a_look_decides_and_not_on_doubt) {
    const Post post = unknown();
    const Settled found = looked(post, page({"hello"}), mastodon(), began + 3h);
    BOOST_TEST((found.post.state == PostState::published));
    BOOST_TEST((found.post.code == ReasonCode::seen_there));
    BOOST_TEST(!found.post.in_doubt);
    BOOST_TEST(found.post.status_id == "100");
    BOOST_TEST(found.post.status_url == "https://m.example/100");
}

BOOST_AUTO_TEST_CASE(two_candidates_are_held) {
    const Settled settled = looked(unknown(), page({"hello", "hello"}), keyless(), began + 150s);
    BOOST_TEST((settled.post.state == PostState::held));
    BOOST_TEST((settled.post.code == ReasonCode::two_candidates));
    BOOST_TEST(settled.post.in_doubt);
}

BOOST_AUTO_TEST_CASE(certain_absence_takes_two_looks_a_minute_apart_and_then_it_is_sent_with_a_new_key) {
    Post post = unknown();
    const std::string key = wire_key(post.key, 0);
    const Settled first = looked(post, page({}), keyless(), began + 150s);
    BOOST_TEST((first.post.state == PostState::doubt));
    BOOST_TEST((first.post.next == began + 210s));
    // Too early, for the wall clock was set: it is put off.
    Post early = first.post;
    early.next = began + 160s;
    BOOST_TEST((decided(early, keyless(), began + 160s).post.next == began + 210s));
    const Settled second = looked(first.post, page({}), keyless(), began + 210s);
    BOOST_TEST((second.post.state == PostState::retrying));
    BOOST_TEST(!second.post.in_doubt);
    const Decision again = decided(second.post, keyless(), began + 210s);
    BOOST_TEST((again.step == Step::publish));
    BOOST_TEST(again.key == wire_key(post.key, 1));
    BOOST_TEST(again.key != key);
}

BOOST_AUTO_TEST_CASE(a_look_in_between_that_proves_nothing_begins_the_two_anew) {
    Post post = looked(unknown(), page({}), keyless(), began + 150s).post;
    Sighting old = page({});
    old.timeline->stale = true;
    post = looked(post, old, keyless(), began + 210s).post;
    BOOST_TEST((post.state == PostState::doubt));
    post = looked(post, page({}), keyless(), post.next).post;
    BOOST_TEST((post.state == PostState::doubt)); // the first of two
    post = looked(post, page({}), keyless(), post.next).post;
    BOOST_TEST((post.state == PostState::retrying));
}

BOOST_AUTO_TEST_CASE(what_is_certainly_absent_and_too_late_by_now_expires) {
    Post post = unknown();
    post.expires = began + 3min;
    post = looked(post, page({}), keyless(), began + 150s).post;
    post = looked(post, page({}), keyless(), began + 210s).post;
    BOOST_TEST((decided(post, keyless(), began + 210s).post.state == PostState::expired));
}

BOOST_AUTO_TEST_CASE(a_listing_that_need_not_show_it_proves_nothing_and_on_doubt_decides) {
    Sighting unowned = page({});
    unowned.ours.clear();
    Sighting short_page = page({});
    short_page.timeline->reaches_back = false;
    Sighting alike = page({"hello"});
    alike.timeline->statuses[0].created = began - 1h;
    for (const Sighting& sighting : {unowned, short_page, alike}) {
        Post post = unknown();
        for (int i = 0; i < most_looks && decided(post, keyless(), post.next).step == Step::look; ++i)
            post = looked(post, sighting, keyless(), post.next).post;
        const Decision end = decided(post, keyless(), post.next);
        BOOST_TEST((end.post.state == PostState::held));
        BOOST_TEST((end.post.code == ReasonCode::no_evidence));
        BOOST_TEST(end.post.looks == most_looks);
    }
}

BOOST_AUTO_TEST_CASE(a_post_that_not_everybody_sees_is_not_looked_for_on_the_page) {
    for (const Visibility visibility : {Visibility::private_, Visibility::direct}) {
        Post post = unknown();
        post.content.visibility = visibility;
        BOOST_TEST((decided(post, keyless(), began + 150s).post.state == PostState::held));
    }
}

BOOST_AUTO_TEST_CASE(a_post_that_stays_on_its_server_is_not_looked_for_where_strangers_see_nothing_of_it) {
    Post post = unknown();
    post.content.local_only = true;
    BOOST_TEST(!shown_to_all(post));
    BOOST_TEST((decided(post, keyless(), began + 150s).post.state == PostState::held));
}

BOOST_AUTO_TEST_CASE(what_is_shown_in_other_words_is_found_by_its_letters) {
    Post post = unknown();
    post.content.content_type = "text/markdown";
    post.content.status = "**Hello**, [world](https://example.org/)!\n\n* one_two";
    const Settled found = looked(post, page({"Hello, world! one_two"}), keyless(), began + 150s);
    BOOST_TEST((found.post.state == PostState::published));
}

BOOST_AUTO_TEST_CASE(what_is_shown_in_other_words_is_not_absent_while_there_is_something_that_may_be_it) {
    for (const bool quotes : {true, false}) {
        Post post = unknown();
        if (quotes)
            post.content.quote = "7";
        else
            post.content.content_type = "text/html";
        Post first = looked(post, page({"quite another text"}), keyless(), began + 300s).post;
        BOOST_TEST((first.state == PostState::doubt || first.state == PostState::held));
        BOOST_TEST(!first.absent_since);
        // With nothing there that was made then it is absent as any other.
        first = looked(post, page({}), keyless(), began + 300s).post;
        BOOST_TEST(first.absent_since.has_value());
    }
}

BOOST_AUTO_TEST_CASE(a_page_that_is_not_shown_is_asked_for_once) {
    const Settled settled = looked(unknown(), closed(), keyless(), began + 150s);
    const Decision end = decided(settled.post, keyless(), began + 150s);
    BOOST_TEST((end.post.state == PostState::held));
    BOOST_TEST(end.post.reason ==
               "doubt: the server may have it, and offers no key that would tell; the server does "
               "not show the account's page: 401 no");
}

BOOST_AUTO_TEST_CASE(a_server_that_is_away_uses_up_no_looks_and_one_in_trouble_does) {
    Sighting away = closed();
    away.timeline->sight = Sight::later;
    away.timeline->http = 0;
    away.timeline->unreachable = true;
    Post post = unknown();
    Duration longest{};
    for (int i = 0; i < 50; ++i) {
        const Instant now = post.next;
        post = looked(post, away, keyless(), now).post;
        longest = std::max<Duration>(longest, post.next - now);
    }
    BOOST_TEST((longest == 15min));     // longer and longer
    away.timeline->unreachable = false; // a page that never comes must not be waited for for ever
    int looks = 0;
    for (; decided(post, keyless(), post.next).step == Step::look; ++looks)
        post = looked(post, away, keyless(), post.next).post;
    BOOST_TEST(looks == most_looks);
    away.timeline->again = began + 24h;
    BOOST_TEST((looked(unknown(), away, keyless(), began + 150s).post.next == began + 24h));
}

BOOST_AUTO_TEST_CASE(an_attachment_that_stopped_answering_proves_that_the_post_is_there) {
    const Rules rules = mastodon();
    Sighting sighting = closed();
    sighting.media = attached();
    const Settled settled = looked(with_picture(rules), sighting, rules, began + 2h);
    BOOST_TEST((settled.post.state == PostState::published));
    BOOST_TEST(settled.post.status_url.empty());
    BOOST_TEST(settled.post.reason ==
               "no reply came; its media are attached on the server, and its address is not known");
    // Where a page is shown, its address may be there in a minute.
    sighting = page({});
    sighting.media = attached();
    const Settled first = looked(with_picture(rules), sighting, rules, began + 2h);
    BOOST_TEST((first.post.state == PostState::doubt));
    BOOST_TEST((looked(first.post, sighting, rules, first.post.next).post.state == PostState::published));
    // A page of a proxy is no answer of the API's.
    sighting = closed();
    sighting.media = attached();
    sighting.media->by_api = false;
    BOOST_TEST((looked(with_picture(rules), sighting, rules, began + 2h).post.state == PostState::doubt));
}

BOOST_AUTO_TEST_CASE(an_attachment_that_still_answers_proves_that_the_post_is_not_there) {
    const Rules rules = mastodon();
    Sighting sighting = closed();
    sighting.media = Reply{Verdict::media_ready, 200, {}};
    const Settled settled = looked(with_picture(rules), sighting, rules, began + 2h);
    BOOST_TEST((settled.post.state == PostState::retrying));
    BOOST_TEST(settled.post.generation == 1);
    BOOST_TEST(settled.post.content.media[0].server_id == "m1"); // the same upload
    // Unless something like it, without its picture, is there.
    sighting = page({"hello"});
    sighting.media = Reply{Verdict::media_ready, 200, {}};
    BOOST_TEST((looked(with_picture(rules), sighting, rules, began + 2h).post.state == PostState::doubt));
}

BOOST_AUTO_TEST_CASE(an_attachment_is_evidence_only_for_the_token_that_has_seen_it_and_while_it_lives) {
    const Rules rules = mastodon();
    const Post post = with_picture(rules);
    BOOST_TEST(media_would_tell(post, rules, began + 2h));
    BOOST_TEST(!media_would_tell(post, rules, began + 20h));
    BOOST_TEST(!media_would_tell(post, rules, began - 2min)); // a clock that went backwards
    Rules other = rules;
    other.token = digest_of("another token");
    BOOST_TEST(!media_would_tell(post, other, began + 2h));
    other.token = Digest{};
    BOOST_TEST(!media_would_tell(post, other, began + 2h));
    other = rules;
    other.hides_attached = false; // GoToSocial, snac: it answers the same before and after
    BOOST_TEST(!media_would_tell(post, other, began + 2h));
    Post unseen = post;
    unseen.content.media[0].witness.clear();
    BOOST_TEST(!media_would_tell(unseen, rules, began + 2h));
}

BOOST_AUTO_TEST_CASE(an_upload_is_looked_at_once_before_the_post_goes_out) {
    const Rules rules = mastodon();
    Post post;
    post.id = 1;
    post.key = digest_of("a post");
    post.state = PostState::ready;
    post.content.media.resize(1);
    post.content.media[0].file = "/a.png";
    Reply ready{Verdict::media_ready, 200, {}};
    ready.media_id = "m1";
    post = decided(post, rules, began).post;
    post = answered(post, Step::upload, 0, ready, rules, began, 7).post;
    BOOST_TEST((decided(post, Rules{}, began).step == Step::publish)); // where it would prove nothing
    BOOST_TEST((decided(post, rules, began).step == Step::poll_media));
    const Post seen = answered(post, Step::poll_media, 0, ready, rules, began, 7).post;
    BOOST_TEST(seen.content.media[0].witness == witness_of(post, rules.token));
    BOOST_TEST((decided(seen, rules, began).step == Step::publish));
    // An answer that tells nothing does not stop it, and is no witness.
    const Post unseen =
        answered(post, Step::poll_media, 0, Reply{Verdict::unknown, 500, "?"}, rules, began, 7).post;
    BOOST_TEST((decided(unseen, rules, began).step == Step::publish));
    BOOST_TEST(!media_would_tell(unseen, rules, began));
}

BOOST_AUTO_TEST_CASE(already_attached_on_a_repeat_is_found_out_without_its_words) {
    const Rules rules = mastodon();
    for (const int http : {422, 400}) {
        Post post = with_picture(rules);
        post.state = PostState::sending;
        const Settled refused = answered(
            post, Step::publish, 0, Reply{Verdict::refused, http, "Medien 1 ..."}, rules, began + 150s, 7);
        BOOST_TEST((refused.post.state == PostState::doubt));
        BOOST_TEST((refused.post.code == ReasonCode::refused_in_doubt));
        Sighting sighting = closed();
        sighting.media = attached();
        BOOST_TEST(
            (looked(refused.post, sighting, rules, refused.post.next).post.state == PostState::published));
        // It was refused for something else, and is not there.
        sighting.media = Reply{Verdict::media_ready, 200, {}};
        BOOST_TEST(
            (looked(refused.post, sighting, rules, refused.post.next).post.state == PostState::failed));
        // Nothing tells.
        sighting.media.reset();
        const Post open = looked(refused.post, sighting, rules, refused.post.next).post;
        const Decision end = decided(open, rules, open.next);
        BOOST_TEST((end.post.state == PostState::held));
        BOOST_TEST((end.post.code == ReasonCode::refused_in_doubt));
        BOOST_TEST(end.post.in_doubt);
    }
}

BOOST_AUTO_TEST_CASE(a_refusal_after_a_resend_at_risk_may_come_from_attached_media) {
    // GoToSocial: 400, and the attachment answers as before; the page tells.
    Post post = with_picture(mastodon());
    post.state = PostState::sending;
    post.in_doubt = false;
    post.generation = 1;
    const Settled refused = answered(post, Step::publish, 0, Reply{Verdict::refused, 400, "Bad Request"},
                                     keyless(), began + 10min, 7);
    BOOST_TEST((refused.post.state == PostState::doubt));
    BOOST_TEST(refused.post.in_doubt);
    Sighting there = page({"hello"});
    there.timeline->statuses[0].media = {"m1"};
    BOOST_TEST(
        (looked(refused.post, there, keyless(), refused.post.next).post.state == PostState::published));
    post.content.media.clear();
    BOOST_TEST((answered(post, Step::publish, 0, Reply{Verdict::refused, 400, "no"}, keyless(), began, 7)
                    .post.state == PostState::failed));
}

BOOST_AUTO_TEST_CASE(in_doubt_nothing_is_uploaded_again) {
    Post post = with_picture(mastodon());
    post.content.media[0].uploaded = began - 23h;
    const Decision repeat = decided(post, mastodon(), began + 150s);
    BOOST_TEST((repeat.step == Step::publish));
    BOOST_TEST(repeat.post.content.media[0].server_id == "m1");
}

BOOST_AUTO_TEST_CASE(it_is_not_sent_again_and_again_by_absence) {
    Post post = unknown();
    post.generation = Rules{}.most_resends();
    Post first = looked(post, page({}), keyless(), began + 150s).post;
    const Settled second = looked(first, page({}), keyless(), began + 210s);
    BOOST_TEST((second.post.state == PostState::held));
    BOOST_TEST(second.post.in_doubt);
}

BOOST_AUTO_TEST_CASE(a_receipt_is_due_a_minute_after_publishing_where_everybody_may_see_it) {
    Rules rules;
    rules.receipt = true;
    Reply reply{Verdict::published, 200, {}};
    reply.status.emplace();
    reply.status->id = "109";
    reply.status->visibility = "public";
    Post post = unknown();
    post.state = PostState::sending;
    BOOST_TEST((answered(post, Step::publish, 0, reply, rules, began, 7).post.receipt == began + 60s));
    rules.receipt = false;
    BOOST_TEST(!answered(post, Step::publish, 0, reply, rules, began, 7).post.receipt);
    rules.receipt = true;
    post.content.visibility = Visibility::private_;
    reply.status->visibility = "private";
    BOOST_TEST(!answered(post, Step::publish, 0, reply, rules, began, 7).post.receipt);
}

BOOST_AUTO_TEST_CASE(absence_is_proven_only_when_the_request_is_surely_over) {
    // A server that locks keys may be asked again after ten seconds, and may still be at work on the first.
    Rules rules = mastodon();
    rules.locks_key = true;
    rules.idempotent = false;
    Post post = unknown();
    for (Instant now = post.next; now < began + 150s; now = post.next) {
        post = looked(post, page({}), rules, now).post;
        BOOST_TEST_REQUIRE((post.state == PostState::doubt));
        BOOST_TEST(!post.absent_since);
    }
    post = looked(post, page({}), rules, post.next).post;
    BOOST_TEST(post.absent_since.has_value());
    post = looked(post, page({}), rules, post.next).post;
    BOOST_TEST((post.state == PostState::retrying));
    BOOST_TEST(post.generation == 1);
}

BOOST_AUTO_TEST_CASE(when_no_clock_tells_when_it_was_sent_its_absence_proves_nothing) {
    Post post = unknown();
    post.key_since.reset();
    Rules rules = keyless();
    rules.boot = 2; // another boot than the attempt's
    for (int look = 0; look < 2; ++look) {
        rules.now = post.next;
        rules.mono += 10min;
        post = settle_look(decide(post, rules, rules.now).post, page({}), rules, rules.now).post;
    }
    BOOST_TEST((post.state == PostState::doubt));
    BOOST_TEST(!post.absent_since);
    BOOST_TEST(post.reason.find("no clock tells") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_clock_that_was_set_since_moves_the_window_along) {
    Post post = unknown(); // by a clock that stood five hours ahead
    Rules rules = crier::test::at(keyless(), began + 1h);
    rules.now = began - 4h;
    rules.server_now.reset();
    post.key_since.reset();
    const Window window = window_of(post, rules);
    BOOST_TEST(window.known);
    BOOST_TEST((window.begin == began - 5h));
}

BOOST_AUTO_TEST_SUITE_END()
