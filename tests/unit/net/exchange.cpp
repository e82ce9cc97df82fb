#include "net/exchange.hpp"

#include "fake_stream.hpp"
#include "net/request_head.hpp"
#include "support/coro.hpp"
#include "support/temporary.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <string>

using namespace crier;
namespace asio = boost::asio;

namespace {

const std::string head_text = "POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\n";
const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const std::string too_large = "HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno";
const boost::system::error_code broken_pipe = asio::error::broken_pipe;

/// A request whose body goes with the head, or one with a body that is larger than that.
struct Sending {
    explicit Sending(std::size_t body_size) { request.body = std::string(body_size, 'b'); }

    net::Exchange run() {
        net::BodySource body = *net::BodySource::make(request, 7);
        std::string head = head_text;
        return test::run(context, net::exchange(stream, head, body, false, 1000));
    }
    [[nodiscard]] std::size_t total() const { return head_text.size() + request.body.size(); }

    asio::io_context context{1};
    test::FakeStream stream{context};
    HttpRequest request;
};

constexpr std::size_t small = 100;
constexpr std::size_t large_body = net::small_body + 30'000;

} // namespace

BOOST_AUTO_TEST_SUITE(exchange)

BOOST_AUTO_TEST_CASE(the_request_goes_out_as_it_is_and_the_response_comes_back) {
    for (const std::size_t size : {std::size_t{0}, small, net::small_body, net::small_body + 1, large_body}) {
        Sending sending{size};
        sending.stream.per_call = 1000;
        sending.stream.says(ok, sending.total());
        const net::Exchange done = sending.run();
        BOOST_TEST((sending.stream.written == head_text + sending.request.body));
        BOOST_TEST(done.sent_whole);
        BOOST_TEST(done.received.good);
        BOOST_TEST(done.received.reusable);
        BOOST_TEST(done.received.response.body == "ok");
    }
}

BOOST_AUTO_TEST_CASE(sent_whole_is_exact_at_every_byte) {
    for (std::size_t n = 0; n <= head_text.size() + small; ++n) {
        Sending sending{small};
        sending.stream.per_call = 7;
        sending.stream.takes(n, broken_pipe).ends();
        const net::Exchange done = sending.run();
        BOOST_TEST(done.sent_whole == (n == sending.total()), n);
        BOOST_TEST(!done.received.good);
        BOOST_TEST((done.received.failure.cause == Cause::network));
        BOOST_TEST((done.received.failure.message.find("while the request was sent: Broken pipe") !=
                    std::string::npos) == (n < sending.total()));
    }
}

BOOST_AUTO_TEST_CASE(sent_whole_is_exact_for_large_bodies_too) {
    const std::size_t total = head_text.size() + large_body;
    for (const std::size_t n : {std::size_t{0}, std::size_t{1}, head_text.size() - 1, head_text.size(),
                                head_text.size() + 1, total - 30'000, total - 1, total})
        for (const bool also_closed : {false, true}) {
            Sending sending{large_body};
            sending.stream.per_call = 999;
            sending.stream.takes(n, broken_pipe);
            if (also_closed)
                sending.stream.ends(asio::error::connection_reset);
            else
                sending.stream.says("HTTP/1.1 500", n).ends();
            const net::Exchange done = sending.run();
            BOOST_TEST(!done.received.good);
            // When the other side has gone at once, the rest is not even tried.
            BOOST_TEST(done.sent_whole == (n == total && !also_closed), n);
            BOOST_TEST(sending.stream.written.size() <= n);
        }
}

BOOST_AUTO_TEST_CASE(a_refusal_counts_before_all_was_sent) {
    for (const std::size_t size : {small, large_body}) {
        const std::size_t taken = head_text.size() + 50;
        Sending sending{size};
        sending.stream.takes(taken, broken_pipe).says(too_large, taken).ends();
        const net::Exchange done = sending.run();
        BOOST_TEST(done.received.good);
        BOOST_TEST(done.received.response.status == 413);
        BOOST_TEST(done.received.response.body == "no");
        BOOST_TEST(!done.sent_whole);
        BOOST_TEST(!done.received.reusable);
    }
}

BOOST_AUTO_TEST_CASE(a_server_that_refuses_and_stays_is_not_waited_for) {
    Sending sending{large_body};
    sending.stream.takes(head_text.size() + 5000).says(too_large, head_text.size()); // no end, no error
    const net::Exchange done = sending.run();
    BOOST_TEST(done.received.response.status == 413);
    BOOST_TEST(done.received.good);
    BOOST_TEST(!done.sent_whole);
    BOOST_TEST(!done.received.reusable);
    BOOST_TEST(sending.stream.closed);
}

BOOST_AUTO_TEST_CASE(a_refusal_stops_what_could_still_be_sent) {
    Sending sending{large_body};
    sending.stream.per_call = 1000;
    sending.stream.says(too_large, head_text.size() + 2000);
    const net::Exchange done = sending.run();
    BOOST_TEST(done.received.response.status == 413);
    BOOST_TEST(!done.sent_whole);
    BOOST_TEST(sending.stream.written.size() < head_text.size() + 5000);
}

BOOST_AUTO_TEST_CASE(an_early_promise_counts_when_all_went) {
    {
        Sending sending{large_body};
        sending.stream.per_call = 1000;
        sending.stream.says(ok, head_text.size());
        const net::Exchange done = sending.run();
        BOOST_TEST(done.sent_whole);
        BOOST_TEST(done.received.good);
        BOOST_TEST(done.received.reusable);
    }
    Sending sending{large_body};
    sending.stream.per_call = 1000;
    sending.stream.takes(head_text.size() + 5000, broken_pipe).says(ok, head_text.size());
    const net::Exchange done = sending.run();
    BOOST_TEST(!done.sent_whole);
    BOOST_TEST(!done.received.good);
    BOOST_TEST(!done.received.reusable);
    BOOST_TEST(done.received.failure.message.find("while the request was sent") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_server_that_goes_while_it_is_sent_to_is_not_waited_for) {
    Sending sending{large_body};
    sending.stream.takes(head_text.size() + 5000)
        .says("HTTP/1.1 5", head_text.size())
        .ends(); // no room, no error
    const net::Exchange done = sending.run();
    BOOST_TEST(!done.received.good);
    BOOST_TEST(!done.sent_whole);
    BOOST_TEST(done.received.failure.message == "the connection was closed before the response was whole");
}

BOOST_AUTO_TEST_CASE(a_file_that_shrinks_leaves_the_request_unfinished) {
    const test::TemporaryDirectory directory;
    HttpPart part;
    part.name = "file";
    part.filename = "f";
    part.file = directory.file("f", std::string(200'000, 'f'));
    Sending sending{0};
    sending.request.parts.push_back(part);
    net::BodySource body = *net::BodySource::make(sending.request, 7);
    std::filesystem::resize_file(part.file, 100'000);
    std::string head = head_text;
    const net::Exchange done =
        test::run(sending.context, net::exchange(sending.stream, head, body, false, 1000));
    BOOST_TEST(!done.received.good);
    BOOST_TEST(!done.sent_whole);
    BOOST_TEST(sending.stream.closed);
    BOOST_TEST((done.received.failure.cause == Cause::temporary));
    BOOST_TEST(done.received.failure.message.find("became shorter") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
