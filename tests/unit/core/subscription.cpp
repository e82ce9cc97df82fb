#include "core/subscription.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace std::chrono_literals;

namespace {

const Instant granted = *from_rfc3339("2026-11-24T12:00:00Z");

} // namespace

BOOST_AUTO_TEST_SUITE(subscription)

BOOST_AUTO_TEST_CASE(a_lease_is_what_the_hub_says_within_reason) {
    BOOST_TEST((lease_of("864000") == 240h));
    BOOST_TEST((lease_of("600") == 10min));
    BOOST_TEST((lease_of("1") == 5min));
    for (const char* nonsense : {"", "0", "-5", "soon", "-99999999999999999999999"})
        BOOST_TEST((lease_of(nonsense) == 24h), nonsense);
    for (const char* endless : {"31622401", "9223372036854775807", "99999999999999999999999"})
        BOOST_TEST((lease_of(endless) == 366 * 24h), endless);
    BOOST_TEST((renewal_of(granted, granted + 10h) == granted + 8h));
}

BOOST_AUTO_TEST_CASE(a_hub_pushes_while_its_lease_lasts) {
    Subscription one;
    one.until = granted;
    BOOST_TEST(!pushes(one, granted - 1s)); // it was only asked
    one.state = Subscription::State::active;
    BOOST_TEST(pushes(one, granted - 1s));
    BOOST_TEST(!pushes(one, granted));
}

BOOST_AUTO_TEST_CASE(pauses_double_up_to_half_a_day) {
    BOOST_TEST((pause_after(0) == 5min));
    BOOST_TEST((pause_after(1) == 5min));
    BOOST_TEST((pause_after(3) == 20min));
    BOOST_TEST((pause_after(1000) == 12h));
}

BOOST_AUTO_TEST_CASE(states_have_words) {
    for (const char* word : {"asked", "active", "denied", "leaving"})
        BOOST_TEST(to_text(*parse_subscription_state(word)) == word);
    BOOST_TEST(!parse_subscription_state("else"));
}

BOOST_AUTO_TEST_CASE(half_a_hub_is_none) {
    BOOST_TEST(Hub{}.none());
    BOOST_TEST((Hub{"https://hub.example/", ""}.none()));
    BOOST_TEST((!Hub{"https://hub.example/", "https://blog.example/"}.none()));
}

BOOST_AUTO_TEST_SUITE_END()
