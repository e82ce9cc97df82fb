// Statuses on the account's page that crier did not make.
#include "core/delivery/foreign.hpp"

#include "core/delivery/evidence.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::delivery;
using namespace std::chrono_literals;

namespace {

const Instant midday = *from_rfc3339("2026-11-24T12:00:00Z");

SeenStatus at(std::string id, Duration before_noon) {
    SeenStatus status;
    status.id = std::move(id);
    status.created = midday - before_noon;
    status.text = "text " + status.id;
    return status;
}

/// Newest first; "ours" are o1 and o2.
struct Shown {
    Timeline page;
    std::set<std::string> ours{"o1", "o2"};

    Shown() {
        page.sight = Sight::seen;
        page.ahead = Duration::zero();
        page.statuses = {at("now", 1min), at("f2", 1h), at("o2", 2h),
                         at("f1", 3h),    at("o1", 4h), at("before", 5h)};
    }
    std::string found(Instant noticed = {}, Instant until = midday) const {
        std::string ids;
        for (const SeenStatus* status : foreign_statuses(page, ours, noticed, until))
            ids += (ids.empty() ? "" : " ") + status->id;
        return ids;
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(delivery_foreign)

BOOST_AUTO_TEST_CASE(what_is_newer_than_our_first_and_older_than_what_is_in_doubt_is_foreign) {
    BOOST_TEST(Shown{}.found() == "f2 f1"); // not `now`: it may be the post that is looked for
}

BOOST_AUTO_TEST_CASE(each_is_noticed_once) {
    BOOST_TEST(Shown{}.found(midday - 3h) == "f2");
    BOOST_TEST(Shown{}.found(midday - 1h) == "");
}

BOOST_AUTO_TEST_CASE(a_page_that_shows_none_of_ours_tells_nothing) {
    Shown page;
    page.ours.clear();
    BOOST_TEST(page.found() == "");
    page.ours = {"elsewhere"};
    BOOST_TEST(page.found() == "");
}

BOOST_AUTO_TEST_CASE(boosts_and_statuses_without_a_time_are_left_out) {
    Shown page;
    page.page.statuses[1].boost = true;
    page.page.statuses[3].created.reset();
    BOOST_TEST(page.found() == "");
}

BOOST_AUTO_TEST_CASE(the_servers_clock_is_corrected) {
    Shown page;
    page.page.ahead = 2h; // it says eleven where we say nine
    BOOST_TEST(page.found({}, midday - 2h) == "f2 f1");
    BOOST_TEST(page.found({}, midday - 3h) == "f1");
}

BOOST_AUTO_TEST_CASE(what_may_be_a_post_in_doubt_is_not_somebody_elses) {
    const Shown page;
    Post post;
    post.in_doubt = true;
    post.created = midday - 1h;
    post.first_attempt = post.last_attempt = midday - 1h;
    post.content.status = "Text  f2";
    BOOST_TEST(may_be(page.page.statuses[1], page.page, post, Rules{}));
    BOOST_TEST(!may_be(page.page.statuses[3], page.page, post, Rules{}));
}

BOOST_AUTO_TEST_SUITE_END()
