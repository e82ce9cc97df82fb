// Answers that go on, and the headers that each answer has.

#include "expect.hpp"
#include "net/server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

using namespace crier;
using namespace crier::test;
using namespace std::chrono_literals;
namespace asio = boost::asio;
using Tcp = asio::ip::tcp;

namespace {

/// Says what the test gives it.
class Spoken final : public LocalStream {
public:
    explicit Spoken(asio::io_context& context)
        : bell_(context, asio::steady_timer::time_point::max()) {}
    asio::awaitable<std::optional<std::string>> next() override {
        boost::system::error_code ignored;
        while (!ended && pieces.empty())
            co_await bell_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
        if (ended)
            co_return std::nullopt;
        std::string piece = std::move(pieces.front());
        pieces.erase(pieces.begin());
        if (piece == "throw")
            throw std::runtime_error("a bug");
        co_return piece;
    }
    void end() override {
        ended = true;
        bell_.cancel();
    }
    void say(std::string piece) {
        pieces.push_back(std::move(piece));
        bell_.cancel();
    }
    std::vector<std::string> pieces;
    bool ended = false;

private:
    asio::steady_timer bell_;
};

struct Streaming : World {
    explicit Streaming(net::ServerLimits limits = {})
        : server(net::make_http_server(context.get_executor(), limits,
                                       {{"X-Always", "yes"}, {"X-Own", "server"}})) {
        port = server->listen_tcp("127.0.0.1", 0).value();
        asio::co_spawn(context,
                       server->serve([this](LocalRequest request) { return handle(std::move(request)); }),
                       [this](std::exception_ptr) { served = true; });
    }
    asio::awaitable<LocalResponse> handle(LocalRequest request) {
        LocalResponse response{200, "{}"};
        if (request.path == "/own")
            response.headers.emplace_back("x-own", "handler");
        if (request.path == "/stream") {
            response.content_type = "text/event-stream";
            spoken.push_back(std::make_shared<Spoken>(context));
            response.stream = spoken.back();
        }
        co_return response;
    }
    asio::awaitable<void> connect(Tcp::socket& socket, std::string request) {
        co_await socket.async_connect(Tcp::endpoint{asio::ip::address_v4::loopback(), port},
                                      asio::use_awaitable);
        co_await asio::async_write(socket, asio::buffer(request), asio::use_awaitable);
    }
    asio::awaitable<void> until(Tcp::socket& socket, std::string mark) {
        boost::system::error_code error;
        co_await asio::async_read_until(socket, asio::dynamic_buffer(heard), mark,
                                        asio::redirect_error(asio::use_awaitable, error));
    }
    asio::awaitable<void> to_the_end(Tcp::socket& socket) {
        boost::system::error_code error;
        co_await asio::async_read(socket, asio::dynamic_buffer(heard),
                                  asio::redirect_error(asio::use_awaitable, error));
    }
    Tcp::socket listen() {
        Tcp::socket socket{context};
        test::run(context, connect(socket, "GET /stream HTTP/1.1\r\nHost: x\r\n\r\n"));
        test::run(context, until(socket, "\r\n\r\n"));
        return socket;
    }
    std::string ask(const std::string& text) {
        Tcp::socket socket{context};
        heard.clear();
        test::run(context, connect(socket, text));
        test::run(context, to_the_end(socket));
        return heard;
    }
    /// Runs until it is so; bounded by the servers' own deadlines.
    template <class Condition>
    void wait_for(const Condition& condition) {
        context.restart();
        while (!condition() && context.run_one() > 0) {
        }
        BOOST_TEST(condition());
    }

    std::vector<std::shared_ptr<Spoken>> spoken;
    std::string heard;
    bool served = false;
    std::uint16_t port = 0;
    std::unique_ptr<HttpServer> server;
};

} // namespace

BOOST_AUTO_TEST_SUITE(streams)

