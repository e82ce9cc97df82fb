// Real connections on loopback: whole requests in, replies out, and replies that go wrong.
#include "sandbox/http/certificate.hpp"
#include "sandbox/http/listener.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <string>
#include <thread>

using namespace crier::sandbox;
namespace asio = boost::asio;
using Tcp = asio::ip::tcp;

namespace {

/// Says back what came in; the path names the ending.
class Echo final : public Handler {
public:
    Outcome handle(Request& request) override {
        request.number = ++requests;
        Outcome outcome;
        outcome.response.set("Content-Type", "text/plain");
        outcome.response.body = request.method + " " + request.path + " " + request.query + " " +
                                std::string{request.header("x-test")} + " " +
                                std::to_string(request.body.size());
        outcome.response.closes = closes;
        outcome.response.without_length = without_length;
        in_file = request.body.in_file();
        if (request.path == "/cut")
            outcome.ending = Ending::cut;
        if (request.path == "/half")
            outcome.ending = Ending::cut_body;
        if (request.path == "/reset")
            outcome.ending = Ending::reset;
        if (request.path == "/hang")
            outcome.ending = Ending::hang;
        if (request.path == "/again" && request.waited.count() < 30) {
            outcome.ending = Ending::again;
            outcome.wait = std::chrono::milliseconds{10};
        }
        return outcome;
    }
    void finished(std::uint64_t /*number*/) override { ++over; }
    std::optional<std::uint64_t> cut_after(const Request& /*head*/, std::uint64_t /*length*/) override {
        const std::uint64_t after = cut;
        return after == 0 ? std::nullopt : std::optional{after};
    }

    std::atomic<std::uint64_t> cut = 0; ///< 0: no request is cut
    std::atomic<Closing> closes = Closing::no;
    std::atomic<bool> without_length = false;
    std::atomic<bool> in_file = false;
    std::atomic<std::uint64_t> requests = 0;
    std::atomic<int> over = 0;
};

/// The listener on a thread of its own.
struct Running {
    explicit Running(asio::ssl::context* tls = nullptr)
        : listener(context.get_executor()) {
        BOOST_REQUIRE(!listener.listen({asio::ip::make_address("127.0.0.1"), 0}));
        port = listener.where().port();
        asio::co_spawn(context, listener.run(&echo, tls), asio::detached);
        thread = std::thread{[this] { context.run(); }};
    }
    ~Running() {
        context.stop();
        thread.join();
    }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

