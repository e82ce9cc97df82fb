#include "core/delivery/machine.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::delivery;
using namespace std::chrono_literals;

namespace {

const Instant sent_at = *from_rfc3339("2026-11-24T12:00:00Z");

/// A post whose first attempt was just made.
Post sent(bool in_doubt = false) {
    Post post;
    post.id = 1;
    post.key = digest_of("a post");
    post.account = "news";
    post.state = PostState::ready;
    post.next = sent_at;
    post.content.status = "hello";
    post = decide(post, Rules{}, sent_at).post;
    post.in_doubt = in_doubt;
    return post;
}

Reply published_by(std::string account) {
    Reply reply{Verdict::published, 200, {}};
    PublishedStatus status;
    status.id = "109";
    status.url = "https://example.org/@news/109";
    status.account_name = std::move(account);
    status.visibility = "public";
    reply.status = std::move(status);
    return reply;
}

Settled answer(const Post& post, const Reply& reply, const Rules& rules = {}) {
    return settle(post, Step::publish, 0, reply, rules, sent_at + 1s, 12345);
}

} // namespace

BOOST_AUTO_TEST_SUITE(delivery_settle)

BOOST_AUTO_TEST_CASE(a_status_in_the_reply_ends_every_doubt) {
    const Settled settled = answer(sent(true), published_by("news"));
    BOOST_TEST((settled.post.state == PostState::published));
    BOOST_TEST(!settled.post.in_doubt);
    BOOST_TEST(settled.post.status_id == "109");
    BOOST_TEST(settled.post.status_url == "https://example.org/@news/109");
    BOOST_TEST((settled.lane.kind == LaneEffect::Kind::none));
}

BOOST_AUTO_TEST_CASE(a_reply_from_another_account_stops_the_lane_for_good) {
    Rules rules;
    rules.handle = "news";
    const Settled settled = answer(sent(), published_by("private_me"), rules);
    BOOST_TEST((settled.post.state == PostState::published));
    BOOST_TEST((settled.lane.kind == LaneEffect::Kind::wrong_account));
    BOOST_TEST(settled.lane.reason == "the token belongs to @private_me, not to @news");
}

BOOST_AUTO_TEST_CASE(an_accounts_name_is_the_same_however_it_is_written) {
    Rules rules;
    rules.handle = "News_Bot";
    BOOST_TEST((answer(sent(), published_by("news_bot"), rules).lane.kind == LaneEffect::Kind::none));
}

/// The account's default marks media; what an edit does not say is taken off.
BOOST_AUTO_TEST_CASE(a_mark_that_the_server_put_on_stays_with_the_post) {
    Reply reply = published_by("news");
    reply.status->sensitive = true;
    BOOST_TEST(!answer(sent(), reply).post.content.sensitive); // it has no media
    Post post = sent();
    post.content.media.resize(1);
    BOOST_TEST(answer(post, reply).post.content.sensitive);
    post.content.spoiler_text = "the warning's doing";
    BOOST_TEST(!answer(post, reply).post.content.sensitive);
}

BOOST_AUTO_TEST_CASE(where_errors_are_kept_under_a_key_the_next_attempt_has_another_one) {
    Rules rules;
    rules.keeps_errors = true;
    const Reply errors[] = {{Verdict::limited, 429, "Throttled"},
                            {Verdict::forbidden, 403, "Insufficient permissions"},
                            {Verdict::unauthorized, 403, "Invalid credentials."},
                            {Verdict::refused, 422, "no"}};
    for (const Reply& error : errors) {
        BOOST_TEST(answer(sent(), error, rules).post.generation == 1);
        BOOST_TEST(answer(sent(), error).post.generation == 0); // elsewhere it is the same key
        // What may be published already is asked for under its own.
        BOOST_TEST(answer(sent(true), error, rules).post.generation == 0);
        BOOST_TEST(answer(sent(true), error, rules).post.in_doubt);
    }
    BOOST_TEST(answer(sent(), Reply{Verdict::not_sent, 0, "refused"}, rules).post.generation == 0);
    Post uploading = sent();
    uploading.content.media.resize(1);
    const Reply limited{Verdict::limited, 429, "Throttled"}; // an upload has no key
    BOOST_TEST(settle(uploading, Step::upload, 0, limited, rules, sent_at, 7).post.generation == 0);
    BOOST_TEST(answer(sent(), Reply{Verdict::unknown, 500, "?"}, rules).post.generation == 0);
}

