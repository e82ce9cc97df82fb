#include "core/delivery/amend.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace crier;
using namespace crier::delivery;
using namespace std::chrono_literals;

namespace {

const Instant amended_at = *from_rfc3339("2026-11-24T12:00:00Z");

Post post_there(bool poll = false) {
    Post post;
    post.id = 7;
    post.state = PostState::published;
    post.status_id = "109";
    post.content.status = "old words";
    post.first_attempt = amended_at;
    post.last_attempt = amended_at;
    if (poll) {
        post.content.poll.emplace();
        post.content.poll->options = {"yes", "no"};
        post.content.poll->open = 24h;
        post.content.poll->hide_totals = true;
    }
    return post;
}

Amendment order_for(const Post& post, Amendment::Kind kind, bool person) {
    Amendment amendment;
    amendment.post = post.id;
    amendment.kind = kind;
    amendment.person = person;
    amendment.content = post.content;
    amendment.content.status = "new words";
    amendment.asked = amended_at;
    amendment.next = amended_at;
    return amendment;
}

Amended amend_reply(Amendment::Kind kind, bool person, Verdict verdict, int http = 0) {
    const Post post = post_there();
    return settle_amendment(order_for(post, kind, person), post, Reply{verdict, http, {}}, DeliveryTuning{},
                            amended_at, 1);
}

} // namespace

BOOST_AUTO_TEST_SUITE(delivery_amend)

BOOST_AUTO_TEST_CASE(a_deletion_says_who_wanted_it) {
    BOOST_TEST(
        (amend_reply(Amendment::Kind::remove, true, Verdict::removed).post.code == ReasonCode::undone));
    BOOST_TEST(
        (amend_reply(Amendment::Kind::remove, false, Verdict::removed).post.code == ReasonCode::taken_back));
    const Amended gone = amend_reply(Amendment::Kind::remove, true, Verdict::not_found, 404);
    BOOST_TEST((gone.post.state == PostState::deleted));
    BOOST_TEST((gone.post.code == ReasonCode::deleted_there));
    BOOST_TEST(gone.post.reason == "a person wanted it gone, and it was gone already");
}

/// Else those behind it would be made before it, and a reply be seen without what it answers to.
BOOST_AUTO_TEST_CASE(a_limit_takes_nobodys_turn) {
    const Amended limited = amend_reply(Amendment::Kind::remove, true, Verdict::limited, 429);
    BOOST_TEST((limited.amendment.next == amended_at));
    BOOST_TEST((limited.lane.kind == LaneEffect::Kind::not_before));
    BOOST_TEST((limited.lane.until == amended_at + 1min));
}

BOOST_AUTO_TEST_CASE(what_a_person_wants_is_tried_for_a_day_and_a_source_for_some_hours) {
    for (const bool person : {false, true}) {
        const Post post = post_there();
        Amendment amendment = order_for(post, Amendment::Kind::remove, person);
        int tries = 0;
        for (; amendment.next && tries < 1000; ++tries)
            amendment = settle_amendment(amendment, post, Reply{Verdict::unknown, 500, {}}, DeliveryTuning{},
                                         amended_at, 1)
                            .amendment;
        BOOST_TEST(tries == (person ? amend_tries_of_person : amend_tries));
    }
}

BOOST_AUTO_TEST_CASE(a_persons_edits_are_not_counted_against_the_post) {
    const Post post = post_there();
    for (const bool person : {false, true}) {
        Amendment amendment = order_for(post, Amendment::Kind::edit, person);
        amendment.edits = most_edits - 1;
        const Amended made = settle_amendment(amendment, post, Reply{Verdict::published, 200, {}},
                                              DeliveryTuning{}, amended_at, 1);
        BOOST_TEST(made.amendment.closed == !person);
        BOOST_TEST(made.post.content.status == "new words");
    }
}

BOOST_AUTO_TEST_CASE(a_poll_goes_along_with_what_is_left_of_its_time) {
    const Post post = post_there(true);
    Amendment amendment =
        prepared(order_for(post, Amendment::Kind::edit, true), post, ServerProfile{}, amended_at + 23h);
    BOOST_REQUIRE(amendment.next);
    const PostContent sent = edit_to_send(amendment, post, amended_at + 23h);
    BOOST_TEST((sent.poll->open == Duration{1h}));
    BOOST_TEST((sent.poll->options == post.content.poll->options));
    BOOST_TEST(sent.poll->hide_totals);
    // What is recorded is how long it was open from the moment of posting on.
    const Amended made = settle_amendment(amendment, post, Reply{Verdict::published, 200, {}},
                                          DeliveryTuning{}, amended_at, 1);
    BOOST_TEST((made.post.content.poll->open == Duration{24h}));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_edited_says_why) {
    struct Row {
        bool poll;
        bool edits;
        Duration after;
        const char* why; ///< empty: it can
    };
    const Row rows[] = {
        {false, true, 1h, ""},
        {false, false, 1h, "cannot edit what is published"},
        {true, true, 24h - 5min, ""},
        {true, true, 24h - 5min + 1s, "less than five minutes"},
        {true, true, 24h, "its poll is over"},
        {true, true, 48h, "its poll is over"},
    };
    for (const Row& row : rows) {
        const Post post = post_there(row.poll);
        ServerProfile server;
        server.edits = row.edits;
        const std::string why = not_editable(post, server, amended_at + row.after);
        BOOST_TEST(why.empty() == std::string_view{row.why}.empty(), why);
        BOOST_TEST(why.find(row.why) != std::string::npos, why);
        const Amendment amendment =
            prepared(order_for(post, Amendment::Kind::edit, true), post, server, amended_at + row.after);
        BOOST_TEST(amendment.next.has_value() == why.empty());
        BOOST_TEST(amendment.note == (why.empty() ? "" : "not edited: " + why));
    }
    Post post = post_there();
    post.content.media.resize(1); // found on the page, and not by its media
    BOOST_TEST(!not_editable(post, ServerProfile{}, amended_at).empty());
}

BOOST_AUTO_TEST_CASE(a_deletion_takes_the_pin_along) {
    Post post = post_there();
    post.pin_next = amended_at;
    const Amended made = settle_amendment(order_for(post, Amendment::Kind::remove, true), post,
                                          Reply{Verdict::removed, 200, {}}, DeliveryTuning{}, amended_at, 1);
    BOOST_TEST(!made.post.pin_next);
}

BOOST_AUTO_TEST_SUITE_END()
