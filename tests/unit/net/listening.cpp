// The server on TCP, and what it does with a request's head.

#include "expect.hpp"
#include "net/server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

using namespace crier;
using namespace crier::test;
using namespace std::chrono_literals;
namespace asio = boost::asio;
using Tcp = asio::ip::tcp;

namespace {

net::ServerLimits one_request() {
    net::ServerLimits limits;
    limits.keep_alive = false;
    return limits;
}

/// A server that takes POST to "/in" alone.
struct Listening : World {
    explicit Listening(net::ServerLimits limits = one_request())
        : server(net::make_http_server(context.get_executor(), limits)) {
        port = server->listen_tcp("127.0.0.1", 0).value();
        asio::co_spawn(context,
                       server->serve([this](LocalRequest request) { return handle(std::move(request)); },
                                     [](const LocalRequest& head) { return check(head); },
                                     [this](const LocalRequest& head, int status) {
                                         refused += head.path + " " + std::to_string(status) + ";";
                                     }),
                       [this](std::exception_ptr) { served = true; });
    }
    static std::optional<LocalResponse> check(const LocalRequest& head) {
        if (head.path == "/in" && head.method == "POST")
            return std::nullopt;
        LocalResponse no{404, "{\"error\":\"no\"}"};
        no.headers.emplace_back("X-Why", "path");
        return no;
    }
    asio::awaitable<LocalResponse> handle(LocalRequest request) {
        seen.push_back(std::move(request));
        co_return LocalResponse{200, "{\"ok\":true}"};
    }
    HttpResult ask(const std::string& method, const std::string& target, std::string body = {}) {
        HttpRequest asked{method, "http://127.0.0.1:" + std::to_string(port) + target};
        asked.allow_private = true;
        asked.body = std::move(body);
        return send(std::move(asked));
    }
    /// Sends the first bytes, waits for `until`, and then sends the others.
    std::string raw(const std::string& first, const std::string& until = {}, const std::string& then = {}) {
        std::string answer;
        test::run(context, talk(first, until, then, answer));
        return answer;
    }
    asio::awaitable<void> talk(std::string first, std::string until, std::string then, std::string& answer) {
        Tcp::socket socket{context};
        boost::system::error_code error;
        co_await socket.async_connect(Tcp::endpoint{asio::ip::address_v4::loopback(), port},
                                      asio::use_awaitable);
        co_await asio::async_write(socket, asio::buffer(first),
                                   asio::redirect_error(asio::use_awaitable, error));
        if (!until.empty()) {
            co_await asio::async_read_until(socket, asio::dynamic_buffer(answer), until,
                                            asio::redirect_error(asio::use_awaitable, error));
            co_await asio::async_write(socket, asio::buffer(then),
                                       asio::redirect_error(asio::use_awaitable, error));
        }
        co_await asio::async_read(socket, asio::dynamic_buffer(answer),
                                  asio::redirect_error(asio::use_awaitable, error));
    }

    std::vector<LocalRequest> seen;
    std::string refused; ///< what the server told of
    bool served = false;
    std::uint16_t port = 0;
    std::unique_ptr<HttpServer> server;
};

} // namespace

BOOST_AUTO_TEST_SUITE(listening)

BOOST_AUTO_TEST_CASE(a_request_comes_with_its_headers_and_a_connection_carries_one) {
    Listening f;
    const std::string both =
        f.raw("POST /in HTTP/1.1\r\nHost: x\r\nX-Hub-Signature-256: sha256=Ab\r\nX-A: 1\r\nX-A: "
              "2\r\nContent-Length: 2\r\n\r\n{}POST /in HTTP/1.1\r\n\r\n");
    BOOST_TEST(both.starts_with("HTTP/1.1 200 OK\r\n"));
    BOOST_TEST(contains(both, "Connection: close\r\n\r\n{\"ok\":true}"));
    BOOST_REQUIRE_EQUAL(f.seen.size(), 1U);
    BOOST_TEST(f.seen[0].header("x-hub-signature-256") == "sha256=Ab");
    BOOST_TEST(f.seen[0].header("x-a") == "1");
    BOOST_TEST(f.seen[0].header("none") == "");
    BOOST_TEST(f.seen[0].body == "{}");
}

BOOST_AUTO_TEST_CASE(what_is_too_large_in_pieces_or_too_slow_is_refused_and_told_of) {
    net::ServerLimits limits = one_request();
    limits.body = 10;
    limits.idle = 50ms;
    Listening f{limits};
    const std::string chunked = f.raw(
        "POST /in HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n12345678\r\n8\r\n12345678\r\n0\r\n\r\n");
    BOOST_TEST(chunked.starts_with("HTTP/1.1 413 "), chunked);
    BOOST_TEST(f.refused == "/in 413;");
    const std::string half = f.raw("POST /in HTTP/1.1\r\nContent-Length: 5\r\n\r\n12");
    BOOST_TEST(half.starts_with("HTTP/1.1 408 "), half);
    BOOST_TEST(f.refused == "/in 413;/in 408;");
    const std::string half_head = f.raw("POST /in HTTP/1.1\r\nContent-Le");
    BOOST_TEST(half_head.starts_with("HTTP/1.1 408 "), half_head);
    BOOST_TEST(f.raw("") == "");
    BOOST_TEST(f.raw("POST /out HTTP/1.1\r\nContent-Length: 5\r\n\r\n12").starts_with("HTTP/1.1 404 "));
    BOOST_TEST(f.refused == "/in 413;/in 408;");
    BOOST_TEST(f.seen.empty());
}