BOOST_AUTO_TEST_CASE(an_answer_goes_on_piece_by_piece_until_it_ends) {
    Streaming f;
    Tcp::socket socket = f.listen();
    BOOST_TEST(f.heard.starts_with("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"), f.heard);
    BOOST_TEST(f.heard.find("Content-Length") == std::string::npos);
    BOOST_TEST(contains(f.heard, "Connection: close\r\n"));
    f.heard.clear();
    f.spoken[0]->say("one\n");
    test::run(f.context, f.until(socket, "one\n"));
    f.spoken[0]->say("two\n");
    test::run(f.context, f.until(socket, "two\n"));
    f.spoken[0]->end();
    test::run(f.context, f.to_the_end(socket));
    BOOST_TEST(f.heard == "one\ntwo\n");
}

BOOST_AUTO_TEST_CASE(a_client_that_goes_ends_it) {
    Streaming f;
    Tcp::socket socket = f.listen();
    socket.close();
    f.wait_for([&] { return f.spoken[0].use_count() == 1; });
    BOOST_TEST(f.spoken[0]->ended);
}

BOOST_AUTO_TEST_CASE(a_server_that_stops_ends_it) {
    Streaming f;
    Tcp::socket socket = f.listen();
    f.server->stop();
    test::run(f.context, f.to_the_end(socket));
    f.wait_for([&] { return f.served; });
    BOOST_TEST(f.spoken[0]->ended);
}

BOOST_AUTO_TEST_CASE(a_bug_in_it_ends_it_and_nothing_else_and_is_told_of) {
    std::vector<std::string> told;
    net::ServerLimits telling;
    telling.bug = [&told](std::string_view what) { told.emplace_back(what); };
    Streaming f{telling};
    Tcp::socket socket = f.listen();
    f.heard.clear();
    f.spoken[0]->say("throw");
    test::run(f.context, f.to_the_end(socket));
    BOOST_TEST(f.heard == "");
    BOOST_TEST(f.ask("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").ends_with("{}"));
    BOOST_TEST(told == std::vector<std::string>{"a bug"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(who_does_not_take_it_is_dropped) {
    net::ServerLimits limits;
    limits.answer = 50ms;
    Streaming f{limits};
    Tcp::socket socket = f.listen();
    for (int i = 0; i < 64; ++i)
        f.spoken[0]->say(std::string(1U << 20U, 'x'));
    f.wait_for([&] { return f.spoken[0].use_count() == 1; });
    BOOST_TEST(f.spoken[0]->ended);
    BOOST_TEST(!f.spoken[0]->pieces.empty());
}

BOOST_AUTO_TEST_CASE(streams_take_no_room_of_short_requests) {
    net::ServerLimits limits;
    limits.connections = 1;
    Streaming f{limits};
    Tcp::socket one = f.listen();
    Tcp::socket two = f.listen();
    BOOST_TEST(f.ask("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").ends_with("{}"));
}

BOOST_AUTO_TEST_CASE(what_only_asks_for_the_head_has_it_and_no_more) {
    Streaming f;
    const std::string head = f.ask("HEAD /stream HTTP/1.1\r\n\r\n");
    BOOST_TEST(head.ends_with("\r\n\r\n"), head);
    f.wait_for([&] { return f.spoken[0].use_count() == 1; });
}

BOOST_AUTO_TEST_CASE(each_answer_has_the_headers_that_all_have) {
    Streaming f;
    BOOST_TEST(contains(f.ask("GET / HTTP/1.1\r\nConnection: close\r\n\r\n"), "\r\nX-Always: yes\r\n"));
    BOOST_TEST(contains(f.ask("no http at all\r\n\r\n"), "\r\nX-Always: yes\r\n"));
    const std::string own = f.ask("GET /own HTTP/1.1\r\nConnection: close\r\n\r\n");
    BOOST_TEST(contains(own, "\r\nx-own: handler\r\n"));
    BOOST_TEST(own.find("X-Own: server") == std::string::npos);
    Tcp::socket socket = f.listen();
    BOOST_TEST(contains(f.heard, "\r\nX-Always: yes\r\n"));
}

BOOST_AUTO_TEST_SUITE_END()
