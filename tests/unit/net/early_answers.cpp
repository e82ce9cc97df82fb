#include "expect.hpp"
#include "support/temporary.hpp"

#include <filesystem>

using namespace crier;
using namespace crier::test;
using namespace std::chrono_literals;
using Kind = Step::Kind;

namespace {

/// More than the kernel takes on its own.
constexpr std::size_t whole_upload = 32U << 20U;

/// Of two megabytes nothing: a file without content, which costs no disk.
HttpRequest upload(const std::string& url, const TemporaryDirectory& directory,
                   std::size_t size = whole_upload) {
    HttpRequest request{"POST", url};
    HttpPart part;
    part.name = "file";
    part.filename = "f";
    part.file = directory.file("f", "");
    std::filesystem::resize_file(part.file, size);
    request.parts.push_back(std::move(part));
    request.bearer = Secret{"s3cr3t"};
    return request;
}

} // namespace

BOOST_AUTO_TEST_SUITE(early_answers)

BOOST_AUTO_TEST_CASE(a_refusal_before_the_body_is_the_answer_whatever_the_server_does_then) {
    const TemporaryDirectory directory;
    for (const int status : {401, 413, 308, 503})
        for (const Kind then : {Kind::stall, Kind::hold}) {
            World world;
            ScriptedServer server{world.context};
            server.on_connection({Kind::head, send(response(status, "no")), then});
            server.on_connection({Kind::request, send(response(200, "next"))});
            check_response(world.send(upload(server.url(), directory)), status, "no");
            check_response(world.get(server.url()), 200, "next"); // on a new connection
            BOOST_TEST(server.connections() == 2U);
        }
}

BOOST_AUTO_TEST_CASE(a_server_that_goes_without_a_word_has_not_got_it_all) {
    const TemporaryDirectory directory;
    for (const bool reset : {false, true}) {
        World world;
        ScriptedServer server{world.context};
        ScriptedServer::Steps steps{Kind::head};
        if (reset)
            steps.emplace_back(Kind::reset);
        server.on_connection(steps);
        check_failure(world.send(upload(server.url(), directory)),
                      {HttpPhase::write, Cause::network, false, "127.0.0.1: the connection", ""});
    }
}

BOOST_AUTO_TEST_CASE(a_server_that_goes_after_the_whole_request_may_have_acted) {
    for (const std::size_t size : {std::size_t{10}, std::size_t{100'000}})
        for (const bool reset : {false, true}) {
            World world;
            ScriptedServer server{world.context};
            ScriptedServer::Steps steps{Kind::request};
            if (reset)
                steps.emplace_back(Kind::reset);
            server.on_connection(steps);
            check_failure(world.send(post(server.url(), std::string(size, 'x'))),
                          {HttpPhase::read, Cause::network, true, "127.0.0.1: the connection", ""});
            BOOST_TEST(server.requests().size() == 1U);
        }
}

BOOST_AUTO_TEST_CASE(a_response_that_is_cut_off_is_a_failure) {
    for (const char* part :
         {"HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"}) {
        World world;
        ScriptedServer server{world.context};
        server.on_connection({Kind::request, send(part)});
        check_failure(world.send(post(server.url(), "x")),
                      {HttpPhase::read, Cause::network, true,
                       "127.0.0.1: the connection was closed before the response was whole", "operator"});
    }
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_there_is_told_before_anybody_is_asked) {
    const TemporaryDirectory directory;
    World world;
    ScriptedServer server{world.context};
    HttpRequest request = upload(server.url(), directory);
    request.parts.front().file = directory / "none";
    check_failure(world.send(std::move(request)), {HttpPhase::resolve, Cause::not_found, false,
                                                   (directory / "none") + ": No such file", "readable"});
    BOOST_TEST(server.connections() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
