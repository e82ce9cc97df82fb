#include "engine/sieve.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::engine;
using namespace std::chrono_literals;

namespace {

const Instant noon = *from_rfc3339("2026-11-24T12:00:00Z");

rates::Turn turn_at(Instant when) {
    rates::Turn turn;
    turn.add(when, "a limit");
    return turn;
}

Post post_of(Priority priority) {
    Post post;
    post.priority = priority;
    return post;
}

/// What the next look asks for.
std::pair<Admit, Admit> asked(Sieve& sieve) {
    LaneQuery query;
    sieve.ask(query);
    return {query.scheduled, query.others};
}

const rates::Needs plain = rates::Needs{}.add(rates::Call::publish);
const rates::Needs pictured = rates::Needs{}.add(rates::Call::publish).add(rates::Call::upload);

} // namespace

BOOST_AUTO_TEST_SUITE(engine_sieve)

BOOST_AUTO_TEST_CASE(what_holds_back_a_picture_lets_text_through) {
    Sieve sieve;
    BOOST_TEST((asked(sieve) == std::pair{Admit::all, Admit::all}));
    sieve.hold_back(turn_at(noon));
    sieve.pass_over(post_of(Priority::item), pictured);
    BOOST_TEST((asked(sieve) == std::pair{Admit::all, Admit::text}));
    sieve.pass_over(post_of(Priority::scheduled), pictured);
    BOOST_TEST((asked(sieve) == std::pair{Admit::text, Admit::text}));
    sieve.pass_over(post_of(Priority::manual), plain);
    BOOST_TEST((asked(sieve) == std::pair{Admit::text, Admit::none}));
}

BOOST_AUTO_TEST_CASE(a_post_in_doubt_says_nothing_of_new_ones) {
    Sieve sieve;
    Post post = post_of(Priority::scheduled);
    post.in_doubt = true;
    sieve.hold_back(turn_at(noon));
    sieve.pass_over(post, plain);
    BOOST_TEST((asked(sieve) == std::pair{Admit::all, Admit::all}));
}

BOOST_AUTO_TEST_CASE(it_is_empty_only_when_another_look_brings_nothing_and_until_the_first_turn) {
    Sieve sieve;
    (void)asked(sieve);
    BOOST_TEST(!sieve.is_empty(noon)); // nothing is held back: what is due tells
    sieve.hold_back(turn_at(noon + 2h));
    sieve.hold_back(turn_at(noon + 1h));
    sieve.pass_over(post_of(Priority::item), plain);
    BOOST_TEST(!sieve.is_empty(noon)); // a look without that kind may find others
    (void)asked(sieve);
    BOOST_TEST(sieve.is_empty(noon));
    BOOST_TEST((sieve.turn().when == noon + 1h));
    sieve.moved();
    BOOST_TEST(!sieve.is_empty(noon));
    (void)asked(sieve);
    BOOST_TEST(!sieve.is_empty(noon + 1h)); // its turn has come
    BOOST_TEST(!sieve.held_any());
    BOOST_TEST((asked(sieve) == std::pair{Admit::all, Admit::all}));
}

BOOST_AUTO_TEST_SUITE_END()
