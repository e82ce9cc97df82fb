// What everybody may read: without the token that posts, paged, dated, and never trusted further than it
// goes.
#include "answers.hpp"
#include "mastodon/publisher.hpp"
#include "support/coro.hpp"
#include "support/virtual_time.hpp"

#include <boost/test/unit_test.hpp>

#include <deque>

using namespace crier;
using namespace std::chrono_literals;
using crier::mastodon::test::html_type;
using crier::mastodon::test::json_type;
using crier::mastodon::test::response;

namespace {

const Instant at_noon = *from_rfc3339("2026-11-24T12:00:00Z");

class Script final : public HttpClient {
public:
    boost::asio::awaitable<HttpResult> send(HttpRequest request) override {
        lines.push_back(request.method + " " +
                        request.url.substr(std::string_view{"https://m.example"}.size()));
        bearers.emplace_back(request.bearer.reveal());
        BOOST_REQUIRE(!answers.empty());
        HttpResult result = std::move(answers.front());
        answers.pop_front();
        co_return result;
    }
    void answer(int status, std::string body, const char* headers = json_type) {
        answers.emplace_back(response(status, headers, std::move(body)));
    }

    std::deque<HttpResult> answers;
    std::vector<std::string> lines;
    std::vector<std::string> bearers;
};

class Fixed final : public TokenSource {
public:
    explicit Fixed(std::string value)
        : value_(std::move(value)) {}
    Result<Secret> read() override { return Secret{value_}; }

private:
    std::string value_;
};

struct Desk {
    boost::asio::io_context context{1};
    crier::test::VirtualTime time{context, at_noon};
    AccountSettings account;
    Script http;
    Fixed token{"token-that-posts"};
    Fixed reading{"token-that-reads"};
    std::unique_ptr<Publisher> publisher;

    explicit Desk(bool evidence = false) {
        account.server = "https://m.example";
        publisher = mastodon::make_publisher(account, http, token, time, evidence ? &reading : nullptr);
    }
    AccountSight find() { return crier::test::run(context, publisher->find_account("news")); }
    Timeline timeline(Instant since = at_noon - 10min) {
        return crier::test::run(context, publisher->timeline("7", since));
    }
    StatusSight status() { return crier::test::run(context, publisher->status("11")); }
};

std::string status_json(int id, const std::string& created, const std::string& more = {}) {
    return R"({"id":")" + std::to_string(id) + R"(","uri":"u","url":"https://m.example/@news/)" +
           std::to_string(id) + R"(","created_at":")" + created +
           R"(","content":"<p>hello</p>","visibility":"public",)" +
           R"("account":{"id":"7"},"media_attachments":[],"reblog":null)" + more + "}";
}

std::string list_json(int newest, int count, const std::string& created) {
    std::string list = "[";
    for (int i = 0; i < count; ++i)
        list += (i > 0 ? "," : "") + status_json(newest - i, created);
    return list + "]";
}

const char* const first_page = "GET /api/v1/accounts/7/statuses?exclude_reblogs=true&limit=40";
const char* const just_now = "2026-11-24T11:59:00.000Z";
const char* const long_ago = "2026-11-23T12:00:00Z";

} // namespace

BOOST_AUTO_TEST_SUITE(mastodon_reader)

BOOST_AUTO_TEST_CASE(the_token_that_posts_is_never_sent) {
    Desk desk;
    desk.http.answer(200, R"({"id":"7","acct":"news"})");
    BOOST_TEST(desk.find().id == "7");
    desk.http.answer(200, "[]");
    (void)desk.timeline();
    desk.http.answer(200, status_json(11, just_now));
    (void)desk.status();
    BOOST_TEST(desk.http.bearers == std::vector<std::string>(3, ""), boost::test_tools::per_element());
    BOOST_TEST(desk.http.lines[0] == "GET /api/v1/accounts/lookup?acct=news");
    BOOST_TEST(desk.http.lines[1] == first_page);
    BOOST_TEST(desk.http.lines[2] == "GET /api/v1/statuses/11");
}

