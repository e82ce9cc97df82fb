#include "expect.hpp"

using namespace crier;
using namespace crier::test;
using Kind = Step::Kind;

namespace {

HttpRequest following_get(const std::string& url) {
    HttpRequest request{"GET", url};
    request.follow_redirects = true;
    return request;
}

Step leads(int status, const std::string& to) {
    return send(response(status, "moved", "Location: " + to + "\r\n"));
}

} // namespace

BOOST_AUTO_TEST_SUITE(following)

BOOST_AUTO_TEST_CASE(a_get_follows_and_says_where_it_ended) {
    World world;
    ScriptedServer server{world.context};
    ScriptedServer other{world.context};
    server.on_connection(
        {Kind::request, leads(301, "/new?a=b#c"), Kind::request, leads(308, other.url("/feed"))});
    other.on_connection({Kind::request, leads(302, "today"), Kind::request, send(response(200, "items"))});
    const HttpResult result = world.send(following_get(server.url("/old")));
    check_response(result, 200, "items");
    BOOST_TEST(result->url == other.url("/today"));
    BOOST_TEST(result->moved_to == other.url("/feed"));
    BOOST_TEST(contains(server.requests().at(1), "GET /new?a=b HTTP/1.1\r\n"));
    BOOST_TEST(contains(other.requests().at(0), "\r\nHost: 127.0.0.1:" + other.port() + "\r\n"));
    BOOST_TEST(server.connections() == 1U);
}

BOOST_AUTO_TEST_CASE(only_a_get_that_asks_for_it_follows) {
    for (const char* method : {"GET", "HEAD", "POST", "DELETE"}) {
        World world;
        ScriptedServer server{world.context};
        const bool get = method == std::string{"GET"};
        const bool head = method == std::string{"HEAD"};
        server.on_connection({Kind::request, send(head ? "HTTP/1.1 307 Said\r\nLocation: /new\r\n\r\n"
                                                       : response(307, "moved", "Location: /new\r\n"))});
        HttpRequest request{method, server.url()};
        request.follow_redirects = !get;
        const HttpResult result = world.send(std::move(request));
        check_response(result, 307, head ? "" : "moved");
        BOOST_TEST(result->url == server.url());
        BOOST_TEST(result->moved_to == "");
        BOOST_TEST(server.requests().size() == 1U);
    }
}

BOOST_AUTO_TEST_CASE(a_sixth_is_a_failure) {
    World world;
    ScriptedServer server{world.context};
    ScriptedServer::Steps steps;
    for (int i = 0; i < 7; ++i) {
        steps.emplace_back(Kind::request);
        steps.push_back(leads(302, "/" + std::to_string(i)));
    }
    server.on_connection(steps);
    check_failure(world.send(following_get(server.url("/?key=s3cr3t"))),
                  {HttpPhase::read, Cause::server, true, "more than 5 times", "browser"});
    BOOST_TEST(server.requests().size() == 6U);
}

BOOST_AUTO_TEST_CASE(the_token_never_follows_and_other_proofs_stay_at_home) {
    World world;
    ScriptedServer server{world.context};
    ScriptedServer other{world.context};
    // What may see a token without TLS is looked at more closely, and so is no connection for others.
    server.on_connection({Kind::request, leads(302, "/same"), Kind::hold});
    server.on_connection(
        {Kind::request, leads(302, other.url()), Kind::request, send(response(200, "back"))});
    other.on_connection({Kind::request, leads(302, server.url("/back"))});
    HttpRequest request = following_get(server.url());
    request.bearer = Secret{"s3cr3t"};
    request.headers.emplace_back("cookie", "proof=1");
    request.headers.emplace_back("X-Other", "kept");
    check_response(world.send(std::move(request)), 200, "back");
    BOOST_TEST(contains(server.requests().at(0), "Authorization: Bearer s3cr3t\r\n"));
    BOOST_TEST(contains(server.requests().at(0), "cookie: proof=1\r\n"));
    BOOST_TEST(!contains(server.requests().at(1), "s3cr3t"));
    BOOST_TEST(contains(server.requests().at(1), "cookie: proof=1\r\n")); // the same origin
    for (const std::string& elsewhere : {other.requests().at(0), server.requests().at(2)}) {
        BOOST_TEST(!contains(elsewhere, "s3cr3t"));
        BOOST_TEST(!contains(elsewhere, "proof"));
        BOOST_TEST(contains(elsewhere, "X-Other: kept\r\n"));
    }
}

BOOST_AUTO_TEST_CASE(a_redirect_to_nowhere_is_told) {
    for (const char* to : {"ftp://e.example/", "https://user:s3cr3t@e.example/", "http://e:99999/"}) {
        World world;
        ScriptedServer server{world.context};
        server.on_connection({Kind::request, leads(301, to)});
        check_failure(world.send(following_get(server.url("/feed?key=s3cr3t"))),
                      {HttpPhase::read, Cause::server, true,
                       server.url("/feed") + " leads to no usable address: ", "operator"});
    }
}

BOOST_AUTO_TEST_SUITE_END()
