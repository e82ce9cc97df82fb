#include "core/delivery/pin.hpp"

#include "core/delivery/amend.hpp"
#include "decided.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::delivery;
using namespace crier::test;
using namespace std::chrono_literals;

namespace {

const Instant pinned_at = *from_rfc3339("2026-11-24T12:00:00Z");

Post to_pin() {
    Post post;
    post.id = 7;
    post.state = PostState::published;
    post.status_id = "109";
    post.content.pin = true;
    post.pin_next = pinned_at;
    return post;
}

Settled pin_reply(Post post, Verdict verdict, int http, std::string words = {}) {
    return settle_pin(std::move(post), Reply{verdict, http, std::move(words)}, DeliveryTuning{}, pinned_at,
                      1);
}

} // namespace

BOOST_AUTO_TEST_SUITE(delivery_pin)

BOOST_AUTO_TEST_CASE(whatever_is_answered_the_post_stays_published) {
    struct Row {
        Verdict verdict;
        int http;
        bool asked_again;
        ReasonCode code;
        LaneEffect::Kind lane;
    };
    const Row rows[] = {
        {Verdict::pinned, 200, false, ReasonCode::none, LaneEffect::Kind::none},
        {Verdict::refused, 403, false, ReasonCode::not_as_asked, LaneEffect::Kind::none},
        {Verdict::refused, 422, false, ReasonCode::not_as_asked, LaneEffect::Kind::none},
        {Verdict::refused, 404, false, ReasonCode::not_as_asked, LaneEffect::Kind::none},
        {Verdict::unknown, 500, true, ReasonCode::none, LaneEffect::Kind::none},
        {Verdict::not_sent, 0, true, ReasonCode::none, LaneEffect::Kind::back_off},
        {Verdict::limited, 429, true, ReasonCode::none, LaneEffect::Kind::not_before},
        {Verdict::unauthorized, 401, true, ReasonCode::none, LaneEffect::Kind::token},
    };
    for (const Row& row : rows) {
        const Settled settled = pin_reply(to_pin(), row.verdict, row.http);
        BOOST_TEST_CONTEXT(to_text(row.verdict) << ' ' << row.http) {
            BOOST_TEST((settled.post.state == PostState::published));
            BOOST_TEST(settled.post.pin_next.has_value() == row.asked_again);
            BOOST_TEST((settled.post.code == row.code));
            BOOST_TEST((settled.lane.kind == row.lane));
        }
    }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_had_is_said_beside_what_else_is_not_as_asked) {
    Post post = pin_reply(to_pin(), Verdict::refused, 403, "outside the authorized scopes").post;
    BOOST_TEST(post.reason == "published, but not pinned: 403 outside the authorized scopes");
    post = to_pin();
    post.code = ReasonCode::not_as_asked;
    post.reason = "published, but as unlisted and not as public";
    post = pin_reply(post, Verdict::refused, 422, "too many").post;
    BOOST_TEST(post.reason == "published, but as unlisted and not as public; not pinned: 422 too many");
}

BOOST_AUTO_TEST_CASE(a_server_that_never_does_it_is_asked_so_often) {
    Post post = to_pin();
    for (int i = 0; i < amend_tries; ++i) {
        BOOST_REQUIRE(post.pin_next);
        post = pin_reply(post, Verdict::unknown, 502).post;
    }
    BOOST_TEST(!post.pin_next);
    BOOST_TEST(post.reason.find("given up after 12 tries") != std::string::npos, post.reason);
}

BOOST_AUTO_TEST_CASE(a_server_without_pins_is_not_asked) {
    ServerProfile server;
    server.pins = false;
    const Post post = prepared_pin(to_pin(), server);
    BOOST_TEST(!post.pin_next);
    BOOST_TEST((post.code == ReasonCode::not_as_asked));
    BOOST_TEST(prepared_pin(to_pin(), ServerProfile{}).pin_next.has_value());
}

BOOST_AUTO_TEST_CASE(a_post_is_pinned_once_it_is_published_and_not_one_that_is_to_go) {
    Post post;
    post.key = digest_of("a post");
    post.state = PostState::ready;
    post.content.pin = true;
    post.next = pinned_at;
    post = decided(post, Rules{}, pinned_at).post;
    Reply reply{Verdict::published, 200, {}};
    reply.status.emplace();
    reply.status->id = "109";
    BOOST_TEST((answered(post, Step::publish, 0, reply, Rules{}, pinned_at, 1).post.pin_next == pinned_at));
    post.undone = pinned_at;
    BOOST_TEST(!answered(post, Step::publish, 0, reply, Rules{}, pinned_at, 1).post.pin_next);
}

BOOST_AUTO_TEST_SUITE_END()
