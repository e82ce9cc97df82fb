// What headers ask for.

#include "plugin/feed_answer.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace std::chrono_literals;

namespace {

std::optional<Duration> asked(HttpHeaders headers) {
    HttpResponse response;
    response.headers = std::move(headers);
    return plugin::asked_wait(response, *from_rfc3339("2026-11-24T12:00:00Z"));
}

} // namespace

BOOST_AUTO_TEST_SUITE(plugin_answers)

BOOST_AUTO_TEST_CASE(a_wait_is_read_in_each_form) {
    BOOST_TEST((asked({}) == std::nullopt));
    BOOST_TEST((asked({{"Retry-After", "120"}}) == Duration{2min}));
    BOOST_TEST((asked({{"Retry-After", "Tue, 24 Nov 2026 12:30:00 GMT"}}) == Duration{30min}));
    // By the server's own clock, which is ten minutes ahead here.
    BOOST_TEST((asked({{"Retry-After", "Tue, 24 Nov 2026 12:30:00 GMT"},
                       {"Date", "Tue, 24 Nov 2026 12:10:00 GMT"}}) == Duration{20min}));
    BOOST_TEST((asked({{"Retry-After", "Tue, 24 Nov 2026 11:00:00 GMT"}}) == Duration{}));
    BOOST_TEST((asked({{"Retry-After", "soon"}}) == std::nullopt));
    BOOST_TEST((asked({{"Retry-After", "-5"}}) == std::nullopt));
    BOOST_TEST((asked({{"Retry-After", "Tue, 31 Feb 2026 11:00:00 GMT"}}) == std::nullopt));
    BOOST_TEST((asked({{"Retry-After", "99999999999999999999"}}) == std::nullopt));
}

BOOST_AUTO_TEST_CASE(an_age_counts_up_to_an_hour) {
    BOOST_TEST((asked({{"Cache-Control", "public, max-age=300"}}) == Duration{5min}));
    BOOST_TEST((asked({{"cache-control", "Max-Age=1800"}}) == Duration{30min}));
    BOOST_TEST((asked({{"Cache-Control", "max-age=31536000, immutable"}}) == Duration{1h}));
    BOOST_TEST((asked({{"Cache-Control", "max-age=0"}}) == std::nullopt));
    BOOST_TEST((asked({{"Cache-Control", "no-cache"}}) == std::nullopt));
    BOOST_TEST((asked({{"Cache-Control", "s-maxage=600"}}) == std::nullopt));
    BOOST_TEST((asked({{"Cache-Control", "max-age=x"}}) == std::nullopt));
    // What is asked for expressly goes before what a cache may do.
    BOOST_TEST((asked({{"Retry-After", "60"}, {"Cache-Control", "max-age=3600"}}) == Duration{1min}));
}

BOOST_AUTO_TEST_SUITE_END()
