#include "core/delivery/undo.hpp"

#include "decided.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace crier;
using namespace crier::delivery;
using namespace crier::test;
using namespace std::chrono_literals;

namespace {

const Instant undone_at = *from_rfc3339("2026-11-24T12:00:00Z");

Post in_state(PostState state, bool in_doubt = false) {
    Post post;
    post.id = 7;
    post.key = digest_of("a post");
    post.account = "news";
    post.state = state;
    post.in_doubt = in_doubt;
    post.content.status = "hello";
    post.due = post.next = post.created = undone_at;
    if (state == PostState::published)
        post.status_id = "109";
    return post;
}

/// Two minutes after an attempt that brought no reply.
Post undone_in_doubt() {
    Post post = in_state(PostState::ready);
    post = decided(post, Rules{}, undone_at).post;
    Reply lost{Verdict::unknown, 0, "no reply"};
    post = answered(post, Step::publish, 0, lost, Rules{}, undone_at + 1s, 1).post;
    BOOST_REQUIRE((post.state == PostState::doubt));
    return undo(post, undone_at + 2s, undone_at + 2s).post;
}

} // namespace

BOOST_AUTO_TEST_SUITE(delivery_undo)

BOOST_AUTO_TEST_CASE(what_becomes_of_a_post_in_each_state) {
    struct Row {
        PostState state;
        bool in_doubt;
        Undo what;
        PostState after;
        bool removal;
    };
    const Row rows[] = {
        {PostState::waiting, false, Undo::cancel, PostState::cancelled, false},
        {PostState::ready, false, Undo::cancel, PostState::cancelled, false},
        {PostState::uploading, false, Undo::cancel, PostState::cancelled, false},
        {PostState::retrying, false, Undo::cancel, PostState::cancelled, false},
        {PostState::held, false, Undo::cancel, PostState::cancelled, false},
        {PostState::sending, false, Undo::find, PostState::sending, true},
        {PostState::doubt, true, Undo::find, PostState::doubt, true},
        {PostState::uploading, true, Undo::find, PostState::uploading, true},
        {PostState::held, true, Undo::find, PostState::doubt, true},
        {PostState::published, false, Undo::remove, PostState::published, true},
        {PostState::failed, false, Undo::nothing, PostState::failed, false},
        {PostState::expired, false, Undo::nothing, PostState::expired, false},
        {PostState::cancelled, false, Undo::nothing, PostState::cancelled, false},
        {PostState::deleted, false, Undo::nothing, PostState::deleted, false},
    };
    for (const Row& row : rows) {
        const Undoing made = undo(in_state(row.state, row.in_doubt), undone_at, undone_at + 1s);
        BOOST_TEST_CONTEXT(to_text(row.state)) {
            BOOST_TEST((made.what == row.what));
            BOOST_TEST((made.post.state == row.after));
            BOOST_TEST(made.amendment.has_value() == row.removal);
            BOOST_TEST(made.post.undone.has_value() == (row.what == Undo::find));
        }
        if (!made.amendment)
            continue;
        BOOST_TEST((made.amendment->kind == Amendment::Kind::remove));
        BOOST_TEST(made.amendment->person);
        BOOST_TEST((made.amendment->next == undone_at + 1s));
    }
    Post nameless = in_state(PostState::published);
    nameless.status_id.clear();
    BOOST_TEST((undo(nameless, undone_at, undone_at).what == Undo::by_hand));
    BOOST_TEST(!undo(nameless, undone_at, undone_at).amendment);
}

BOOST_AUTO_TEST_CASE(one_in_doubt_is_never_repeated_although_the_server_would_know_its_key) {
    Rules rules;
    rules.look = true;
    const Post post = undone_in_doubt();
    BOOST_TEST((decided(post, rules, undone_at + 5min).step == Step::look));
    Post kept = post;
    kept.undone.reset();
    BOOST_TEST((decided(kept, rules, undone_at + 5min).step == Step::publish));
}

BOOST_AUTO_TEST_CASE(where_nothing_can_tell_it_is_held_and_says_so) {
    const Decision decision = decided(undone_in_doubt(), Rules{}, undone_at + 5min);
    BOOST_TEST((decision.step == Step::settle));
    BOOST_TEST((decision.post.state == PostState::held));
    BOOST_TEST((decision.post.code == ReasonCode::undone));
    BOOST_TEST(decision.post.in_doubt);
    BOOST_TEST(decision.post.reason.find("the server may have it") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(one_that_turns_out_not_to_be_published_is_cancelled_and_not_sent_again) {
    Post post = in_state(PostState::retrying);
    post.undone = undone_at;
    post.next = undone_at + 1h; // a limit
    const Decision decision = decided(post, Rules{}, undone_at + 1min);
    BOOST_TEST((decision.step == Step::settle));
    BOOST_TEST((decision.post.state == PostState::cancelled));
    BOOST_TEST((decision.post.code == ReasonCode::undone));
}

BOOST_AUTO_TEST_CASE(one_that_is_certainly_absent_is_cancelled) {
    Rules rules;
    rules.look = true;
    Post post = undone_in_doubt();
    Sighting sighting;
    sighting.timeline.emplace();
    sighting.timeline->sight = Sight::seen;
    sighting.timeline->http = 200;
    sighting.timeline->reaches_back = true;
    sighting.timeline->ahead = Duration::zero();
    SeenStatus other;
    other.id = "100";
    other.created = undone_at + 1s;
    other.text = "one of ours";
    sighting.timeline->statuses.push_back(std::move(other));
    sighting.ours = {"100"};
    Settled settled;
    for (Instant now = undone_at + 10min; post.state == PostState::doubt && now < undone_at + 1h;
         now += 10min) {
        Decision decision = decided(post, rules, now);
        BOOST_REQUIRE((decision.step == Step::look));
        settled = looked(decision.post, sighting, rules, now);
        post = settled.post;
    }
    BOOST_TEST((post.state == PostState::cancelled));
    BOOST_TEST((post.code == ReasonCode::undone), post.reason);
}

BOOST_AUTO_TEST_SUITE_END()