BOOST_AUTO_TEST_CASE(a_body_whose_end_is_not_known_is_no_next_request) {
    for (const std::string coding : {"xchunked", "identity", "gzip, chunked", "chunked, identity"}) {
        Listening f;
        const std::string no =
            f.raw("POST /in HTTP/1.1\r\nTransfer-Encoding: " + coding + "\r\n\r\nPOST /in HTTP/1.1\r\n\r\n");
        BOOST_TEST(no.starts_with("HTTP/1.1 400 "), coding + ": " + no);
        BOOST_TEST(contains(no, "Connection: close"), coding);
        BOOST_TEST(f.seen.empty(), coding);
    }
}

BOOST_AUTO_TEST_CASE(a_head_that_is_refused_costs_no_body) {
    Listening f;
    const std::string no = f.raw("POST /out HTTP/1.1\r\nContent-Length: 1000\r\n\r\n");
    BOOST_TEST(no.starts_with("HTTP/1.1 404 Not Found\r\n"));
    BOOST_TEST(contains(no, "\r\nX-Why: path\r\n"));
    // Not even how much it may be.
    BOOST_TEST(f.raw("POST /out HTTP/1.1\r\nContent-Length: 999999999\r\n\r\n").starts_with("HTTP/1.1 404 "));
    BOOST_TEST(f.raw("POST /in HTTP/1.1\r\nContent-Length: 999999999\r\n\r\n").starts_with("HTTP/1.1 413 "));
    BOOST_TEST(f.raw("hello\r\n\r\n").starts_with("HTTP/1.1 400 "));
    BOOST_TEST(f.seen.empty());
}

BOOST_AUTO_TEST_CASE(an_answer_arrives_although_its_request_goes_on) {
    Listening f;
    for (int i = 0; i < 20; ++i) {
        const HttpResult result = f.ask("POST", "/out", std::string(4U << 20U, 'x'));
        BOOST_REQUIRE(result.has_value());
        BOOST_TEST(result->status == 404);
    }
}

BOOST_AUTO_TEST_CASE(who_waits_to_be_told_to_go_on_is_told_when_the_head_is_good) {
    Listening f;
    const std::string go = "HTTP/1.1 100 Continue\r\n\r\n";
    const std::string yes =
        f.raw("POST /in HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n", go, "{}");
    BOOST_TEST(yes.starts_with(go + "HTTP/1.1 200 OK\r\n"));
    const std::string no = f.raw("POST /out HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    BOOST_TEST(no.starts_with("HTTP/1.1 404 "));
}

BOOST_AUTO_TEST_CASE(several_addresses_are_one_server_and_stop_together) {
    Listening f;
    const auto local = net::make_http_server(f.context.get_executor());
    const std::uint16_t first = local->listen_tcp("127.0.0.1", 0).value();
    const std::uint16_t second = local->listen_tcp("127.0.0.2", 0).value();
    bool served = false;
    asio::co_spawn(f.context,
                   local->serve([&](LocalRequest request) { return f.handle(std::move(request)); }),
                   [&](std::exception_ptr) { served = true; });
    for (const auto& [host, port] : {std::pair{"127.0.0.1:", first}, std::pair{"127.0.0.2:", second}}) {
        HttpRequest asked{"GET", std::string{"http://"} + host + std::to_string(port) + "/"};
        asked.allow_private = true;
        check_response(f.send(std::move(asked)), 200, "{\"ok\":true}");
    }
    f.client().close_idle();
    local->stop();
    f.context.restart();
    while (!served && f.context.run_one() > 0) {
    }
    BOOST_TEST(served);
}

BOOST_AUTO_TEST_CASE(where_nobody_can_listen_is_told) {
    Listening f;
    const auto other = net::make_http_server(f.context.get_executor());
    const auto taken = other->listen_tcp("127.0.0.1", f.port);
    BOOST_REQUIRE(taken.has_error());
    BOOST_TEST((taken.error().cause == Cause::conflict));
    BOOST_TEST(contains(taken.error().message, "another program listens at 127.0.0.1:"));
    const auto foreign = other->listen_tcp("192.0.2.1", 0);
    BOOST_REQUIRE(foreign.has_error());
    BOOST_TEST((foreign.error().cause == Cause::temporary));
    BOOST_TEST(other->listen_tcp("bot.example", 0).has_error());
}

BOOST_AUTO_TEST_SUITE_END()
