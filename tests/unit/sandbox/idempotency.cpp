#include "desk.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::sandbox;
using namespace crier::sandbox::test;
using namespace std::chrono_literals;

namespace {

struct Keyed : Desk {
    using Desk::Desk;
    Request keyed(const std::string& fields, const std::string& with) {
        key = with;
        Request one = request("POST", "/api/v1/statuses", fields);
        key.clear();
        return one;
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(sandbox_idempotency)

BOOST_AUTO_TEST_CASE(the_same_key_gives_the_same_status_for_an_hour) {
    Desk desk;
    const std::string id = field(desk.post("status=one", "k"), "id");
    desk.now += 3599s;
    const Response again = desk.post("status=two", "k"); // the body is not compared
    BOOST_TEST(again.status == 200);
    BOOST_TEST(field(again, "id") == id);
    BOOST_TEST(field(again, "content") == "<p>one</p>");
    desk.now += 1s;
    BOOST_TEST(field(desk.post("status=one", "k"), "id") != id);
    BOOST_TEST(desk.world.statuses.all().size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_key_belongs_to_the_account_and_not_to_the_token) {
    Desk desk;
    const std::string id = field(desk.post("status=one", "k"), "id");
    desk.control("PUT", "/sandbox/tokens", R"({"account":"bot","token":"another"})");
    desk.token = "another";
    BOOST_TEST(field(desk.post("status=one", "k"), "id") == id);
    desk.token = "reading-token";
    BOOST_TEST(field(desk.post("status=one", "k"), "id") != id);
}

BOOST_AUTO_TEST_CASE(only_success_is_kept_and_a_replay_counts_in_no_window) {
    Desk desk;
    BOOST_TEST(desk.post("status=", "k").status == 422);
    const Response made = desk.post("status=now", "k");
    BOOST_TEST(made.status == 200);
    BOOST_TEST(made.header("X-RateLimit-Remaining") == "298"); // of requests; the family is at 299
    (void)desk.post("status=now", "k");
    const RateLimit family{"statuses", 300, 3h};
    const std::string account = desk.world.accounts.find_name("bot")->id;
    BOOST_TEST(desk.world.rates.look(family, account, desk.now).remaining == 299);
}

BOOST_AUTO_TEST_CASE(a_key_is_looked_up_before_the_media) {
    Desk desk;
    const std::string media = desk.upload();
    const std::string fields = "status=a&media_ids[]=" + media;
    const std::string id = field(desk.post(fields, "k"), "id");
    BOOST_TEST(field(desk.post(fields, "k"), "id") == id);
    BOOST_TEST(desk.post(fields, "another").status == 422); // attached already
}

BOOST_AUTO_TEST_CASE(what_was_deleted_is_not_there_for_its_key) {
    Desk desk;
    const std::string id = field(desk.post("status=one", "k"), "id");
    (void)desk.ask("DELETE", "/api/v1/statuses/" + id);
    const Response again = desk.post("status=one", "k");
    BOOST_TEST(again.status == 404);
    BOOST_TEST(error_of(again) == "Record not found");
}

BOOST_AUTO_TEST_CASE(a_blank_key_is_none) {
    Desk desk;
    (void)desk.post("status=one", "  ");
    (void)desk.post("status=one", "  ");
    BOOST_TEST(desk.world.statuses.all().size() == 2U);
}

BOOST_AUTO_TEST_CASE(in_flight_the_newest_mastodon_waits_and_then_answers_503) {
    Keyed desk;
    Request first = desk.keyed("status=one", "k");
    (void)desk.open(first);
    Request second = desk.keyed("status=one", "k");
    Outcome outcome = desk.open(second);
    int asked = 0;
    for (; outcome.ending == Ending::again; ++asked) {
        second.waited += outcome.wait;
        outcome = desk.open(second);
    }
    BOOST_TEST(outcome.response.status == 503);
    BOOST_TEST(asked == 100); // ten seconds, each tenth of one
    desk.finish(second);
    desk.finish(first);
    BOOST_TEST(desk.post("status=one", "k").status == 200);
    BOOST_TEST(desk.world.statuses.all().size() == 1U);
    // Asked again is not come again: one entry each, and counted once.
    BOOST_TEST(desk.world.log.entries().size() == 3U);
    BOOST_TEST(desk.ask("GET", "/api/v1/apps/verify_credentials").header("X-RateLimit-Remaining") == "296");
}

BOOST_AUTO_TEST_CASE(the_one_that_waits_gets_the_status_when_the_first_is_through) {
    Keyed desk;
    Request first = desk.keyed("status=one", "k");
    const std::string id = field(desk.open(first).response, "id");
    Request second = desk.keyed("status=one", "k");
    BOOST_TEST((desk.open(second).ending == Ending::again));
    desk.finish(first);
    second.waited += 100ms;
    BOOST_TEST(field(desk.open(second).response, "id") == id);
}

BOOST_AUTO_TEST_CASE(in_flight_an_older_mastodon_posts_twice_and_only_then_knows_the_key) {
    Keyed desk{Kind::mastodon_4_5};
    Request first = desk.keyed("status=one", "k");
    const std::string id = field(desk.open(first).response, "id");
    BOOST_TEST(field(desk.post("status=one", "k"), "id") != id);
    desk.finish(first);
    BOOST_TEST(field(desk.post("status=one", "k"), "id") == id);
    BOOST_TEST(desk.world.statuses.all().size() == 2U);
}

BOOST_AUTO_TEST_CASE(the_fault_of_4_6_answers_500_to_a_good_repeat) {
    Desk desk;
    desk.control("PUT", "/sandbox/settings", R"({"replay_mode":"500"})");
    BOOST_TEST(desk.post("status=one", "k").status == 200);
    BOOST_TEST(desk.post("status=one", "k").status == 500);
    BOOST_TEST(desk.world.statuses.all().size() == 1U);
    BOOST_TEST(desk.world.log.entries().back().status_id == desk.world.statuses.all()[0].id);
}

BOOST_AUTO_TEST_CASE(gotosocial_knows_no_keys) {
    Desk desk{Kind::gotosocial};
    (void)desk.post("status=one", "k");
    (void)desk.post("status=one", "k");
    BOOST_TEST(desk.world.statuses.all().size() == 2U);
}

BOOST_AUTO_TEST_CASE(pleroma_replays_errors_too_and_says_so) {
    Desk desk{Kind::pleroma};
    BOOST_TEST(desk.post("status=", "k").status == 422);
    const Response again = desk.post("status=now", "k");
    BOOST_TEST(again.status == 422);
    BOOST_TEST(again.header("idempotent-replayed") == "true");
    BOOST_TEST(again.header("x-original-request-id") == "1");
    const std::string id = field(desk.post("status=now", "k2"), "id");
    BOOST_TEST(field(desk.post("status=now", "k2"), "id") == id);
    BOOST_TEST(desk.world.log.entries().back().status_id == id);
}

BOOST_AUTO_TEST_CASE(a_replay_mode_for_one_request) {
    Desk desk;
    (void)desk.post("status=one", "k");
    desk.control("POST", "/sandbox/faults",
                 R"({"faults":[{"on":"*","do":"replay_500"},{"on":"*","do":"replay_ignore"}]})");
    BOOST_TEST(desk.ask("GET", "/api/v2/instance").status == 200); // it is for posting only
    BOOST_TEST(desk.post("status=one", "k").status == 500);
    BOOST_TEST(desk.post("status=one", "k").status == 200);
    BOOST_TEST(desk.world.statuses.all().size() == 2U);
    BOOST_TEST(desk.world.faults.all().empty());
}

BOOST_AUTO_TEST_SUITE_END()
