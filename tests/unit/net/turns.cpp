// Requests to one host go one after another; hosts go beside each other.

#include "net/turns.hpp"

#include "support/coro.hpp"
#include "support/virtual_time.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/test/unit_test.hpp>

#include <map>
#include <string>
#include <vector>

using namespace crier;
using namespace std::chrono_literals;

namespace {

/// Answers after a time that the test says for each host; counts who is with it at once.
class SlowHosts final : public HttpClient {
public:
    explicit SlowHosts(crier::test::VirtualTime& time)
        : time_(time) {}

    boost::asio::awaitable<HttpResult> send(HttpRequest request) override {
        const std::string url = request.url;
        seen.push_back(url);
        const std::string host = url.substr(0, url.find('/', 8));
        const Inside inside{*this, host};
        most = std::max(most, now);
        most_of_host[host] = std::max(most_of_host[host], now_of_host[host]);
        const Duration takes = duration.count(host) > 0 ? duration[host] : Duration{1s};
        const std::unique_ptr<Alarm> alarm = time_.make_alarm();
        co_await alarm->wait_for(takes);
        HttpResponse response;
        response.status = 200;
        response.url = url;
        co_return response;
    }

    std::vector<std::string> seen;
    std::map<std::string, Duration> duration;
    std::map<std::string, int> now_of_host;
    std::map<std::string, int> most_of_host;
    int now = 0;
    int most = 0;

private:
    struct Inside {
        Inside(SlowHosts& http, std::string name)
            : in(http)
            , host(std::move(name)) {
            ++in.now;
            ++in.now_of_host[host];
        }
        Inside(const Inside&) = delete;
        Inside& operator=(const Inside&) = delete;
        ~Inside() {
            --in.now;
            --in.now_of_host[host];
        }
        SlowHosts& in;
        std::string host;
    };

    crier::test::VirtualTime& time_;
};

struct TurnWorld {
    explicit TurnWorld(net::TurnRules rules = {})
        : client(net::make_turn_client(http, time, rules)) {}

    boost::asio::io_context context{1};
    crier::test::VirtualTime time{context, *from_rfc3339("2026-11-24T12:00:00Z")};
    SlowHosts http{time};
    std::unique_ptr<HttpClient> client;
    std::vector<std::string> answered;
    std::vector<std::string> failed;

    void ask(const std::string& url, boost::asio::cancellation_signal* cut = nullptr) {
        const auto ended = [this, url](std::exception_ptr error, HttpResult result) {
            if (!error && result)
                answered.push_back(url);
            else
                failed.push_back(url + ": " + (error ? "cut off" : result.error().failure.message));
        };
        boost::asio::awaitable<HttpResult> sent = client->send(HttpRequest{"GET", url});
        if (cut != nullptr)
            boost::asio::co_spawn(context, std::move(sent),
                                  boost::asio::bind_cancellation_slot(cut->slot(), ended));
        else
            boost::asio::co_spawn(context, std::move(sent), ended);
    }
};

std::string feed_of(const std::string& host, int number) {
    return "https://" + host + "/" + std::to_string(number) + ".xml";
}

} // namespace

BOOST_AUTO_TEST_SUITE(turns_of_hosts)

BOOST_AUTO_TEST_CASE(one_host_is_asked_by_one_at_a_time_in_the_order_in_which_they_came) {
    TurnWorld world;
    for (int i = 0; i < 50; ++i)
        world.ask(feed_of("a.example", i));
    world.time.run_for(49s);
    BOOST_TEST(world.http.most == 1);
    BOOST_TEST(world.answered.size() == 49U);
    world.time.run_for(1s);
    BOOST_TEST(world.answered.size() == 50U);
    BOOST_TEST(world.answered == world.http.seen);
    BOOST_TEST(world.answered.back() == feed_of("a.example", 49));
    BOOST_TEST(world.failed.empty());
}

BOOST_AUTO_TEST_CASE(hosts_do_not_wait_for_one_another) {
    TurnWorld world;
    world.http.duration["https://slow.example"] = 60s;
    for (int i = 0; i < 3; ++i) {
        world.ask(feed_of("slow.example", i));
        world.ask(feed_of("quick.example", i));
    }
    world.time.run_for(3s);
    BOOST_TEST(world.answered.size() == 3U);
    BOOST_TEST(world.http.most == 2);
    world.time.run_for(3min);
    BOOST_TEST(world.answered.size() == 6U);
    BOOST_TEST(world.http.most_of_host["https://slow.example"] == 1);
}

