// The way in by TCP: the real daemon behind its door, and a browser's steps through it.

#include "bot.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <cstdint>

using namespace crier::test;
namespace asio = boost::asio;
namespace json = boost::json;

namespace {

using DoorSocket = asio::ip::tcp::socket;

const std::string admin_token = "an-admin-token-of-the-test";

std::uint16_t port_of_nobody() {
    asio::io_context context;
    const asio::ip::tcp::acceptor acceptor{context, {asio::ip::address_v4::loopback(), 0}};
    return acceptor.local_endpoint().port();
}

/// A daemon with its interface on TCP.
struct Guarded {
    Guarded()
        : sandbox(directory)
        , bot(directory, sandbox, "")
        , port(port_of_nobody()) {
        write_file(directory.file("admin.token"), admin_token + "\n");
        configure("listen: \"127.0.0.1:" + std::to_string(port) + "\", token: {file: admin.token}");
    }
    void configure(const std::string& admin) const {
        std::string text = read_file(bot.config());
        const std::string before = "admin: {socket: crier.sock";
        const std::size_t at = text.find(before);
        const std::size_t end = text.find("}\n", at);
        text.replace(at, end - at, before + ", " + admin);
        write_file(bot.config(), text);
    }
    [[nodiscard]] std::string here() const { return "127.0.0.1:" + std::to_string(port); }

    DoorSocket connect(const std::string& bytes) {
        DoorSocket socket{context};
        socket.connect({asio::ip::address_v4::loopback(), port});
        asio::write(socket, asio::buffer(bytes));
        return socket;
    }
    /// The whole answer.
    std::string ask(const std::string& what, const std::string& headers, const std::string& body = {},
                    const std::string& host = {}) {
        DoorSocket socket = connect(what + " HTTP/1.1\r\nHost: " + (host.empty() ? here() : host) +
                                    "\r\nConnection: close\r\n" + headers +
                                    "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
        boost::system::error_code error;
        std::string answer;
        asio::read(socket, asio::dynamic_buffer(answer), error);
        return answer;
    }
    static int status_of(const std::string& answer) { return std::stoi(answer.substr(9, 3)); }
    static json::object body_of(const std::string& answer) {
        return json::parse(answer.substr(answer.find("\r\n\r\n") + 4)).as_object();
    }

    const TempDir directory;
    Sandbox sandbox;
    Bot bot;
    std::uint16_t port;
    asio::io_context context;
};

} // namespace

BOOST_AUTO_TEST_SUITE(integration_door)

BOOST_AUTO_TEST_CASE(a_browser_gets_in_with_the_token_and_is_told_what_changes) {
    Guarded f;
    f.bot.start();
    const std::string page = f.ask("GET /", "");
    BOOST_TEST(Guarded::status_of(page) == 200);
    BOOST_TEST(page.find("Content-Security-Policy: default-src 'none'; script-src 'sha256-") !=
                   std::string::npos,
               page.substr(0, 600));
    BOOST_TEST(page.find("X-Content-Type-Options: nosniff\r\n") != std::string::npos);
    BOOST_TEST(Guarded::status_of(f.ask("GET /healthz", "")) == 200);
    BOOST_TEST(Guarded::status_of(f.ask("GET /v1/status", "")) == 401);
    BOOST_TEST(Guarded::status_of(f.ask("GET /", "", {}, "evil.example")) == 421);
    // Refused by its head: nobody waits for the body.
    {
        DoorSocket socket =
            f.connect("POST /v1/posts HTTP/1.1\r\nHost: " + f.here() + "\r\nContent-Length: 1000\r\n\r\n");
        std::string answer;
        asio::read_until(socket, asio::dynamic_buffer(answer), "\r\n\r\n");
        BOOST_TEST(Guarded::status_of(answer) == 401);
    }
    const std::string bearer = "Authorization: Bearer " + admin_token + "\r\n";
    BOOST_TEST(Guarded::status_of(f.ask("GET /v1/status", bearer)) == 200);
    const std::string ready = f.ask("GET /readyz", bearer);
    BOOST_TEST(Guarded::status_of(ready) == 200, ready);

    const std::string ours = "Origin: http://" + f.here() + "\r\n";
    BOOST_TEST(Guarded::status_of(f.ask("POST /v1/session", ours, R"({"token":"wrong"})")) == 401);
    const std::string in = f.ask("POST /v1/session", ours, R"({"token":")" + admin_token + "\"}");
    BOOST_REQUIRE_EQUAL(Guarded::status_of(in), 200);
    const std::size_t at = in.find("Set-Cookie: ") + 12;
    const std::string cookie = "Cookie: " + in.substr(at, in.find(';', at) - at) + "\r\n";
    const std::string csrf =
        "X-Crier-CSRF: " + std::string{Guarded::body_of(in).at("csrf").as_string()} + "\r\n";

    DoorSocket events = f.connect("GET /v1/events HTTP/1.1\r\nHost: " + f.here() + "\r\n" + cookie + "\r\n");
    std::string heard;
    asio::read_until(events, asio::dynamic_buffer(heard), "event: hello\n");
    const std::string order = R"({"text":"Hello","key":"k1"})";
    BOOST_TEST(Guarded::status_of(f.ask("POST /v1/posts", cookie + ours, order)) == 403);
    BOOST_TEST(Guarded::status_of(
                   f.ask("POST /v1/posts", cookie + csrf + "Origin: http://evil.example\r\n", order)) == 403);
    BOOST_TEST(f.sandbox.statuses().empty());
    BOOST_TEST(Guarded::status_of(f.ask("POST /v1/posts", cookie + ours + csrf, order)) == 200);
    // The test's own deadline bounds this.
    asio::read_until(events, asio::dynamic_buffer(heard), R"("account":"news","state":"published"})");
    BOOST_TEST(f.sandbox.timeline().size() == 1U);

    // A daemon that stops lets go of who listens, and at once.
    BOOST_TEST(f.bot.stop() == 0);
    boost::system::error_code error;
    asio::read(events, asio::dynamic_buffer(heard), error);
    BOOST_TEST((error == asio::error::eof));
    BOOST_TEST(f.bot.output().find(admin_token) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(without_a_good_token_or_a_port_it_does_not_start) {
    Guarded f;
    const auto starts = [&] {
        Finished ended = f.bot.crier({"run"});
        BOOST_TEST(ended.code != 0);
        return ended.out + ended.err;
    };
    write_file(f.directory.file("admin.token"), "short\n");
    BOOST_TEST(starts().find("fewer than 16 characters") != std::string::npos);
    write_file(f.directory.file("admin.token"), admin_token + "\n");
    asio::io_context context;
    const asio::ip::tcp::acceptor taken{context, {asio::ip::address_v4::loopback(), f.port}};
    BOOST_TEST(starts().find("another program listens at " + f.here()) != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
