#include "desk.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::sandbox;
using namespace crier::sandbox::test;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(sandbox_scheduled)

BOOST_AUTO_TEST_CASE(the_past_is_now_the_next_minutes_are_refused) {
    Desk desk; // 09:00:00.25
    BOOST_TEST(field(desk.post("status=a&scheduled_at=2026-01-05T08:00:00Z"), "url") != "(none)");
    const Response soon = desk.post("status=a&scheduled_at=2026-01-05T09:05:00Z");
    BOOST_TEST(soon.status == 422);
    BOOST_TEST(error_of(soon) == "Validation failed: Scheduled at date must be in the future");
    BOOST_TEST(error_of(desk.post("status=a&scheduled_at=tomorrow")) == "Record invalid");
    BOOST_TEST(error_of(desk.post("status=&scheduled_at=2026-01-05T10:00:00Z")) == "Record invalid");
    const Response later = desk.post("status=a&scheduled_at=2026-01-05T10%3A06%3A00%2B01%3A00");
    BOOST_TEST(later.status == 200);
    BOOST_TEST(field(later, "scheduled_at") == "2026-01-05T09:06:00.000Z");
    BOOST_TEST(field(later, "url") == "(none)");
    BOOST_TEST(field(later, "content") == "(none)");
    BOOST_TEST(parsed(later).at("params").at("text").as_string() == "a");
}

BOOST_AUTO_TEST_CASE(it_comes_out_when_its_time_is_there_with_another_id) {
    Desk desk;
    const std::string media = desk.upload();
    const std::string id =
        field(desk.post("status=later&scheduled_at=2026-01-05T10:00:00Z&media_ids[]=" + media), "id");
    BOOST_TEST(desk.post("status=b&media_ids[]=" + media).status == 422); // taken
    BOOST_TEST(desk.world.statuses.all().empty());
    desk.control("PUT", "/sandbox/clock", R"({"at":"2026-01-05T10:00:01Z"})");
    BOOST_REQUIRE(desk.world.statuses.all().size() == 1U);
    const Status& made = desk.world.statuses.all()[0];
    BOOST_TEST(made.scheduled);
    BOOST_TEST(made.id != id);
    BOOST_TEST(made.media.size() == 1U);
    BOOST_TEST(desk.ask("DELETE", "/api/v1/scheduled_statuses/" + id).status == 404);
}

BOOST_AUTO_TEST_CASE(a_repeat_under_its_key_is_not_found_and_before_4_3_doubles) {
    Desk desk;
    const std::string fields = "status=a&scheduled_at=2026-01-05T10:00:00Z";
    BOOST_TEST(desk.post(fields, "k").status == 200);
    BOOST_TEST(desk.post(fields, "k").status == 404);
    BOOST_TEST(desk.world.statuses.scheduled().size() == 1U);
    Desk old{Kind::mastodon_4_2};
    BOOST_TEST(old.post(fields, "k").status == 200);
    BOOST_TEST(old.post(fields, "k").status == 200);
    BOOST_TEST(old.world.statuses.scheduled().size() == 2U);
    Desk gts{Kind::gotosocial};
    BOOST_TEST(gts.post(fields).status == 501);
}

BOOST_AUTO_TEST_CASE(not_more_than_25_a_day_and_300_in_all) {
    std::map<std::string, Scheduled> waiting;
    const Time now = *parse_rfc3339("2026-01-05T09:00:00Z");
    const auto put = [&](int n, Time at) {
        for (int i = 0; i < n; ++i) {
            Scheduled one;
            one.id = std::to_string(waiting.size());
            one.account = "a";
            one.at = at;
            waiting.emplace(one.id, one);
        }
    };
    put(24, now + 10h);
    BOOST_TEST((judge_schedule(waiting, "a", now + 11h, now) == ScheduleVerdict::ok));
    put(1, now + 10h);
    BOOST_TEST((judge_schedule(waiting, "a", now + 11h, now) == ScheduleVerdict::over_day));
    BOOST_TEST((judge_schedule(waiting, "b", now + 11h, now) == ScheduleVerdict::ok));
    BOOST_TEST((judge_schedule(waiting, "a", now + 24h, now) == ScheduleVerdict::ok));
    for (int day = 2; day < 13; ++day)
        put(25, now + day * 24h);
    BOOST_TEST((judge_schedule(waiting, "a", now + 480h, now) == ScheduleVerdict::over_total));
    BOOST_TEST((judge_schedule(waiting, "a", now, now) == ScheduleVerdict::now));
    BOOST_TEST((judge_schedule(waiting, "a", now + 5min, now) == ScheduleVerdict::too_soon));
}

BOOST_AUTO_TEST_CASE(moving_and_cancelling) {
    Desk desk;
    const std::string media = desk.upload();
    const std::string id =
        field(desk.post("status=a&scheduled_at=2026-01-05T10:00:00Z&media_ids[]=" + media), "id");
    const std::string path = "/api/v1/scheduled_statuses/" + id;
    BOOST_TEST(desk.ask("PUT", path, "scheduled_at=2026-01-05T09:04:00Z").status == 422);
    BOOST_TEST(field(desk.ask("PUT", path, "scheduled_at=2026-01-05T11:00:00Z"), "scheduled_at") ==
               "2026-01-05T11:00:00.000Z");
    BOOST_TEST(desk.ask("GET", path).status == 403); // writing is not reading
    BOOST_TEST(desk.ask("DELETE", path).body == "{}");
    BOOST_TEST(desk.ask("DELETE", path).status == 404);
    BOOST_TEST(desk.post("status=b&media_ids[]=" + media).status == 200); // free again
}

BOOST_AUTO_TEST_SUITE_END()
