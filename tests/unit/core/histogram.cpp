#include "core/histogram.hpp"

#include <boost/test/unit_test.hpp>

#include <array>

using namespace crier;
using namespace std::chrono_literals;

namespace {

constexpr std::array<Duration, 3> three_bounds{1ms, 10ms, 1s};

} // namespace

BOOST_AUTO_TEST_SUITE(core_histogram)

BOOST_AUTO_TEST_CASE(a_time_counts_under_the_first_bound_that_it_does_not_exceed) {
    Histogram times{three_bounds};
    for (const Duration time : {Duration{0}, Duration{1ms}, Duration{1001}, Duration{10ms}, Duration{2s}})
        times.observe(time);
    const std::vector<std::uint64_t> expected{2, 2, 0, 1};
    BOOST_TEST(times.counts() == expected, boost::test_tools::per_element());
    BOOST_TEST(times.count() == 5U);
    BOOST_TEST((times.sum() == 2s + 12ms + 1us));
}

BOOST_AUTO_TEST_CASE(what_a_clock_that_was_set_makes_negative_is_zero) {
    Histogram times{three_bounds};
    times.observe(-5s);
    BOOST_TEST(times.counts().front() == 1U);
    BOOST_TEST((times.sum() == Duration::zero()));
}

BOOST_AUTO_TEST_SUITE_END()
