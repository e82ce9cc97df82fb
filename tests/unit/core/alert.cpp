#include "core/alert.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace std::chrono_literals;

namespace {

const Instant monday = *from_rfc3339("2026-11-23T09:00:00Z");

std::vector<Instant> every(Duration step, int count) {
    std::vector<Instant> moments;
    for (int i = 0; i < count; ++i)
        moments.push_back(monday + step * i);
    return moments;
}

} // namespace

BOOST_AUTO_TEST_SUITE(core_alert)

BOOST_AUTO_TEST_CASE(the_words_are_read_as_they_are_written) {
    for (std::size_t i = 0; i < alert_kinds; ++i) {
        const auto kind = static_cast<AlertKind>(i);
        BOOST_TEST((parse_alert_kind(to_text(kind)) == kind));
    }
    BOOST_TEST(!parse_alert_kind("tokens"));
    BOOST_TEST(!parse_alert_kind(""));
}

BOOST_AUTO_TEST_CASE(once_at_the_beginning_again_while_it_lasts_once_at_the_end) {
    AlertState state;
    state.since = monday;
    BOOST_TEST((next_word(state, 6h).word == AlertWord::on));
    BOOST_TEST((next_word(state, 6h).when == monday));
    state.told = monday + 1h; // it could not be delivered sooner
    BOOST_TEST((next_word(state, 6h).word == AlertWord::still));
    BOOST_TEST((next_word(state, 6h).when == monday + 7h));
    state.over = true;
    BOOST_TEST((next_word(state, 6h).word == AlertWord::over));
    BOOST_TEST((next_word(state, 6h).when <= monday + 1h));
    state.told = Instant{};
    BOOST_TEST((next_word(state, 6h).word == AlertWord::nothing));
}

BOOST_AUTO_TEST_CASE(a_daily_origin_is_silent_after_two_days_and_a_rare_one_after_twice_its_longest) {
    const auto daily = every(24h, 5);
    const Instant last = daily.back();
    BOOST_TEST(!silent_since(daily, 26h, last + 47h));
    BOOST_TEST((silent_since(daily, 26h, last + 48h) == last));
    BOOST_TEST((silent_since(every(1min, 100), 26h, monday + 99min + 26h) == monday + 99min));
    BOOST_TEST(!silent_since(every(1min, 100), 26h, monday + 99min + 25h));
    auto with_a_gap = daily;
    with_a_gap.push_back(monday - 24h * 7);
    BOOST_TEST(!silent_since(with_a_gap, 26h, last + 24h * 13));
    BOOST_TEST((silent_since(with_a_gap, 26h, last + 24h * 14) == last));
}

BOOST_AUTO_TEST_CASE(too_little_tells_nothing) {
    BOOST_TEST(!silent_since({}, 26h, monday));
    BOOST_TEST(!silent_since(every(24h, 3), 26h, monday + 24h * 365));
    BOOST_TEST(silent_since(every(24h, 4), 26h, monday + 24h * 365).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