BOOST_AUTO_TEST_CASE(a_new_key_after_an_error_is_no_resend_at_risk) {
    Rules rules;
    rules.keeps_errors = true;
    Post post = sent();
    post.generation = 5;
    post.content.media.resize(1);
    const Settled settled = answer(post, Reply{Verdict::refused, 422, "no"}, rules);
    BOOST_TEST((settled.post.state == PostState::failed));
    BOOST_TEST(rules.most_resends() > 10);
    BOOST_TEST(Rules{}.most_resends() == 3);
}

BOOST_AUTO_TEST_CASE(published_otherwise_than_asked_is_said) {
    Post post = sent();
    post.content.visibility = Visibility::unlisted;
    BOOST_TEST(answer(post, published_by("news")).post.reason ==
               "published, but as public and not as unlisted");
    post = sent();
    post.content.media.resize(2);
    BOOST_TEST(answer(post, published_by("news")).post.reason == "published, but with 0 of 2 media");
}

BOOST_AUTO_TEST_CASE(an_unknown_outcome_is_doubt_with_a_quiet_period) {
    for (const int http : {0, 500, 502, 504, 200}) {
        const Settled settled = answer(sent(), Reply{Verdict::unknown, http, "?"});
        BOOST_TEST((settled.post.state == PostState::doubt));
        BOOST_TEST(settled.post.in_doubt);
        BOOST_TEST((settled.post.next == sent_at + 1s + 150s));
    }
}

BOOST_AUTO_TEST_CASE(what_certainly_was_not_sent_is_sent_again_by_a_lane_that_backs_off) {
    const Settled settled = answer(sent(), Reply{Verdict::not_sent, 0, "connection refused"});
    BOOST_TEST((settled.post.state == PostState::retrying));
    BOOST_TEST(!settled.post.in_doubt);
    BOOST_TEST((settled.lane.kind == LaneEffect::Kind::back_off));
    BOOST_TEST(settled.post.reason == "connection refused");
}

BOOST_AUTO_TEST_CASE(a_later_attempt_that_was_not_sent_leaves_the_doubt) {
    const Settled settled = answer(sent(true), Reply{Verdict::not_sent, 0, "connection refused"});
    BOOST_TEST((settled.post.state == PostState::doubt));
    BOOST_TEST(settled.post.in_doubt);
}

BOOST_AUTO_TEST_CASE(a_limit_is_obeyed_to_the_second) {
    Reply reply{Verdict::limited, 429, "Too many requests"};
    reply.rate.reset = sent_at + 123s;
    Settled settled = answer(sent(), reply);
    BOOST_TEST((settled.post.state == PostState::retrying));
    BOOST_TEST((settled.lane.kind == LaneEffect::Kind::not_before));
    BOOST_TEST((settled.lane.until == sent_at + 123s));
    reply.rate.reset.reset();
    reply.rate.retry_after = 30s;
    BOOST_TEST((answer(sent(), reply).lane.until == sent_at + 31s));
    reply.rate.retry_after.reset();
    BOOST_TEST((answer(sent(), reply).lane.until == sent_at + 61s));
}

BOOST_AUTO_TEST_CASE(a_dead_token_stops_the_lane_and_keeps_the_post) {
    Reply reply{Verdict::unauthorized, 401, "The access token is invalid"};
    reply.hint = "put the access token there";
    const Settled settled = answer(sent(), reply);
    BOOST_TEST((settled.post.state == PostState::retrying));
    BOOST_TEST((settled.lane.kind == LaneEffect::Kind::token));
    BOOST_TEST(settled.lane.reason == "401 The access token is invalid");
    BOOST_TEST(settled.lane.action == "put the access token there");
}

