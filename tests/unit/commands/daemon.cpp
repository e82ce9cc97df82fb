#include "commands/daemon.hpp"

#include "net/server.hpp"
#include "support/temporary.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/test/unit_test.hpp>

#include <sstream>
#include <string>
#include <thread>

using namespace crier;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t long_answer = 12U << 20U;

boost::asio::awaitable<LocalResponse> answer_at_length(LocalRequest) {
    LocalResponse response{200, "{\"x\":\"" + std::string(long_answer, 'x') + "\"}"};
    co_return response;
}

} // namespace

BOOST_AUTO_TEST_SUITE(daemon_calls)

BOOST_AUTO_TEST_CASE(a_long_outbox_comes_whole) {
    const test::TemporaryDirectory directory{"/tmp"};
    Settings settings;
    settings.store = directory / "crier.db";
    settings.admin_socket = directory / "admin.sock";
    boost::asio::io_context context{1};
    const auto server = net::make_http_server(context.get_executor());
    BOOST_REQUIRE(server->listen_unix(settings.admin_socket));
    boost::asio::co_spawn(context, server->serve(answer_at_length), boost::asio::detached);
    std::thread thread{[&] { context.run(); }};
    const sys::Environment environment;
    std::ostringstream out;
    const commands::Invocation call{environment, {}, false, out, out};
    const auto answer = commands::Daemon{call, settings}.get("/v1/outbox");
    boost::asio::post(context, [&] { server->stop(); });
    thread.join();
    BOOST_REQUIRE_MESSAGE(answer.has_value(), answer.error().message);
    BOOST_TEST(answer->at("x").as_string().size() == long_answer);
}

/// Takes connections and says nothing, as a stopped process's socket does.
BOOST_AUTO_TEST_CASE(a_daemon_that_gives_no_sign_of_life_is_told_of_and_given_up) {
    const test::TemporaryDirectory directory{"/tmp"};
    Settings settings;
    settings.store = directory / "crier.db";
    settings.admin_socket = directory / "admin.sock";
    settings.accounts["news"].name = "news";
    boost::asio::io_context context{1};
    namespace local = boost::asio::local;
    const local::stream_protocol::acceptor door{context,
                                                local::stream_protocol::endpoint{settings.admin_socket}};
    const sys::Environment environment;
    std::ostringstream out;
    std::ostringstream err;
    const commands::Invocation call{environment, {}, false, out, err};
    const commands::DaemonPatience patience{10ms, 10ms, 10ms};
    const auto answer = commands::Daemon{call, settings, patience}.get("/v1/status");
    BOOST_REQUIRE(answer.has_error());
    BOOST_TEST((answer.error().cause == Cause::temporary)); // exit code 75
    BOOST_TEST(answer.error().message == "the daemon at " + settings.admin_socket + " does not answer");
    BOOST_TEST(err.str() == "the daemon at " + settings.admin_socket +
                                " has taken the connection and does not answer: it is stopped, or hangs\n");
    const auto order = commands::Daemon{call, settings, patience}.post("/v1/pause", {});
    BOOST_REQUIRE(order.has_error());
    BOOST_TEST(order.error().message.ends_with("; what was asked may be done when it goes on"));
}

/// One whose loop goes round may take as long as it needs for an answer.
BOOST_AUTO_TEST_CASE(a_daemon_that_is_busy_is_waited_for) {
    const test::TemporaryDirectory directory{"/tmp"};
    Settings settings;
    settings.store = directory / "crier.db";
    settings.admin_socket = directory / "admin.sock";
    boost::asio::io_context context{1};
    const auto server = net::make_http_server(context.get_executor());
    BOOST_REQUIRE(server->listen_unix(settings.admin_socket));
    boost::asio::steady_timer asked{context, boost::asio::steady_timer::time_point::max()};
    const auto handle = [&asked](LocalRequest request) -> boost::asio::awaitable<LocalResponse> {
        boost::system::error_code ignored;
        if (request.path == "/healthz")
            asked.cancel();
        else
            co_await asked.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
        co_return LocalResponse{200, "{}"};
    };
    boost::asio::co_spawn(context, server->serve(handle), boost::asio::detached);
    std::thread thread{[&] { context.run(); }};
    const sys::Environment environment;
    std::ostringstream out;
    std::ostringstream err;
    const commands::Invocation call{environment, {}, false, out, err};
    const commands::DaemonPatience patience{10ms, 20s, 20s};
    const auto answer = commands::Daemon{call, settings, patience}.get("/v1/status");
    boost::asio::post(context, [&] { server->stop(); });
    thread.join();
    BOOST_TEST(answer.has_value());
    BOOST_TEST(err.str() == "");
}

BOOST_AUTO_TEST_SUITE_END()
