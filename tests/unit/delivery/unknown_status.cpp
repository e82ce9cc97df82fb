#include "core/delivery/unknown_status.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace std::chrono_literals;

namespace {

const Instant alive = *from_rfc3339("2026-11-24T12:00:00Z");

SeenStatus status_at(Instant created, const std::string& text, const std::string& application = {}) {
    SeenStatus status;
    status.id = text;
    status.created = created;
    status.text = text;
    status.application = application;
    return status;
}

Post post_of(const std::string& text, int attempts) {
    Post post;
    post.content.status = text;
    post.attempts = attempts;
    return post;
}

/// The text of the one that tells; empty: none does.
std::string told(Timeline page, const std::vector<Post>& posts, const std::set<std::string>& ours = {}) {
    const auto unknown = delivery::unknown_statuses(page, alive, ours, DeliveryTuning{});
    const SeenStatus* status = delivery::telling(unknown, "crier", posts);
    return status == nullptr ? std::string{} : status->text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(unknown_status)

BOOST_AUTO_TEST_CASE(our_applications_name_tells_and_the_words_of_what_was_not_sent) {
    Timeline page;
    page.statuses = {status_at(alive + 1h, "by hand"), status_at(alive + 1h, "ours", "crier")};
    BOOST_TEST(told(page, {}) == "ours");
    page.statuses = {status_at(alive + 1h, "by hand")};
    BOOST_TEST(told(page, {}).empty());
    BOOST_TEST(told(page, {post_of("by  hand", 0)}) == "by hand");
}

BOOST_AUTO_TEST_CASE(not_what_the_store_knows_nor_what_it_may_have_sent_itself) {
    Timeline page;
    page.statuses = {status_at(alive + 1h, "ours", "crier")};
    BOOST_TEST(told(page, {}, {"ours"}).empty());
    BOOST_TEST(told(page, {post_of("ours", 1)}).empty()); // in doubt: its evidence
    page.statuses = {status_at(alive - 1h, "before", "crier")};
    BOOST_TEST(told(page, {}).empty());
    page.statuses = {status_at(alive + 8min, "on its way then", "crier")};
    BOOST_TEST(told(page, {}).empty());
    page.statuses = {status_at(alive + 9min, "later", "crier")};
    BOOST_TEST(told(page, {}) == "later");
}

BOOST_AUTO_TEST_CASE(times_are_the_servers) {
    Timeline page;
    page.ahead = 1h;
    page.statuses = {status_at(alive + 1h, "then", "crier")};
    BOOST_TEST(told(page, {}).empty());
    page.ahead = -1h;
    BOOST_TEST(told(page, {}) == "then");
    page.statuses.front().boost = true;
    BOOST_TEST(told(page, {}).empty());
    page.statuses = {SeenStatus{}};
    BOOST_TEST(told(page, {}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