BOOST_AUTO_TEST_CASE(a_refusal_fails_the_post_with_the_servers_words) {
    const Settled settled =
        answer(sent(), Reply{Verdict::refused, 422, "Validation failed: Text is too long"});
    BOOST_TEST((settled.post.state == PostState::failed));
    BOOST_TEST(settled.post.reason == "422 Validation failed: Text is too long");
}

BOOST_AUTO_TEST_CASE(a_refusal_settles_only_itself_while_an_earlier_attempt_is_in_doubt) {
    const Settled settled = answer(sent(true), Reply{Verdict::refused, 422, "no"});
    BOOST_TEST((settled.post.state == PostState::held));
    BOOST_TEST(settled.post.in_doubt);
}

BOOST_AUTO_TEST_CASE(not_found_on_a_repeat_means_published_and_deleted) {
    BOOST_TEST((answer(sent(true), Reply{Verdict::not_found, 404, "Record not found"}).post.state ==
                PostState::deleted));
    BOOST_TEST(
        (answer(sent(), Reply{Verdict::not_found, 404, "Record not found"}).post.state == PostState::failed));
}

BOOST_AUTO_TEST_CASE(unfinished_media_are_waited_for_but_not_for_ever) {
    Post post = sent();
    post.content.media.resize(1);
    post.content.media[0].server_id = "m1";
    post.content.media[0].processed = true;
    Settled settled = answer(post, Reply{Verdict::not_ready, 422, "not finished processing"});
    BOOST_TEST((settled.post.state == PostState::retrying));
    BOOST_TEST(!settled.post.content.media[0].processed);
    BOOST_TEST((settled.post.next > sent_at));
    post.tries = media_tries;
    BOOST_TEST((answer(post, Reply{Verdict::not_ready, 422, "no"}).post.state == PostState::held));
}

BOOST_AUTO_TEST_CASE(an_upload_keeps_its_id_and_is_polled_until_it_is_ready) {
    Post post = sent();
    post.state = PostState::uploading;
    post.content.media.resize(1);
    post.content.media[0].file = "/a.mp4";
    Reply reply{Verdict::media_pending, 202, {}};
    reply.media_id = "m1";
    Settled settled = settle(post, Step::upload, 0, reply, Rules{}, sent_at, 0);
    BOOST_TEST(settled.post.content.media[0].server_id == "m1");
    BOOST_TEST(!settled.post.content.media[0].processed);
    BOOST_TEST((settled.post.next == sent_at + 1s));
    reply.verdict = Verdict::media_ready;
    settled = settle(settled.post, Step::poll_media, 0, reply, Rules{}, sent_at + 1s, 1);
    BOOST_TEST(settled.post.content.media[0].processed);
    BOOST_TEST((settled.post.next <= sent_at + 1s));
}

BOOST_AUTO_TEST_CASE(looks_at_an_upload_come_less_and_less_often_until_the_server_would_throw_it_away) {
    Post post = sent();
    post.state = PostState::uploading;
    post.content.media.resize(1);
    post.content.media[0].file = "/a.mp4";
    post.content.media[0].server_id = "m1";
    post.content.media[0].uploaded = sent_at;
    Reply reply{Verdict::media_pending, 206, {}};
    reply.media_id = "m1";
    const Duration expected[] = {1s, 2s, 4s, 8s, 8s, 8s, 8s, 8s, 8s, 8s, 16s, 32s, 64s, 128s, 240s, 240s};
    int tries = 0;
    for (const Duration pause : expected) {
        post.tries = tries++;
        const Settled least = settle(post, Step::poll_media, 0, reply, Rules{}, sent_at, 0);
        BOOST_TEST((least.post.next == sent_at + pause));
        for (const std::uint64_t jitter : {1ULL << 20U, 1ULL << 40U, ~0ULL}) {
            const Settled other = settle(post, Step::poll_media, 0, reply, Rules{}, sent_at, jitter);
            BOOST_TEST((other.post.next <= sent_at + pause));
            BOOST_TEST((other.post.next >= sent_at + pause * 3 / 4));
        }
    }
    const Settled late = settle(post, Step::poll_media, 0, reply, Rules{}, sent_at + media_life - 1min, 0);
    BOOST_TEST((late.post.state == PostState::held));
    BOOST_TEST((late.post.code == ReasonCode::processing));
    BOOST_TEST(late.post.reason == "the server has not finished processing /a.mp4 in 20h");
}

