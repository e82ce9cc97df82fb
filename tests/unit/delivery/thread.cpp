#include "core/delivery/thread.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace std::chrono_literals;

namespace {

const Instant thirteen = *from_rfc3339("2026-11-24T13:00:00Z");

Post first_part(PostState state) {
    Post post;
    post.id = 7;
    post.key = digest_of("first");
    post.parts = 2;
    post.state = state;
    post.expires = thirteen + 1h;
    post.status_id = state == PostState::published ? "1000" : "";
    return post;
}

Post second_part() {
    Post post;
    post.expires = thirteen + 1h;
    return delivery::behind(std::move(post), first_part(PostState::ready), thirteen);
}

} // namespace

BOOST_AUTO_TEST_SUITE(delivery_thread)

BOOST_AUTO_TEST_CASE(a_later_part_waits_without_end_and_never_expires) {
    const Post part = second_part();
    BOOST_TEST((part.state == PostState::waiting));
    BOOST_TEST((part.code == ReasonCode::thread));
    BOOST_TEST((part.next == Instant::max()));
    BOOST_TEST((part.parent == digest_of("first")));
    BOOST_TEST(!part.expires);
    BOOST_TEST(part.reason == "waits for part 1 (post 7)");
    BOOST_TEST(delivery::part_of(part) == "part 2 of 2");
    BOOST_TEST(!delivery::has_follower(part));
    BOOST_TEST(delivery::has_follower(first_part(PostState::ready)));
    BOOST_TEST(delivery::lacks_parent(part));
}

BOOST_AUTO_TEST_CASE(each_state_of_the_part_before_says_what_the_next_does) {
    const struct {
        PostState before;
        PostState then;
    } moves[] = {{PostState::doubt, PostState::waiting},       {PostState::held, PostState::held},
                 {PostState::failed, PostState::held},         {PostState::deleted, PostState::held},
                 {PostState::cancelled, PostState::cancelled}, {PostState::expired, PostState::expired},
                 {PostState::published, PostState::ready}};
    for (const auto& move : moves)
        BOOST_TEST_CONTEXT(to_text(move.before)) {
            const auto part = delivery::after(second_part(), first_part(move.before), thirteen);
            BOOST_REQUIRE(part);
            BOOST_TEST((part->state == move.then));
            BOOST_TEST(part->content.in_reply_to == (move.before == PostState::published ? "1000" : ""));
        }
    BOOST_TEST(!delivery::after(second_part(), first_part(PostState::sending), thirteen)); // waits already
}

BOOST_AUTO_TEST_CASE(a_part_that_goes_on_comes_before_everything_else) {
    const auto part = delivery::after(second_part(), first_part(PostState::published), thirteen);
    BOOST_REQUIRE(part);
    BOOST_TEST((part->priority == Priority::thread));
    BOOST_TEST((part->next == thirteen));
    BOOST_TEST(part->reason.empty());
}

BOOST_AUTO_TEST_CASE(a_published_part_without_a_number_is_nothing_to_reply_to) {
    Post before = first_part(PostState::published);
    before.status_id.clear();
    const auto part = delivery::after(second_part(), before, thirteen);
    BOOST_REQUIRE(part);
    BOOST_TEST((part->state == PostState::held));
}

BOOST_AUTO_TEST_CASE(what_a_person_or_the_server_made_of_a_part_is_left_alone) {
    Post part = second_part();
    part.code = ReasonCode::person;
    part.state = PostState::held;
    BOOST_TEST(!delivery::after(part, first_part(PostState::published), thirteen));
    part = second_part();
    part.state = PostState::cancelled;
    BOOST_TEST(!delivery::after(part, first_part(PostState::published), thirteen));
    part = second_part();
    part.content.in_reply_to = "5"; // held for a 404: its own trouble
    part.state = PostState::held;
    BOOST_TEST(!delivery::after(part, first_part(PostState::published), thirteen));
}

BOOST_AUTO_TEST_SUITE_END()