BOOST_AUTO_TEST_CASE(a_host_is_scheme_name_and_port) {
    TurnWorld world;
    for (const char* url : {"https://a.example/1", "http://a.example/1", "https://a.example:8443/1",
                            "https://b.a.example/1", "https://A.example:443/2"})
        world.ask(url);
    world.time.run_for(1s);
    BOOST_TEST(world.answered.size() == 4U); // the last one is the first one's
    world.time.run_for(1s);
    BOOST_TEST(world.answered.size() == 5U);
}

BOOST_AUTO_TEST_CASE(who_waits_for_too_long_is_told) {
    TurnWorld world;
    world.http.duration["https://slow.example"] = 4min;
    for (int i = 0; i < 5; ++i)
        world.ask(feed_of("slow.example", i));
    world.time.run_for(10min);
    BOOST_REQUIRE(world.failed.size() == 2U);
    BOOST_TEST(world.failed.front() ==
               feed_of("slow.example", 3) +
                   ": slow.example: it is slow, and those before this one took longer than 10m");
    world.time.run_for(10min);
    BOOST_TEST(world.answered.size() == 3U);
    BOOST_TEST(world.http.seen.size() == 3U); // nobody who gave up asked
    world.ask(feed_of("slow.example", 6));    // and nothing is left of them
    world.time.run_for(4min);
    BOOST_TEST(world.answered.size() == 4U);
}

BOOST_AUTO_TEST_CASE(who_waits_is_cut_off_at_once_and_the_others_go_on) {
    TurnWorld world;
    boost::asio::cancellation_signal cut;
    world.ask(feed_of("a.example", 1));
    world.ask(feed_of("a.example", 2), &cut);
    world.ask(feed_of("a.example", 3));
    world.time.run_for(500ms);
    cut.emit(boost::asio::cancellation_type::terminal);
    world.time.run_for(0s);
    BOOST_REQUIRE(world.failed.size() == 1U);
    world.time.run_for(2s);
    BOOST_TEST(world.answered.size() == 2U);
    BOOST_TEST(world.http.seen.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_request_that_is_cut_off_ends_its_turn) {
    TurnWorld world;
    boost::asio::cancellation_signal cut;
    world.ask(feed_of("a.example", 1), &cut);
    world.ask(feed_of("a.example", 2));
    world.http.duration["https://a.example"] = 60s;
    world.time.run_for(500ms);
    cut.emit(boost::asio::cancellation_type::terminal);
    world.time.run_for(60s);
    BOOST_TEST(world.answered.back() == feed_of("a.example", 2));
}

BOOST_AUTO_TEST_CASE(one_that_is_cut_off_when_its_turn_has_just_come_hands_it_on) {
    TurnWorld world;
    boost::asio::cancellation_signal cut;
    world.ask(feed_of("a.example", 1));
    world.ask(feed_of("a.example", 2), &cut);
    world.ask(feed_of("a.example", 3));
    world.time.run_while([&] { return world.answered.empty(); });
    cut.emit(boost::asio::cancellation_type::terminal);
    world.time.run_for(2s);
    BOOST_TEST(world.answered.back() == feed_of("a.example", 3));
}

BOOST_AUTO_TEST_CASE(what_is_no_address_goes_through) {
    TurnWorld world;
    world.ask("no address");
    world.time.run_for(1s);
    BOOST_TEST(world.answered.size() == 1U); // the client inside says what is wrong with it
}

BOOST_AUTO_TEST_CASE(so_many_at_once_as_the_rules_say) {
    TurnWorld world{net::TurnRules{10, true}};
    for (int i = 0; i < 100; ++i)
        world.ask(feed_of("a.example", i));
    world.time.run_for(3s);
    BOOST_TEST(world.http.most == 10);
    BOOST_TEST(world.answered.size() == 30U);
    world.time.run_for(7s);
    BOOST_TEST(world.answered.size() == 100U);
    BOOST_TEST(world.http.most == 10);
    BOOST_TEST(world.answered.back() == feed_of("a.example", 99));
}

/// A lease is longer than a request may take: so the wait is a part of it.
BOOST_AUTO_TEST_CASE(who_waits_for_as_long_as_the_request_may_take_gives_up_unsent) {
    TurnWorld world{net::TurnRules{1, true}};
    world.http.duration["https://a.example"] = 45s;
    world.ask(feed_of("a.example", 1));
    world.ask(feed_of("a.example", 2)); // begins after 45 s
    world.ask(feed_of("a.example", 3)); // could begin after 90
    world.time.run_for(61s);
    BOOST_TEST(world.http.seen.size() == 2U);
    BOOST_REQUIRE(world.failed.size() == 1U);
    BOOST_TEST(world.failed.front().find("/3.xml") != std::string::npos);
    world.time.run_for(1min);
    BOOST_TEST(world.answered.size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
