#include "net/request_head.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace crier;

namespace {

Result<std::string> head_of(const HttpRequest& request, bool absolute_form = false) {
    const net::Url url = *net::parse_url(request.url);
    const net::BodySource body = *net::BodySource::make(request, 7);
    return net::request_head(request, url, body, "crier/test", absolute_form);
}

void check_no_head(const HttpRequest& request, const std::string& words) {
    const Result<std::string> head = head_of(request);
    BOOST_REQUIRE(head.has_error());
    BOOST_TEST_CONTEXT(head.error().message) {
        BOOST_TEST((head.error().cause == Cause::config));
        BOOST_TEST(head.error().message.find(words) != std::string::npos);
        BOOST_TEST((head.error().message + head.error().hint).find("s3cr3t") == std::string::npos);
    }
}

HttpRequest with_header(std::string name, std::string value) {
    HttpRequest request{"GET", "https://e.example/"};
    request.headers.emplace_back(std::move(name), std::move(value));
    return request;
}

} // namespace

BOOST_AUTO_TEST_SUITE(request_head)

BOOST_AUTO_TEST_CASE(a_get_has_no_length) {
    BOOST_TEST(head_of(HttpRequest{"GET", "https://e.example:8443/a?b#c"}).value() ==
               "GET /a?b HTTP/1.1\r\n"
               "Host: e.example:8443\r\n"
               "User-Agent: crier/test\r\n"
               "Accept-Encoding: gzip, br\r\n"
               "\r\n");
}

BOOST_AUTO_TEST_CASE(a_post_has_its_length_and_its_token) {
    HttpRequest request{"POST", "https://e.example/api"};
    request.headers.emplace_back("Content-Type", "application/json");
    request.headers.emplace_back("Idempotency-Key", "k");
    request.bearer = Secret{"s3cr3t"};
    request.body = "{}";
    BOOST_TEST(head_of(request).value() == "POST /api HTTP/1.1\r\n"
                                           "Host: e.example\r\n"
                                           "User-Agent: crier/test\r\n"
                                           "Accept-Encoding: gzip, br\r\n"
                                           "Content-Type: application/json\r\n"
                                           "Idempotency-Key: k\r\n"
                                           "Authorization: Bearer s3cr3t\r\n"
                                           "Content-Length: 2\r\n"
                                           "\r\n");
}

BOOST_AUTO_TEST_CASE(every_method_that_may_have_a_body_says_how_long_it_is) {
    for (const char* method : {"POST", "PUT", "PATCH", "DELETE"}) {
        const std::string head = head_of(HttpRequest{method, "https://e.example/"}).value();
        BOOST_TEST(head.find("\r\nContent-Length: 0\r\n") != std::string::npos, method);
        BOOST_TEST(head.find("Transfer-Encoding") == std::string::npos, method);
    }
    BOOST_TEST(head_of(HttpRequest{"HEAD", "https://e.example/"}).value().find("Content-Length") ==
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(multipart_says_its_boundary_and_length) {
    HttpRequest request{"POST", "https://e.example/"};
    HttpPart part;
    part.name = "a";
    part.value = "b";
    request.parts.push_back(part);
    const std::string length = std::to_string(net::BodySource::make(request, 7)->length());
    BOOST_TEST(head_of(request).value().find("Content-Type: multipart/form-data; boundary=crier-7-1\r\n"
                                             "Content-Length: " +
                                             length + "\r\n\r\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_the_caller_says_of_itself_stands) {
    HttpRequest request = with_header("user-agent", "feeder");
    request.headers.emplace_back("ACCEPT-ENCODING", "identity");
    BOOST_TEST(head_of(request).value() == "GET / HTTP/1.1\r\n"
                                           "Host: e.example\r\n"
                                           "user-agent: feeder\r\n"
                                           "ACCEPT-ENCODING: identity\r\n"
                                           "\r\n");
}

BOOST_AUTO_TEST_CASE(a_proxy_wants_the_whole_address) {
    const std::string head = head_of(HttpRequest{"GET", "http://e.example/a?b"}, true).value();
    BOOST_TEST(head.find("GET http://e.example/a?b HTTP/1.1\r\nHost: e.example\r\n") == 0U);
}

BOOST_AUTO_TEST_CASE(nothing_breaks_out_of_its_line) {
    check_no_head(with_header("X", "a\r\nAuthorization: s3cr3t"), "a line break in the header X");
    check_no_head(with_header("X", "a\ns3cr3t"), "a line break in the header X");
    check_no_head(with_header("X", std::string{"s3cr3t\0", 7}), "a line break in the header X");
    for (const char* name : {"", "X:", "X Y", "X\r\nY", "X\n", "\xc3\xbc"})
        check_no_head(with_header(name, "s3cr3t"), "a header's name");
    for (const char* method : {"", "GET /", "GET\r\n", "G:T"})
        check_no_head(HttpRequest{method, "https://e.example/"}, "a method that is none");
    HttpRequest request{"GET", "https://e.example/"};
    request.bearer = Secret{"s3cr3t\n"};
    check_no_head(request, "a line break in the token");
}

BOOST_AUTO_TEST_CASE(the_client_s_own_headers_are_not_the_caller_s) {
    for (const char* name : {"host", "Content-Length", "connection", "Transfer-Encoding"})
        check_no_head(with_header(name, "x"), "cannot be set");
}

BOOST_AUTO_TEST_CASE(the_head_never_moves_while_it_is_written) {
    // With room for a small body behind it: a move would leave the token in freed memory.
    HttpRequest request{"POST", "https://e.example/" + std::string(5000, 'p')};
    request.bearer = Secret{std::string(2000, 's')};
    request.headers.emplace_back("X", std::string(3000, 'x'));
    request.body = std::string(net::small_body, 'b');
    std::string head = head_of(request, true).value();
    BOOST_TEST(head.capacity() >= head.size() + request.body.size());
}

BOOST_AUTO_TEST_CASE(what_was_a_secret_is_overwritten) {
    std::string text = "Authorization: s3cr3t";
    { const net::WipeAtEnd wipe{text}; }
    BOOST_TEST(text == std::string(21, '\0'));
}

BOOST_AUTO_TEST_SUITE_END()
