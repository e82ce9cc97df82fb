// The control interface: faults, the log, the feed, the clock.
#include "desk.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

using namespace crier::sandbox;
using namespace crier::sandbox::test;
using namespace std::chrono_literals;
namespace json = boost::json;

namespace {

void fault(Desk& desk, const std::string& fields) {
    const Response set = desk.control("POST", "/sandbox/faults", R"({"faults":[{)" + fields + "}]}");
    BOOST_REQUIRE_MESSAGE(set.status == 200, set.body);
}

Outcome publish_with(Desk& desk, const std::string& fields) {
    fault(desk, R"("on":"POST /api/v1/statuses",)" + fields);
    Request request = desk.request("POST", "/api/v1/statuses", "status=a");
    Outcome outcome = desk.open(request);
    desk.finish(request);
    return outcome;
}

} // namespace

BOOST_AUTO_TEST_SUITE(sandbox_control)

BOOST_AUTO_TEST_CASE(a_fault_before_does_nothing_and_after_does_it_first) {
    for (const char* what : {"401", "403", "404", "422", "429", "500", "500_html", "502", "503", "504",
                             "empty_200", "garbage_200", "cut", "hang", "reset", "cut_body"}) {
        BOOST_TEST_CONTEXT(what) {
            Desk desk;
            (void)publish_with(desk, R"("do":")" + std::string{what} + R"(")");
            BOOST_TEST(desk.world.statuses.all().empty());
            (void)publish_with(desk, R"("do":")" + std::string{what} + R"(","effect":"after")");
            BOOST_REQUIRE(desk.world.statuses.all().size() == 1U);
            const LogEntry& entry = desk.world.log.entries().back();
            BOOST_TEST(entry.fault == what);
            BOOST_TEST(entry.status_id == desk.world.statuses.all()[0].id);
            BOOST_TEST(desk.post("status=b").status == 200); // each is for one request
        }
    }
}

BOOST_AUTO_TEST_CASE(how_a_request_ends) {
    Desk desk;
    BOOST_TEST((publish_with(desk, R"("do":"cut")").ending == Ending::cut));
    BOOST_TEST(desk.world.log.entries().back().status == 0);
    BOOST_TEST((publish_with(desk, R"("do":"reset")").ending == Ending::reset));
    BOOST_TEST((publish_with(desk, R"("do":"hang")").ending == Ending::hang));
    const Outcome half = publish_with(desk, R"("do":"cut_body","effect":"after")");
    BOOST_TEST((half.ending == Ending::cut_body));
    BOOST_TEST(field(half.response, "id") != "(none)");
    BOOST_TEST(publish_with(desk, R"("do":"500")").response.header("Content-Type").find("json") !=
               std::string::npos);
    BOOST_TEST(publish_with(desk, R"("do":"502")").response.header("Content-Type") == "text/html");
}

