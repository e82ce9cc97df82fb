#include "commands/daemon.hpp"

#include "net/server.hpp"
#include "support/temporary.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/test/unit_test.hpp>

#include <sstream>
#include <string>
#include <thread>

using namespace crier;

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

BOOST_AUTO_TEST_SUITE_END()
