#include "expect.hpp"
#include "silent_port.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

using namespace crier;
using namespace crier::test;
using namespace std::chrono_literals;
using Kind = Step::Kind;

namespace {

HttpRequest within(HttpRequest request, Duration connect, Duration all) {
    request.connect_timeout = connect;
    request.timeout = all;
    return request;
}

} // namespace

BOOST_AUTO_TEST_SUITE(deadlines)

BOOST_AUTO_TEST_CASE(a_host_that_does_not_answer) {
    const SilentPort silent;
    const std::string url = "http://127.0.0.1:" + std::to_string(silent.port()) + "/";
    for (const auto& [connect, all] : {std::pair<Duration, Duration>{20ms, 1h}, {1h, 20ms}}) {
        World world;
        check_failure(world.send(within(HttpRequest{"GET", url}, connect, all)),
                      {HttpPhase::connect, Cause::network, false,
                       "no connection to 127.0.0.1 at port " + std::to_string(silent.port()) + " within 20ms",
                       "firewall"});
    }
}

BOOST_AUTO_TEST_CASE(a_host_that_refuses_is_told_at_once) {
    World world;
    const SilentPort silent; // a port that is taken, but not at this address
    check_failure(
        world.get("http://127.0.0.2:" + std::to_string(silent.port()) + "/"),
        {HttpPhase::connect, Cause::network, false,
         "no connection to 127.0.0.2 at port " + std::to_string(silent.port()) + ": Connection refused",
         "nothing listens there"});
}

BOOST_AUTO_TEST_CASE(a_name_that_nobody_knows) {
    World world;
    check_failure(world.get("https://unknown.test/"), {HttpPhase::resolve, Cause::network, false,
                                                       "the name unknown.test is not known", "spelled"});
}

BOOST_AUTO_TEST_CASE(a_server_that_never_speaks_tls) {
    World world;
    ScriptedServer server{world.context};
    server.on_connection({Kind::stall});
    check_failure(
        world.send(within(HttpRequest{"GET", "https://127.0.0.1:" + server.port() + "/"}, 20ms, 1h)),
        {HttpPhase::tls, Cause::network, false, "no TLS connection with 127.0.0.1 within 20ms", "https"});
}

BOOST_AUTO_TEST_CASE(a_server_that_does_not_answer) {
    for (const char* part : {"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
                             "HTTP/1.1 100 Continue\r\n\r\n"}) {
        World world;
        ScriptedServer server{world.context};
        server.on_connection({Kind::request, send(part), Kind::stall});
        check_failure(world.send(within(post(server.url(), "x"), 1h, 20ms)),
                      {HttpPhase::read, Cause::network, true, "127.0.0.1: no whole response within 20ms",
                       "overloaded"});
    }
}

BOOST_AUTO_TEST_CASE(a_server_that_sends_a_little_now_and_then) {
    World world;
    ScriptedServer server{world.context};
    ScriptedServer::Steps steps{Kind::request, send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")};
    for (int i = 0; i < 1000; ++i)
        steps.push_back(send("x"));
    steps.emplace_back(Kind::stall);
    server.on_connection(steps);
    check_failure(world.send(within(HttpRequest{"GET", server.url()}, 1h, 20ms)),
                  {HttpPhase::read, Cause::network, true, "no whole response within 20ms", "overloaded"});
}

BOOST_AUTO_TEST_CASE(a_server_that_does_not_take_the_request) {
    World world;
    ScriptedServer server{world.context};
    server.on_connection({Kind::head, Kind::stall});
    check_failure(world.send(within(post(server.url(), std::string(32U << 20U, 'x')), 1h, 20ms)),
                  {HttpPhase::write, Cause::network, false,
                   "127.0.0.1: the request could not be sent within 20ms", "overloaded"});
}

BOOST_AUTO_TEST_CASE(all_redirects_together_have_the_time_of_one) {
    World world;
    ScriptedServer server{world.context};
    server.on_connection(
        {Kind::request, send(response(302, "", "Location: /2\r\n")), Kind::request, Kind::stall});
    HttpRequest request = within(HttpRequest{"GET", server.url()}, 1h, 20ms);
    request.follow_redirects = true;
    check_failure(world.send(std::move(request)),
                  {HttpPhase::read, Cause::network, true, "no whole response within 20ms", ""});
}

BOOST_AUTO_TEST_CASE(a_request_that_is_cancelled_drops_its_connection) {
    World world;
    ScriptedServer server{world.context};
    server.on_connection({Kind::request, Kind::hold}); // and ends when the client closes
    boost::asio::cancellation_signal cancel;
    bool threw = false;
    boost::asio::co_spawn(world.context, world.client().send(HttpRequest{"GET", server.url()}),
                          boost::asio::bind_cancellation_slot(
                              cancel.slot(), [&](std::exception_ptr error, const HttpResult& result) {
                                  threw = error != nullptr || result.has_error();
                              }));
    while (server.requests().empty())
        world.context.run_one();
    cancel.emit(boost::asio::cancellation_type::terminal);
    server.stop();
    world.context.restart();
    world.context.run();
    BOOST_TEST(threw);
}

BOOST_AUTO_TEST_CASE(a_cancelled_upload_ends_in_both_directions) {
    World world;
    ScriptedServer server{world.context};
    server.on_connection({Kind::head, Kind::stall});
    boost::asio::cancellation_signal cancel;
    bool ended = false;
    boost::asio::co_spawn(world.context,
                          world.client().send(post(server.url(), std::string(32U << 20U, 'x'))),
                          boost::asio::bind_cancellation_slot(
                              cancel.slot(), [&](std::exception_ptr, const HttpResult&) { ended = true; }));
    while (server.requests().empty())
        world.context.run_one();
    world.context.poll();
    cancel.emit(boost::asio::cancellation_type::terminal);
    world.context.restart();
    while (!ended && world.context.run_one() > 0) {
    }
    BOOST_TEST(ended);
}

BOOST_AUTO_TEST_SUITE_END()