BOOST_AUTO_TEST_CASE(a_second_token_reads_and_where_it_is_refused_everybody_does) {
    Desk desk{true};
    desk.http.answer(200, "[]");
    (void)desk.timeline();
    desk.http.answer(401, R"({"error":"The access token was revoked: token-that-reads"})");
    desk.http.answer(401, R"({"error":"This method requires an authenticated user"})");
    const Timeline refused = desk.timeline();
    BOOST_TEST((refused.sight == Sight::closed));
    BOOST_TEST(refused.text == "401 This method requires an authenticated user");
    const std::vector<std::string> bearers{"token-that-reads", "token-that-reads", ""};
    BOOST_TEST(desk.http.bearers == bearers, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_it_is_sent_is_not_shown_when_it_comes_back) {
    Desk desk{true};
    desk.http.answer(500, R"({"error":"bad: token-that-reads"})");
    BOOST_TEST(desk.timeline().text == "500 bad: ***");
}

BOOST_AUTO_TEST_CASE(a_server_without_a_look_up_may_take_the_name_for_a_number) {
    Desk desk;
    desk.http.answer(404, "<html>", html_type);
    desk.http.answer(200, R"({"id":"Ax","acct":"News@m.example","username":"news"})");
    BOOST_TEST(desk.find().id == "Ax");
    BOOST_TEST(desk.http.lines[1] == "GET /api/v1/accounts/news");
    // Somebody whose number is our name.
    desk.http.answer(404, "<html>", html_type);
    desk.http.answer(200, R"({"id":"news","acct":"other"})");
    BOOST_TEST((desk.find().sight == Sight::closed));
    desk.http.answer(404, R"({"error":"Record not found"})");
    desk.http.answer(404, R"({"error":"Record not found"})");
    BOOST_TEST((desk.find().sight == Sight::gone));
}

BOOST_AUTO_TEST_CASE(a_status_is_read_whole) {
    Desk desk;
    desk.http.answer(200, R"({"id":"11","uri":"u","url":"https://m.example/@news/11","created_at":
        "2026-11-24T11:59:00.123Z","content":"<p>See <a href=\"https://e.example/x\">e.example</a></p>",
        "spoiler_text":"cw","visibility":"unlisted","in_reply_to_id":"10","account":{"id":7},"application":{"name":"crier"},
        "media_attachments":[{"id":"1"},{"id":2}],"reblog":null})");
    const SeenStatus status = desk.status().status;
    BOOST_TEST(status.id == "11");
    BOOST_TEST(status.url == "https://m.example/@news/11");
    BOOST_TEST(status.account_id == "7");
    BOOST_TEST((status.created == from_rfc3339("2026-11-24T11:59:00.123Z")));
    BOOST_TEST(status.text.find("See https://e.example/x") != std::string::npos);
    BOOST_TEST((status.links == std::vector<std::string>{"https://e.example/x"}));
    BOOST_TEST(status.spoiler_text == "cw");
    BOOST_TEST(status.visibility == "unlisted");
    BOOST_TEST(status.in_reply_to == "10");
    BOOST_TEST(status.application == "crier");
    BOOST_TEST((status.media == std::vector<std::string>{"1", "2"}));
    BOOST_TEST(!status.boost);
    desk.http.answer(200, status_json(12, just_now).insert(1, R"("x":1,)"));
    BOOST_TEST((desk.status().sight == Sight::seen));
}

BOOST_AUTO_TEST_CASE(it_is_paged_back_until_the_moment_that_was_asked_for) {
    Desk desk;
    desk.http.answer(200, list_json(200, 40, just_now));
    desk.http.answer(200, "[" + status_json(160, just_now) + "," + status_json(159, long_ago) + "]");
    const Timeline page = desk.timeline();
    BOOST_TEST(page.reaches_back);
    BOOST_TEST(page.statuses.size() == 42U);
    BOOST_TEST(desk.http.lines[1] == std::string{first_page} + "&max_id=161");
    // To its first status: a page that is not full may have been thinned by a filter, an empty one is the
    // end.
    desk.http.answer(200, list_json(20, 3, just_now));
    desk.http.answer(200, "[]");
    BOOST_TEST(desk.timeline().reaches_back);
}

BOOST_AUTO_TEST_CASE(it_is_not_paged_for_ever) {
    Desk desk;
    for (int i = 0; i < 5; ++i)
        desk.http.answer(200, list_json(1000 - 40 * i, 40, just_now));
    const Timeline page = desk.timeline();
    BOOST_TEST(!page.reaches_back);
    BOOST_TEST(page.statuses.size() == 200U);
}

