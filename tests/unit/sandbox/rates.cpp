#include "desk.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::sandbox;
using namespace crier::sandbox::test;
using namespace std::chrono_literals;

namespace {

Time at(const char* text) {
    return *parse_rfc3339(text);
}

} // namespace

BOOST_AUTO_TEST_SUITE(sandbox_rates)

BOOST_AUTO_TEST_CASE(windows_are_aligned_to_the_epoch_and_do_not_slide) {
    RateWindows windows;
    const RateLimit limit{"x", 2, 5min};
    BOOST_TEST(windows.count(limit, "k", at("2026-01-05T12:04:58Z")).remaining == 1);
    const RateView last = windows.count(limit, "k", at("2026-01-05T12:04:59.123456Z"));
    BOOST_TEST(!last.exceeded);
    BOOST_TEST(rfc3339(last.reset, 6) == "2026-01-05T12:05:00.123456Z");
    BOOST_TEST(windows.count(limit, "k", at("2026-01-05T12:04:59.5Z")).exceeded);
    BOOST_TEST(windows.look(limit, "k", at("2026-01-05T12:04:59.5Z")).exceeded);
    BOOST_TEST(windows.count(limit, "other", at("2026-01-05T12:04:59.5Z")).remaining == 1);
    BOOST_TEST(windows.count(limit, "k", at("2026-01-05T12:05:00Z")).remaining == 1);
}

BOOST_AUTO_TEST_CASE(three_hours_begin_at_00_03_06) {
    RateWindows windows;
    const RateLimit limit{"statuses", 300, 3h};
    BOOST_TEST(rfc3339(windows.look(limit, "a", at("2026-01-05T11:59:59Z")).reset, 0) ==
               "2026-01-05T12:00:00Z");
    BOOST_TEST(rfc3339(windows.look(limit, "a", at("2026-01-05T12:00:00Z")).reset, 0) ==
               "2026-01-05T15:00:00Z");
}

BOOST_AUTO_TEST_CASE(the_headers_tell_of_the_limit_nearest_to_its_end) {
    Desk desk;
    const Response posted = desk.post("status=a");
    // 299 both: then it is the family of statuses.
    BOOST_TEST(posted.header("X-RateLimit-Remaining") == "299");
    BOOST_TEST(posted.header("X-RateLimit-Reset") == "2026-01-05T12:00:00.250000Z");
    const Response looked = desk.ask("GET", "/api/v1/apps/verify_credentials");
    BOOST_TEST(looked.header("X-RateLimit-Limit") == "300");
    BOOST_TEST(looked.header("X-RateLimit-Remaining") == "298");
    BOOST_TEST(looked.header("X-RateLimit-Reset") == "2026-01-05T09:05:00.250000Z");
    (void)desk.upload();
    const LogEntry uploaded = desk.world.log.entries().back();
    BOOST_TEST(uploaded.status == 200);
    const Response refused = desk.ask("POST", "/api/v2/media", "--b--\r\n", multipart);
    BOOST_TEST(refused.status == 422);
    BOOST_TEST(refused.header("X-RateLimit-Limit") == "30");
    BOOST_TEST(refused.header("X-RateLimit-Remaining") == "28"); // failures count
    BOOST_TEST(refused.header("X-RateLimit-Reset") == "2026-01-05T09:30:00.250000Z");
    BOOST_TEST(desk.ask("GET", "/feed.xml").header("X-RateLimit-Limit").empty());
}

BOOST_AUTO_TEST_CASE(the_301st_request_is_429_and_nothing_is_done) {
    Desk desk;
    for (int i = 0; i < 300; ++i)
        BOOST_TEST(desk.ask("GET", "/api/v1/apps/verify_credentials").status == 200);
    const Response over = desk.post("status=a");
    BOOST_TEST(over.status == 429);
    BOOST_TEST(over.body == R"({"error":"Too many requests"})");
    BOOST_TEST(over.header("X-RateLimit-Remaining") == "0");
    BOOST_TEST(over.header("X-RateLimit-Reset") == "2026-01-05T09:05:00.250000Z");
    BOOST_TEST(over.header("Retry-After").empty());
    BOOST_TEST(desk.world.statuses.all().empty());
    desk.control("PUT", "/sandbox/tokens", R"({"account":"bot","token":"second"})");
    desk.token = "second"; // windows of requests go by token
    BOOST_TEST(desk.post("status=a").status == 200);
    desk.token = "sandbox-token";
    desk.control("PUT", "/sandbox/clock", R"({"advance":300})");
    BOOST_TEST(desk.post("status=b").status == 200);
}

BOOST_AUTO_TEST_CASE(statuses_count_when_they_succeed_and_for_the_account) {
    Desk desk;
    desk.control("PUT", "/sandbox/settings", R"({"statuses_per_3_hours":2})");
    (void)desk.post("status=");
    (void)desk.post("status=a", "k");
    BOOST_TEST(desk.post("status=b").header("X-RateLimit-Remaining") == "0");
    BOOST_TEST(desk.post("status=a", "k").status == 200); // a replay
    const Response over = desk.post("status=c");
    BOOST_TEST(over.status == 429);
    BOOST_TEST(over.header("X-RateLimit-Limit") == "2");
    BOOST_TEST(over.header("X-RateLimit-Remaining") == "0");
    const std::string id = desk.world.statuses.all()[0].id;
    BOOST_TEST(desk.ask("PUT", "/api/v1/statuses/" + id, "status=edited").status == 429);
    BOOST_TEST(desk.post("status=later&scheduled_at=2026-01-05T12:00:00Z").status == 200); // not counted
    desk.now += 3h;
    BOOST_TEST(desk.post("status=c").status == 200);
}

BOOST_AUTO_TEST_CASE(each_server_has_its_own_way_to_say_so) {
    Desk gts{Kind::gotosocial};
    gts.control("PUT", "/sandbox/settings", R"({"anonymous_per_5_minutes":1})");
    BOOST_TEST(gts.post("status=a").status == 200);
    const Response over = gts.post("status=a");
    BOOST_TEST(over.status == 429);
    BOOST_TEST(error_of(over) == "rate limit reached");
    BOOST_TEST(over.header("X-RateLimit-Reset") == "2026-01-05T09:05:00.250Z");
    Desk pleroma{Kind::pleroma};
    BOOST_TEST(pleroma.post("status=a").header("X-RateLimit-Limit").empty());
}

BOOST_AUTO_TEST_CASE(no_limits_no_headers) {
    Desk desk;
    desk.control("PUT", "/sandbox/settings", R"({"rate_limits":false})");
    Response last;
    for (int i = 0; i < 400; ++i)
        last = desk.post("status=a");
    BOOST_TEST(last.status == 200);
    BOOST_TEST(last.header("X-RateLimit-Limit").empty());
}

BOOST_AUTO_TEST_SUITE_END()
