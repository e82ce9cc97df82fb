// Page after page of an account, politely, and never further than it is told.
#include "mastodon/look_back.hpp"

#include "answers.hpp"
#include "support/coro.hpp"
#include "support/virtual_time.hpp"

#include <boost/test/unit_test.hpp>

#include <deque>

using namespace crier;
using namespace std::chrono_literals;
using crier::mastodon::LookBack;
using crier::mastodon::LookBackLimits;
using crier::mastodon::test::json_type;
using crier::mastodon::test::response;

namespace {

const Instant noon = *from_rfc3339("2026-11-24T12:00:00Z");

/// A server with statuses 1 to `statuses`, one an hour, the newest at noon; four on a page.
class Server final : public HttpClient {
public:
    explicit Server(Clock& clock)
        : clock_(clock) {}
    boost::asio::awaitable<HttpResult> send(HttpRequest request) override {
        times.push_back(clock_.now());
        if (!refusals.empty()) {
            auto refusal = std::move(refusals.front());
            refusals.pop_front();
            if (refusal)
                co_return std::move(*refusal);
        }
        const auto mark = request.url.find("max_id=");
        int newest = mark == std::string::npos || ignores_max_id
                         ? statuses
                         : std::stoi(request.url.substr(mark + 7)) - 1;
        std::string list;
        for (int i = 0; i < 4 && newest > 0; ++i, --newest)
            list += (list.empty() ? "" : ",") + std::string{R"({"id":")"} + std::to_string(newest) +
                    R"(","uri":"u","content":"<p>x</p>","created_at":")" +
                    to_rfc3339(noon - 1h * (statuses - newest)) + R"(","card":)" +
                    (newest == 1 ? R"({"url":"https://a.example/1"})" : "null") + "}";
        co_return response(200, json_type, "[" + list + "]");
    }
    int statuses = 10;
    bool ignores_max_id = false;
    std::deque<std::optional<HttpResult>> refusals; ///< nothing: answers
    std::vector<Instant> times;

private:
    Clock& clock_;
};

struct Desk {
    boost::asio::io_context context{1};
    crier::test::VirtualTime time{context, noon};
    AccountSettings account;
    Server http{time};
    mastodon::Reader reader{account, http, time, nullptr};

    Desk() { account.server = "https://m.example"; }
    LookBack read(std::optional<Instant> since = {}, LookBackLimits limits = {}) {
        std::optional<LookBack> back;
        boost::asio::co_spawn(context, mastodon::look_back(reader, time, "7", since, limits, {}),
                              [&](std::exception_ptr error, LookBack read) {
                                  BOOST_REQUIRE(!error);
                                  back = std::move(read);
                              });
        time.run_while([&] { return !back; });
        return std::move(*back);
    }
};

std::string ids(const LookBack& back) {
    std::string text;
    for (const SeenStatus& status : back.statuses)
        text += (text.empty() ? "" : " ") + status.id;
    return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(mastodon_look_back)

BOOST_AUTO_TEST_CASE(it_reads_to_the_first_status_a_page_a_second) {
    Desk desk;
    const LookBack back = desk.read();
    BOOST_TEST(ids(back) == "10 9 8 7 6 5 4 3 2 1");
    BOOST_TEST(back.reached);
    BOOST_TEST((back.oldest == noon - 9h));
    BOOST_TEST(back.statuses.back().card == "https://a.example/1");
    BOOST_REQUIRE(desk.http.times.size() == 4U); // the last one is empty
    for (std::size_t i = 1; i < desk.http.times.size(); ++i)
        BOOST_TEST((desk.http.times[i] - desk.http.times[i - 1] >= 1s));
}

BOOST_AUTO_TEST_CASE(it_goes_no_further_back_than_asked_for) {
    Desk desk;
    const LookBack back = desk.read(noon - 5h - 30min);
    BOOST_TEST(ids(back) == "10 9 8 7 6 5");
    BOOST_TEST(back.reached);
    BOOST_TEST(back.pages == 2U);
}

BOOST_AUTO_TEST_CASE(a_bound_on_pages_is_said) {
    Desk desk;
    LookBackLimits limits;
    limits.pages = 2;
    const LookBack back = desk.read({}, limits);
    BOOST_TEST(back.statuses.size() == 8U);
    BOOST_TEST(!back.reached);
    BOOST_TEST(!back.why.empty());
    BOOST_TEST(!back.failed.has_value());
}

BOOST_AUTO_TEST_CASE(a_server_that_shows_the_same_page_again_ends_it) {
    Desk desk;
    desk.http.ignores_max_id = true;
    const LookBack back = desk.read();
    BOOST_TEST(ids(back) == "10 9 8 7");
    BOOST_TEST(!back.reached);
    BOOST_TEST(back.why == "the server shows the same page again");
}

BOOST_AUTO_TEST_CASE(a_429_is_waited_out_once_and_a_second_one_ends_it) {
    Desk desk;
    const char* const limited = "Content-Type: application/json\nRetry-After: 90";
    desk.http.refusals.emplace_back(std::nullopt);
    desk.http.refusals.emplace_back(response(429, limited, R"({"error":"Too many requests"})"));
    desk.http.refusals.emplace_back(std::nullopt);
    desk.http.refusals.emplace_back(response(429, limited, R"({"error":"Too many requests"})"));
    const LookBack back = desk.read();
    BOOST_TEST(ids(back) == "10 9 8 7 6 5 4 3");
    BOOST_TEST((desk.http.times[2] - desk.http.times[1] >= 90s));
    BOOST_REQUIRE(back.failed.has_value());
    BOOST_TEST(back.failed->http == 429);
    BOOST_TEST(desk.http.times.size() == 4U);
}

BOOST_AUTO_TEST_CASE(a_page_that_is_shown_to_nobody_says_what_the_server_said) {
    Desk desk;
    desk.http.refusals.emplace_back(
        response(401, json_type, R"({"error":"This method requires an authenticated user"})"));
    const LookBack back = desk.read();
    BOOST_TEST(back.pages == 0U);
    BOOST_REQUIRE(back.failed.has_value());
    BOOST_TEST((back.failed->sight == Sight::closed));
    BOOST_TEST(back.why == "401 This method requires an authenticated user");
}

BOOST_AUTO_TEST_SUITE_END()