    Echo echo; ///< outlives the connections
    asio::io_context context{1};
    Listener listener;
    unsigned short port = 0;
    std::thread thread;
};

struct RawClient {
    explicit RawClient(const Running& running)
        : socket(context) {
        socket.connect({asio::ip::make_address("127.0.0.1"), running.port});
    }
    void send(const std::string& text) { asio::write(socket, asio::buffer(text)); }
    /// The head and the body by its length.
    std::string reply() {
        const std::size_t head = asio::read_until(socket, asio::dynamic_buffer(buffer), "\r\n\r\n");
        const auto at = buffer.find("Content-Length: ");
        const std::size_t size = head + (at < head ? std::stoul(buffer.substr(at + 16)) : 0);
        if (buffer.size() < size)
            asio::read(socket, asio::dynamic_buffer(buffer), asio::transfer_exactly(size - buffer.size()));
        std::string text = buffer.substr(0, size);
        buffer.erase(0, size);
        return text;
    }
    /// Everything up to the end; `error` says which end.
    std::string rest() {
        asio::read(socket, asio::dynamic_buffer(buffer), error);
        return buffer;
    }
    asio::io_context context;
    Tcp::socket socket;
    std::string buffer;
    boost::system::error_code error;
};

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(sandbox_http)

BOOST_AUTO_TEST_CASE(requests_follow_each_other_on_one_connection) {
    Running running;
    RawClient client{running};
    client.send("GET /one?a=%20b HTTP/1.1\r\nHost: x\r\nX-Test: yes\r\n\r\n");
    BOOST_TEST(holds(client.reply(), "GET /one a=%20b yes 0"));
    // Two at once, one of them in chunks.
    client.send("POST /two HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
                "PUT /three HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n12345");
    BOOST_TEST(holds(client.reply(), "POST /two   3"));
    BOOST_TEST(holds(client.reply(), "PUT /three   5"));
    client.send("HEAD /four HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const std::string head = client.rest();
    BOOST_TEST(holds(head, "Content-Length: 14"));
    BOOST_TEST(!holds(head, "HEAD /four"));
    BOOST_TEST(running.echo.over == 4);
}

BOOST_AUTO_TEST_CASE(a_large_body_is_asked_for_when_its_sender_waits) {
    Running running;
    RawClient client{running};
    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\nExpect: 100-continue\r\n\r\n");
    BOOST_TEST(holds(client.reply(), "100 Continue"));
    client.send(std::string(300'000, 'x'));
    BOOST_TEST(holds(client.reply(), "POST /   300000"));
}

BOOST_AUTO_TEST_CASE(what_is_too_large_or_no_http_is_refused_with_a_page) {
    Running running;
    RawClient large{running};
    large.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 104857601\r\n\r\nxxxx");
    const std::string refusal = large.reply();
    BOOST_TEST(holds(refusal, "413 Payload Too Large"));
    BOOST_TEST(holds(refusal, "text/html"));
    RawClient odd{running};
    odd.send("this is no HTTP\r\n\r\n");
    BOOST_TEST(holds(odd.reply(), "400 Bad Request"));
    BOOST_TEST(running.echo.requests == 0U);
}

BOOST_AUTO_TEST_CASE(replies_go_wrong_as_they_are_told) {
    Running running;
    const auto ask = [&](const char* path, boost::system::error_code& error) {
        RawClient client{running};
        client.send(std::string{"GET "} + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
        const std::string text = client.rest();
        error = client.error;
        return text;
    };
    boost::system::error_code error;
    BOOST_TEST(ask("/cut", error).empty());
    BOOST_TEST(error == asio::error::eof);
    const std::string half = ask("/half", error);
    BOOST_TEST(holds(half, "Content-Length: 13"));
    BOOST_TEST(half.substr(half.find("\r\n\r\n") + 4) == "GET /h");
    BOOST_TEST(ask("/reset", error).empty());
    BOOST_TEST(error == asio::error::connection_reset);
    while (running.echo.over < 3)
        std::this_thread::yield();
}

BOOST_AUTO_TEST_CASE(a_hanging_request_is_over_when_its_client_leaves) {
    Running running;
    {
        RawClient client{running};
        client.send("GET /hang HTTP/1.1\r\nHost: x\r\n\r\n");
        RawClient other{running};
        other.send("GET /other HTTP/1.1\r\nHost: x\r\n\r\n");
        BOOST_TEST(holds(other.reply(), "GET /other"));
        BOOST_TEST(running.echo.requests == 2U);
    }
    while (running.echo.over < 2)
        std::this_thread::yield();
}

BOOST_AUTO_TEST_CASE(a_handler_that_waits_is_asked_again) {
    Running running;
    RawClient client{running};
    client.send("GET /again HTTP/1.1\r\nHost: x\r\n\r\n");
    BOOST_TEST(holds(client.reply(), "GET /again"));
    BOOST_TEST(running.echo.requests == 4U);
}

BOOST_AUTO_TEST_CASE(tls_with_a_certificate_for_each_name_of_this_machine) {
    const Identity identity = make_identity("127.0.0.1");
    Running running{identity.context.get()};
    for (const char* name : {"localhost", "127.0.0.1", "::1", "example.org"}) {
        asio::io_context context;
        asio::ssl::context tls{asio::ssl::context::tls_client};
        tls.add_certificate_authority(asio::buffer(identity.ca_pem));
        asio::ssl::stream<Tcp::socket> stream{context, tls};
        stream.set_verify_mode(asio::ssl::verify_peer);
        stream.set_verify_callback(asio::ssl::host_name_verification{name});
        stream.lowest_layer().connect({asio::ip::make_address("127.0.0.1"), running.port});
        boost::system::error_code error;
        stream.handshake(asio::ssl::stream_base::client, error);
        BOOST_TEST(error.failed() == (std::string{name} == "example.org"), name << ": " << error.message());
        if (error)
            continue;
        asio::write(stream,
                    asio::buffer(std::string{"GET /tls HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"}));
        std::string reply;
        asio::read(stream, asio::dynamic_buffer(reply), error);
        BOOST_TEST(holds(reply, "GET /tls"));
    }
}

BOOST_AUTO_TEST_CASE(a_large_body_goes_to_a_file_and_comes_back_whole) {
    Running running;
    RawClient client{running};
    const std::size_t size = 3 * BlobWriter::most_in_memory + 7;
    client.send("POST /big HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n" +
                std::string(size, 'x'));
    BOOST_TEST(holds(client.reply(), "POST /big   " + std::to_string(size)));
    BOOST_TEST(running.echo.in_file);
    client.send("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx");
    BOOST_TEST(holds(client.reply(), "POST /small   1"));
    BOOST_TEST(!running.echo.in_file);
}

BOOST_AUTO_TEST_CASE(an_upload_can_be_cut_and_the_next_one_comes_through) {
    for (const std::size_t size :
         {std::size_t{10}, std::size_t{300'000}}) { // with the head, and long after it
        Running running;
        running.echo.cut = size / 2;
        {
            RawClient client{running};
            client.send("POST /up HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(size) +
                        "\r\n\r\n" + std::string(size * 2 / 3, 'x'));
            BOOST_TEST(client.rest().empty());
            BOOST_TEST((client.error == asio::error::connection_reset || client.error == asio::error::eof));
        }
        running.echo.cut = 0;
        RawClient client{running};
        client.send("POST /up HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
        BOOST_TEST(holds(client.reply(), "POST /up   3"));
    }
}

BOOST_AUTO_TEST_CASE(a_connection_may_end_without_a_word_or_a_length) {
    Running running;
    running.echo.closes = Closing::unannounced;
    RawClient client{running};
    client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
    const std::string all = client.rest();
    BOOST_TEST(holds(all, "GET /a"));
    BOOST_TEST(!holds(all, "Connection:"));
    BOOST_TEST(holds(all, "Content-Length:"));
    BOOST_TEST(client.error == asio::error::eof);
    running.echo.without_length = true;
    RawClient other{running};
    other.send("GET /b HTTP/1.1\r\nHost: x\r\n\r\n");
    BOOST_TEST(!holds(other.rest(), "Content-Length:"));
}

BOOST_AUTO_TEST_SUITE_END()