BOOST_AUTO_TEST_CASE(slow_before_waits_first_and_slow_after_last) {
    Desk desk;
    fault(desk, R"("on":"*","do":"slow","wait":1.5)");
    Request before = desk.request("POST", "/api/v1/statuses", "status=a");
    Outcome outcome = desk.open(before);
    BOOST_TEST((outcome.ending == Ending::again));
    BOOST_TEST(outcome.wait.count() == 1500);
    BOOST_TEST(desk.world.statuses.all().empty());
    before.waited += outcome.wait;
    outcome = desk.open(before);
    BOOST_TEST(outcome.response.status == 200);
    BOOST_TEST(desk.world.log.entries().size() == 1U);
    fault(desk, R"("on":"*","do":"slow","wait":2,"effect":"after")");
    Request after = desk.request("POST", "/api/v1/statuses", "status=b");
    outcome = desk.open(after);
    BOOST_TEST(outcome.wait.count() == 2000);
    BOOST_TEST(desk.world.statuses.all().size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_429_in_every_form) {
    Desk desk; // 09:00:00.25
    const auto header = [&](const char* form, const char* name) {
        const Outcome outcome =
            publish_with(desk, R"("do":"429","wait":2,"form":")" + std::string{form} + R"(")");
        BOOST_TEST(outcome.response.status == 429);
        return std::string{outcome.response.header(name)};
    };
    BOOST_TEST(header("iso", "X-RateLimit-Reset") == "2026-01-05T09:00:02.250000Z");
    BOOST_TEST(header("iso", "Retry-After").empty());
    BOOST_TEST(header("unix", "X-RateLimit-Reset") == "1767603603");
    BOOST_TEST(header("millis", "X-RateLimit-Reset") == "1767603602250");
    BOOST_TEST(header("retry_after", "Retry-After") == "2");
    BOOST_TEST(header("retry_after", "X-RateLimit-Reset").empty());
    BOOST_TEST(header("retry_after_date", "Retry-After") == "Mon, 05 Jan 2026 09:00:03 GMT");
    BOOST_TEST(header("none", "X-RateLimit-Limit").empty());
    BOOST_TEST(header("none", "Retry-After").empty());
}

BOOST_AUTO_TEST_CASE(faults_come_in_order_to_the_requests_that_they_are_for) {
    FaultQueue queue;
    const auto put = [&](const char* on, const char* what, int count) {
        Fault one;
        one.on = on;
        one.what = what;
        one.count = count;
        BOOST_TEST(queue.add(one));
    };
    put("POST /api/v1/statuses", "500", 2);
    put("POST media", "502", 1);
    put("*", "no_v2", 5);
    put("*", "cut", 1);
    const auto met = [&](const char* method, const char* path) {
        const auto fault = queue.take(method, path);
        return fault ? fault->what : "";
    };
    BOOST_TEST(met("POST", "/api/v2/media") == "502");
    BOOST_TEST(met("POST", "/api/v2/media") == "no_v2");
    BOOST_TEST(met("POST", "/api/v1/statuses") == "500");
    BOOST_TEST(met("POST", "/api/v1/statuses") == "500");
    BOOST_TEST(met("POST", "/api/v1/statuses") == "cut");
    BOOST_TEST(met("GET", "/api/v1/statuses") == "");
}

BOOST_AUTO_TEST_CASE(wrong_orders_are_refused_and_nothing_of_them_is_done) {
    Desk desk;
    const char* bodies[] = {R"({"faults":[{"on":"*","do":"cut"},{"on":"*","do":"explode"}]})",
                            R"({"faults":[{"on":"*","do":"500","cuont":2}]})",
                            R"({"faults":[{"on":"*","do":"500","effect":"while"}]})",
                            R"({"faults":[{"on":"*","do":"429","form":"roman"}]})",
                            R"({"faults":{}})",
                            R"({})"};
    for (const char* body : bodies)
        BOOST_TEST(desk.control("POST", "/sandbox/faults", body).status == 422, body);
    BOOST_TEST(desk.control("POST", "/sandbox/faults", "{").status == 400);
    BOOST_TEST(desk.world.faults.all().empty());
    BOOST_TEST(desk.control("PUT", "/sandbox/settings", R"({"characters":9,"kind":"friendster"})").status ==
               422);
    BOOST_TEST(desk.control("PUT", "/sandbox/settings", R"({"characters":"9"})").status == 422);
    BOOST_TEST(desk.control("PUT", "/sandbox/settings", R"({"caracters":9})").status == 422);
    BOOST_TEST(desk.world.settings.characters == 500U);
    BOOST_TEST(desk.control("PUT", "/sandbox/tokens", R"({"account":"bot","token":"x","scopes":["wirte"]})")
                   .status == 422);
    BOOST_TEST(desk.control("DELETE", "/sandbox/tokens", R"({"token":"nobody"})").status == 404);
    BOOST_TEST(desk.control("PUT", "/sandbox/clock", R"({"at":"noon"})").status == 422);
    const Response lost = desk.control("GET", "/sandbox/nothing");
    BOOST_TEST(lost.status == 404);
    BOOST_TEST(lost.body.find("GET /sandbox/log") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_log_has_every_request_and_no_token) {
    Desk desk;
    (void)desk.post("status=my+token+is+sandbox-token", "k-1");
    (void)desk.upload(text_part("description", "d"));
    (void)desk.ask("POST", "/api/v1/statuses?x=1", std::string(20'000, 'x') + "\xff", "text/plain");
    desk.token = "some-other-token";
    (void)desk.ask("GET", "/api/v1/apps/verify_credentials");
    const std::string log = desk.control("GET", "/sandbox/log").body;
    BOOST_TEST(log.find("sandbox-token") == std::string::npos);
    BOOST_TEST(log.find("some-other-token") == std::string::npos);
    std::vector<json::object> lines;
    for (std::size_t at = 0; at < log.size(); at = log.find('\n', at) + 1)
        lines.push_back(json::parse(log.substr(at, log.find('\n', at) - at)).as_object());
    BOOST_REQUIRE(lines.size() == 4U); // the control interface is not in it
    BOOST_TEST(lines[0].at("n").as_int64() == 1);
    BOOST_TEST(lines[0].at("key").as_string() == "k-1");
    BOOST_TEST(lines[0].at("token_account").as_string() == "bot");
    BOOST_TEST(lines[0].at("status").as_int64() == 200);
    BOOST_TEST(lines[0].at("status_id").as_string() == desk.world.statuses.all()[0].id);
    BOOST_TEST(lines[0].at("headers").at("Authorization").as_string() == "Bearer [token of bot]");
    BOOST_TEST(lines[1].at("body").as_array()[0].at("filename").as_string() == "a.png");
    BOOST_TEST(lines[1].at("body").as_array()[1].at("text").as_string() == "d");
    BOOST_TEST(lines[2].at("query").as_string() == "x=1");
    BOOST_TEST(lines[2].at("body").as_string().size() == RequestLog::most_text);
    BOOST_TEST(lines[3].at("token_account").as_string() == "");
    BOOST_TEST(desk.control("GET", "/sandbox/log?since=3").body.find("\"n\":4") == 1U);
}

BOOST_AUTO_TEST_CASE(the_log_says_what_is_in_flight) {
    Desk desk;
    Request request = desk.request("POST", "/api/v1/statuses", "status=a");
    (void)desk.open(request);
    const auto over = [&] { return json::parse(desk.control("GET", "/sandbox/log").body).at("over"); };
    BOOST_TEST(over().is_null());
    desk.now += std::chrono::seconds{2};
    desk.finish(request);
    BOOST_TEST(over().as_string() == rfc3339(desk.now));
}

BOOST_AUTO_TEST_CASE(the_log_forgets_the_oldest) {
    RequestLog log;
    for (std::size_t i = 0; i < RequestLog::most_entries + 10; ++i)
        (void)log.add({});
    BOOST_TEST(log.entries().size() == RequestLog::most_entries);
    BOOST_TEST(log.find(10) == nullptr);
    BOOST_TEST(log.find(11)->number == 11U);
    LogEntry large;
    large.body.assign(RequestLog::most_bytes / 2, 'x');
    (void)log.add(large);
    (void)log.add(large);
    BOOST_TEST(log.entries().size() == 1U);
    BOOST_TEST(log.find(1'000'000) == nullptr);
}

BOOST_AUTO_TEST_CASE(the_feed_can_be_changed_and_says_when_it_has_not) {
    Desk desk;
    const Response first = desk.ask("GET", "/feed.xml");
    BOOST_TEST(first.status == 200);
    const auto again = [&](const char* name, std::string_view value) {
        Request request = desk.request("GET", "/feed.xml");
        request.headers.push_back({name, std::string{value}});
        return desk.open(request).response;
    };
    BOOST_TEST(again("If-None-Match", first.header("ETag")).status == 304);
    BOOST_TEST(again("If-None-Match", first.header("ETag")).body.empty());
    BOOST_TEST(again("If-Modified-Since", first.header("Last-Modified")).status == 304);
    desk.now += 2s;
    const Response made =
        desk.control("POST", "/sandbox/feed", R"({"title":"A new item","body":"Text","id":"n-1"})");
    BOOST_TEST(field(made, "id") == "n-1");
    BOOST_TEST(again("If-None-Match", first.header("ETag")).status == 200);
    BOOST_TEST(again("If-Modified-Since", first.header("Last-Modified")).status == 200);
    for (const char* path : {"/feed.xml", "/atom.xml", "/feed.json"})
        BOOST_TEST(desk.ask("GET", path).body.find("A new item") != std::string::npos, path);
    BOOST_TEST(desk.control("PUT", "/sandbox/feed/n-1", R"({"title":"Another title"})").status == 200);
    BOOST_TEST(desk.ask("GET", "/feed.xml").body.find("Another title") != std::string::npos);
    BOOST_TEST(desk.control("DELETE", "/sandbox/feed/n-1").status == 200);
    BOOST_TEST(desk.control("DELETE", "/sandbox/feed/n-1").status == 404);
    BOOST_TEST(desk.control("POST", "/sandbox/feed", R"({"titel":"x"})").status == 422);
}

BOOST_AUTO_TEST_CASE(a_feed_that_grows_does_so_by_the_clock) {
    FeedItems feed;
    const Time now = *parse_rfc3339("2026-01-05T09:00:00Z");
    feed.start(2, 20s, now);
    BOOST_TEST(feed.newest_first()[0].published == "2026-01-05T09:00:00Z");
    feed.tick(now + 19s);
    BOOST_TEST(feed.newest_first().size() == 2U);
    feed.tick(now + 60s);
    BOOST_TEST(feed.newest_first().size() == 5U);
    feed.tick(now + 24h * 365 * 100);
    BOOST_TEST(feed.newest_first().size() == FeedItems::most);
}

BOOST_AUTO_TEST_CASE(the_clock_moves_the_date_and_a_reset_undoes_everything) {
    Desk desk;
    desk.control("PUT", "/sandbox/clock", R"({"advance":3600})");
    BOOST_TEST(desk.ask("GET", "/api/v2/instance").header("Date") == "Mon, 05 Jan 2026 10:00:00 GMT");
    (void)desk.post("status=a", "k");
    desk.control("PUT", "/sandbox/settings", R"({"characters":9,"kind":"gotosocial"})");
    fault(desk, R"("on":"*","do":"500")");
    BOOST_TEST(desk.control("POST", "/sandbox/reset").status == 200);
    BOOST_TEST(desk.world.statuses.all().empty());
    BOOST_TEST(desk.world.log.entries().empty());
    const Response after = desk.post("status=b", "k");
    BOOST_TEST(after.status == 200);
    BOOST_TEST(after.header("Date") == "Mon, 05 Jan 2026 09:00:00 GMT");
    BOOST_TEST(field(after, "content") == "<p>b</p>");
}

BOOST_AUTO_TEST_CASE(a_page_of_another_site_turns_no_knobs) {
    Desk desk;
    Request request = desk.request("POST", "/sandbox/reset");
    request.headers.push_back({"Origin", "https://evil.example"});
    BOOST_TEST(desk.open(request).response.status == 403);
    request.headers.back().value = "http://localhost:8421";
    BOOST_TEST(desk.open(request).response.status == 200);
}

BOOST_AUTO_TEST_CASE(pages_and_pictures_are_served) {
    Desk desk;
    (void)desk.post("status=hello+page");
    BOOST_TEST(desk.ask("GET", "/").body.find("hello page") != std::string::npos);
    BOOST_TEST(!desk.ask("GET", "/").header("Content-Security-Policy").empty());
    BOOST_TEST(desk.control("GET", "/sandbox/page").body.find("hello page") != std::string::npos);
    BOOST_TEST(desk.control("GET", "/sandbox/page.js").header("Content-Type").find("javascript") !=
               std::string::npos);
    BOOST_TEST(desk.ask("GET", "/pictures/3.png").header("Content-Type") == "image/png");
    BOOST_TEST(desk.ask("GET", "/pictures/x.png").status == 404);
    const std::string id = desk.world.statuses.all()[0].id;
    BOOST_TEST(desk.ask("GET", "/@bot/" + id).header("Location") == "/#status-" + id);
    BOOST_TEST(desk.ask("GET", "/@bot").header("Location") == "/");
    BOOST_TEST(desk.ask("GET", "/robots.txt").status == 404);
    BOOST_TEST(desk.ask("GET", "/media/1").status == 404);
    BOOST_TEST(desk.ask("GET", "/api/v1/nothing").status == 404);
    BOOST_TEST(desk.ask("PATCH", "/api/v1/statuses").status == 404);
}

BOOST_AUTO_TEST_SUITE_END()
