#include "net/response_reader.hpp"

#include "compress.hpp"
#include "fake_stream.hpp"
#include "support/coro.hpp"

#include <boost/asio/ssl/error.hpp>
#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace crier;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

struct Asked {
    bool head_only = false;
    std::size_t max_body = 1000;
    std::size_t piece = std::string::npos;
    bool ends = true;
    boost::system::error_code end = asio::error::eof;
};

net::Received read(const std::string& text, const Asked& asked = {}) {
    asio::io_context context{1};
    test::FakeStream stream{context};
    for (std::size_t at = 0; at < text.size(); at += std::min(asked.piece, text.size() - at))
        stream.says(text.substr(at, asked.piece));
    if (asked.ends)
        stream.ends(asked.end);
    return test::run(context, net::read_response(stream, asked.head_only, asked.max_body));
}

const std::string ok = "HTTP/1.1 200 OK\r\n";

} // namespace

BOOST_AUTO_TEST_SUITE(response_reader)

BOOST_AUTO_TEST_CASE(every_way_to_say_where_the_body_ends) {
    const struct {
        const char* what;
        std::string text;
        int status;
        std::string body;
        bool reusable;
    } table[] = {
        {"length", ok + "Content-Length: 3\r\n\r\nabc", 200, "abc", true},
        {"length of nothing", ok + "Content-Length: 0\r\n\r\n", 200, "", true},
        {"length, and the server closes", ok + "Connection: close\r\nContent-Length: 3\r\n\r\nabc", 200,
         "abc", false},
        {"HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nabc", 200, "abc", false},
        {"HTTP/1.0 that stays", "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\r\nabc",
         200, "abc", true},
        {"chunks", ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n", 200, "abc", true},
        {"chunks with extensions and trailers",
         ok + "Transfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n3;a=b\r\nabc\r\n0;c\r\nX-Sum: 7\r\n\r\n",
         200, "abc", true},
        {"no chunk", ok + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 200, "", true},
        {"the end of the connection", ok + "Content-Type: text/html\r\n\r\nabc", 200, "abc", false},
        {"the end, and nothing before it (snac)", ok + "content-type: text/html\r\n\r\n", 200, "", false},
        {"the end, said", ok + "Connection: close\r\n\r\nabc", 200, "abc", false},
        {"204", "HTTP/1.1 204 No Content\r\n\r\n", 204, "", true},
        {"304 with the length of what it does not send",
         "HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\nContent-Length: 3\r\n\r\n", 304, "", true},
        {"304 without", "HTTP/1.1 304 Not Modified\r\n\r\n", 304, "", true},
        {"a status without words", "HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n", 200, "", true},
        {"a status that nobody knows", "HTTP/1.1 299 Odd\r\nContent-Length: 1\r\n\r\nx", 299, "x", true},
        {"100 before it", "HTTP/1.1 100 Continue\r\n\r\n" + ok + "Content-Length: 3\r\n\r\nabc", 200, "abc",
         true},
        {"103 and 102 before it",
         "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n" + ok +
             "Content-Length: 3\r\n\r\nabc",
         200, "abc", true},
    };
    for (const auto& row : table)
        for (const std::size_t piece : {std::string::npos, std::size_t{1}, std::size_t{2}, std::size_t{3},
                                        std::size_t{4}, std::size_t{5}, std::size_t{7}})
            BOOST_TEST_CONTEXT(row.what << " in pieces of " << piece) {
                Asked asked;
                asked.piece = piece;
                const net::Received received = read(row.text, asked);
                BOOST_TEST_CONTEXT(received.failure.message) {
                    BOOST_TEST(received.good);
                    BOOST_TEST(received.response.status == row.status);
                    BOOST_TEST(received.response.body == row.body);
                    BOOST_TEST(received.reusable == row.reusable);
                }
            }
}

BOOST_AUTO_TEST_CASE(it_does_not_wait_for_more_than_the_response) {
    Asked asked;
    asked.ends = false; // the other side says nothing more, and stays
    BOOST_TEST(read(ok + "Content-Length: 3\r\n\r\nabc", asked).response.body == "abc");
    BOOST_TEST(read("HTTP/1.1 204 No Content\r\n\r\n", asked).good);
    BOOST_TEST(read(ok + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", asked).good);
    asked.head_only = true;
    const net::Received head = read(ok + "Content-Length: 3000000\r\n\r\n", asked);
    BOOST_TEST(head.good);
    BOOST_TEST(head.reusable);
    BOOST_TEST(head.response.header("content-length") == "3000000");
}

BOOST_AUTO_TEST_CASE(headers_stay_as_they_came_and_those_of_one_name_together) {
    const net::Received received =
        read(ok + "X-One: a\r\nx-two:b\r\nX-Folded: a\r\n  b\r\n\tc\r\nx-one: second\r\nX-None:\r\n"
                  "Content-Length: 0\r\n\r\n");
    BOOST_REQUIRE(received.good);
    const HttpHeaders expected = {{"X-One", "a"},        {"x-one", "second"}, {"x-two", "b"},
                                  {"X-Folded", "a b c"}, {"X-None", ""},      {"Content-Length", "0"}};
    BOOST_TEST((received.response.headers == expected));
    BOOST_TEST(received.response.header("x-one") == "a");
    BOOST_TEST(received.response.header("x-three") == "");
}

BOOST_AUTO_TEST_CASE(how_long_the_connection_is_kept) {
    const struct {
        const char* header;
        std::optional<Duration> keep_alive;
    } table[] = {
        {"", std::nullopt},
        {"Keep-Alive: timeout=5, max=100\r\n", 5s},
        {"keep-alive: max=100, timeout=15\r\n", 15s},
        {"Keep-Alive: timeout=0\r\n", 0s},
        {"Keep-Alive: timeout=-5\r\n", std::nullopt},
        {"Keep-Alive: max=3\r\n", std::nullopt},
        {"Keep-Alive: timeout=99999999999999\r\n", std::nullopt},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.header) {
            BOOST_TEST((read(ok + row.header + "Content-Length: 0\r\n\r\n").keep_alive == row.keep_alive));
        }
}

BOOST_AUTO_TEST_CASE(every_cut_is_a_failure) {
    for (const std::string& whole :
         {ok + "Content-Length: 3\r\n\r\nabc", ok + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
          "HTTP/1.1 100 Continue\r\n\r\n" + ok + "Content-Length: 1\r\n\r\nx"})
        for (std::size_t n = 0; n < whole.size(); ++n)
            for (const boost::system::error_code end :
                 {boost::system::error_code{asio::error::eof},
                  make_error_code(asio::ssl::error::stream_truncated),
                  boost::system::error_code{asio::error::connection_reset}})
                BOOST_TEST_CONTEXT(whole.substr(0, n) << " and " << end.message()) {
                    Asked asked;
                    asked.end = end;
                    const net::Received received = read(whole.substr(0, n), asked);
                    BOOST_TEST(!received.good);
                    BOOST_TEST(!received.reusable);
                    BOOST_TEST((received.failure.cause == Cause::network));
                    BOOST_TEST(!received.failure.hint.empty());
                }
}

BOOST_AUTO_TEST_CASE(an_end_that_anybody_can_make_ends_no_body) {
    Asked asked;
    asked.end = make_error_code(asio::ssl::error::stream_truncated);
    const net::Received cut = read(ok + "\r\nabc", asked);
    BOOST_TEST(!cut.good);
    BOOST_TEST(cut.failure.message == "the connection was closed before the response was whole");
    BOOST_TEST(read(ok + "Content-Length: 3\r\n\r\nabc", asked).good);
    asked.end = asio::error::connection_reset;
    BOOST_TEST(!read(ok + "\r\nabc", asked).good);
}

BOOST_AUTO_TEST_CASE(the_body_is_bounded_before_it_is_there) {
    const auto refused = [](const net::Received& received) {
        return !received.good && received.failure.cause == Cause::server && !received.reusable &&
               received.failure.message.find("1000 bytes, the most that is taken") != std::string::npos;
    };
    Asked asked;
    asked.ends = false; // nothing of it need come
    BOOST_TEST(refused(read(ok + "Content-Length: 1001\r\n\r\n", asked)));
    BOOST_TEST(refused(read(ok + "Content-Length: 99999999999\r\n\r\n", asked)));
    BOOST_TEST(
        refused(read(ok + "Transfer-Encoding: chunked\r\n\r\n3e9\r\n" + std::string(1001, 'x'), asked)));
    BOOST_TEST(refused(read(ok + "\r\n" + std::string(1001, 'x'), asked)));
    BOOST_TEST(read(ok + "\r\n" + std::string(1000, 'x')).good);
    std::string chunks = ok + "Transfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 500; ++i)
        chunks += "3\r\nabc\r\n";
    BOOST_TEST(refused(read(chunks, asked)));
    // Small as it comes, and large when it is unpacked.
    const std::string bomb = test::gzip(std::string(1001, 'x'));
    BOOST_TEST(refused(read(test::response_head(bomb.size(), "gzip") + bomb)));
    const std::string fits = test::brotli(std::string(1000, 'x'));
    BOOST_TEST(read(test::response_head(fits.size(), "br") + fits).response.body == std::string(1000, 'x'));
}

BOOST_AUTO_TEST_CASE(headers_are_bounded) {
    const auto refused = [](const net::Received& received) {
        return !received.good && received.failure.cause == Cause::server &&
               received.failure.message.find("headers are larger than 65536 bytes") != std::string::npos;
    };
    Asked asked;
    asked.ends = false;
    for (const std::size_t piece : {std::string::npos, std::size_t{1000}}) {
        asked.piece = piece;
        BOOST_TEST(refused(read(ok + "X: " + std::string(70'000, 'x'), asked)));
        BOOST_TEST(refused(read("HTTP/1.1 200 " + std::string(70'000, 'x'), asked)));
        std::string many = ok;
        for (int i = 0; i < 10'000; ++i)
            many += "X: y" + std::to_string(i) + "\r\n";
        BOOST_TEST(refused(read(many, asked)));
        BOOST_TEST(
            refused(read(ok + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(70'000, 'x'), asked)));
        BOOST_TEST(read(ok + "X: " + std::string(60'000, 'x') + "\r\nContent-Length: 0\r\n\r\n", asked).good);
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_http_is_told) {
    for (const std::string& text : std::vector<std::string>{
             std::string{"SSH-2.0-OpenSSH_9.2\r\n\r\n"},
             std::string{"\x15\x03\x01\x00\x02\x02\x46\r\n\r\n", 11}, std::string{"<html>\r\n\r\n"},
             "HTTP/2.0 200 OK\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", ok + "Content-Length: x\r\n\r\n",
             ok + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
             ok + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", ok + "X Y: z\r\n\r\n",
             ok + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", "HTTP/1.1 101 Switching Protocols\r\n\r\n",
             "HTTP/1.1 050 Odd\r\n\r\nup to the end", "HTTP/1.1 050 Odd\r\nContent-Length: 0\r\n\r\n"})
        BOOST_TEST_CONTEXT(text) {
            const net::Received received = read(text);
            BOOST_TEST(!received.good);
            BOOST_TEST((received.failure.cause == Cause::server));
            BOOST_TEST(received.failure.message.find("the response is no HTTP/1.1: ") == 0U);
            BOOST_TEST(!received.failure.hint.empty());
        }
}

BOOST_AUTO_TEST_CASE(bytes_behind_the_response_spoil_the_connection) {
    const net::Received received = read(ok + "Content-Length: 3\r\n\r\nabcHTTP/1.1 200 OK\r\n\r\n");
    BOOST_TEST(received.good);
    BOOST_TEST(received.response.body == "abc");
    BOOST_TEST(!received.reusable);
}

BOOST_AUTO_TEST_CASE(a_body_that_does_not_unpack_is_a_failure) {
    const net::Received received = read(ok + "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc");
    BOOST_TEST(!received.good);
    BOOST_TEST(!received.reusable);
    BOOST_TEST((received.failure.cause == Cause::server));
    BOOST_TEST(received.failure.message == "the body's gzip compression is broken");
    BOOST_TEST(!received.failure.hint.empty());
}

BOOST_AUTO_TEST_SUITE_END()