BOOST_AUTO_TEST_CASE(a_page_that_cannot_be_had_is_no_end) {
    Desk desk;
    desk.http.answer(200, list_json(200, 40, just_now));
    desk.http.answer(500, "");
    BOOST_TEST((desk.timeline().sight == Sight::later));
    desk.http.answer(200, list_json(200, 40, just_now));
    desk.http.answer(422, "");
    const Timeline cut = desk.timeline();
    BOOST_TEST((cut.sight == Sight::seen));
    BOOST_TEST(!cut.reaches_back);
}

BOOST_AUTO_TEST_CASE(an_old_copy_is_told_by_its_headers) {
    const std::pair<const char*, bool> copies[] = {
        {"Date: Tue, 24 Nov 2026 12:00:00 GMT", false},
        {"Date: Tue, 24 Nov 2026 11:59:20 GMT\nAge: 40", false}, // as long as Mastodon lets a cache keep it
        {"Date: Tue, 24 Nov 2026 11:58:00 GMT\nAge: 120", true},
        {"Date: Tue, 24 Nov 2026 11:00:00 GMT", true}, // a cache that says no age
        {"X-Cached: HIT", false},
        {"X-Cached: STALE", true}, // nginx as Mastodon ships it
        {"X-Cached: UPDATING", true},
        {"CF-Cache-Status: STALE", true},
        {"Warning: 110 - \"Response is Stale\"", true},
    };
    for (const auto& [headers, stale] : copies) {
        Desk desk;
        desk.http.answer(200, "[]", headers);
        BOOST_TEST(desk.timeline().stale == stale, headers);
    }
}

BOOST_AUTO_TEST_CASE(the_servers_clock_is_read_where_no_cache_can_have_said_it) {
    Desk desk;
    desk.http.answer(200, "[]", "Date: Tue, 24 Nov 2026 12:03:00 GMT");
    BOOST_TEST((desk.timeline().ahead == Duration{3min}));
    desk.http.answer(200, "[]", "Date: Tue, 24 Nov 2026 11:59:30 GMT\nAge: 30");
    BOOST_TEST(!desk.timeline().ahead);
    desk.http.answer(200, "[]");
    BOOST_TEST(!desk.timeline().ahead);
}

BOOST_AUTO_TEST_CASE(what_answers_are_worth) {
    const std::tuple<int, const char*, const char*, Sight> answers[] = {
        {401, R"({"error":"This method requires an authenticated user"})", json_type, Sight::closed},
        {403, "", html_type, Sight::closed},
        {404, R"({"error":"Record not found"})", json_type, Sight::gone},
        {404, "<html>", html_type, Sight::closed}, // no such API
        {410, R"({"error":"Gone"})", json_type, Sight::gone},
        {302, "", html_type, Sight::closed},
        {408, "", html_type, Sight::later},
        {429, "", json_type, Sight::later},
        {500, "", html_type, Sight::later},
        {503, "", html_type, Sight::later},
        {200, "<html>", html_type, Sight::closed},
        {200, "{}", json_type, Sight::closed},
    };
    for (const auto& [status, body, headers, sight] : answers) {
        Desk desk;
        desk.http.answer(status, body, headers);
        BOOST_TEST((desk.status().sight == sight), status << ' ' << body);
    }
    Desk desk;
    desk.http.answers.emplace_back(
        HttpFailure{HttpPhase::connect, Failure{Cause::network, "refused"}, false});
    const Timeline away = desk.timeline();
    BOOST_TEST((away.sight == Sight::later));
    BOOST_TEST(away.unreachable);
    desk.http.answers.emplace_back(HttpFailure{HttpPhase::read, Failure{Cause::network, "timeout"}, true});
    BOOST_TEST(!desk.timeline().unreachable);
    desk.http.answer(429, "", "Retry-After: 30");
    BOOST_TEST((desk.timeline().again == at_noon + 31s));
}

BOOST_AUTO_TEST_CASE(what_does_not_read_in_a_list_makes_it_no_proof) {
    Desk desk;
    desk.http.answer(200, "[{}," + status_json(11, long_ago) + "]");
    const Timeline page = desk.timeline();
    BOOST_TEST(page.statuses.size() == 1U);
    BOOST_TEST(page.stale);
}

BOOST_AUTO_TEST_SUITE_END()