BOOST_AUTO_TEST_CASE(a_file_that_tells_too_much_is_held_or_left_out) {
    Post post = sent();
    post.state = PostState::uploading;
    post.content.media.resize(1);
    post.content.media[0].file = "/a.ogg";
    Reply reply{Verdict::media_kept_back, 0, "is to be stripped, and is not"};
    reply.hint = "strip it by yourself";
    Settled settled = settle(post, Step::fetch, 0, reply, Rules{}, sent_at, 7);
    BOOST_TEST((settled.post.state == PostState::held));
    BOOST_TEST(settled.post.reason == "/a.ogg: is to be stripped, and is not. strip it by yourself");
    post.content.media[0].required = false;
    settled = settle(post, Step::fetch, 0, reply, Rules{}, sent_at, 7);
    BOOST_TEST((settled.post.state == PostState::ready));
    BOOST_TEST(settled.post.content.media.empty());
}

BOOST_AUTO_TEST_CASE(an_upload_of_unknown_outcome_is_no_doubt) {
    Post post = sent();
    post.state = PostState::uploading;
    post.content.media.resize(1);
    const Settled settled =
        settle(post, Step::upload, 0, Reply{Verdict::unknown, 502, "Bad Gateway"}, Rules{}, sent_at, 7);
    BOOST_TEST((settled.post.state == PostState::retrying));
    BOOST_TEST(!settled.post.in_doubt);
}

BOOST_AUTO_TEST_CASE(a_picture_that_cannot_be_had_fails_the_post_or_is_left_out_as_asked) {
    Post post = sent();
    post.state = PostState::uploading;
    post.content.media.resize(1);
    post.content.media[0].file = "/a.png";
    const Reply reply{Verdict::media_failed, 422, "File is invalid"};
    Settled settled = settle(post, Step::upload, 0, reply, Rules{}, sent_at, 7);
    BOOST_TEST((settled.post.state == PostState::failed));
    BOOST_TEST(settled.post.reason == "/a.png: 422 File is invalid");
    post.content.media[0].required = false;
    settled = settle(post, Step::upload, 0, reply, Rules{}, sent_at, 7);
    BOOST_TEST((settled.post.state == PostState::ready));
    BOOST_TEST(settled.post.content.media.empty());
    BOOST_TEST(settled.post.reason == "goes out without /a.png: 422 File is invalid");
}

BOOST_AUTO_TEST_CASE(a_post_of_which_nothing_is_left_is_not_sent) {
    Post post = sent();
    post.state = PostState::uploading;
    post.content.status.clear();
    post.content.media.resize(1);
    post.content.media[0].file = "/a.png";
    post.content.media[0].required = false;
    const Settled settled = settle(post, Step::upload, 0,
                                   Reply{Verdict::media_failed, 422, "File is invalid"}, Rules{}, sent_at, 7);
    BOOST_TEST((settled.post.state == PostState::failed));
    BOOST_TEST(settled.post.reason == "nothing is left of the post without /a.png: 422 File is invalid");
}

BOOST_AUTO_TEST_CASE(what_was_noted_of_a_post_is_still_said_when_it_is_out) {
    Post post;
    post.state = PostState::ready;
    post.content.status = "hello";
    post.reason = "shortened to fit";
    post = decide(post, Rules{}, sent_at).post;
    BOOST_TEST(answer(post, published_by("news")).post.reason == "shortened to fit");
    post = answer(post, Reply{Verdict::limited, 429, "Too many requests"}).post;
    post = decide(post, Rules{}, post.next).post; // what became of an attempt is over with the next
    BOOST_TEST(answer(post, published_by("news")).post.reason.empty());
}

BOOST_AUTO_TEST_SUITE_END()
