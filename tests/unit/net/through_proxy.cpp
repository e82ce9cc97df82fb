#include "certificates.hpp"
#include "expect.hpp"
#include "support/temporary.hpp"

using namespace crier;
using namespace crier::test;
using namespace std::chrono_literals;
using Kind = Step::Kind;

namespace {

/// A client that knows one proxy for all; names that it asks a name service for are told.
struct ProxyWorld : World {
    ProxyWorld()
        : proxy(context) {
        options.https_proxy = options.http_proxy = proxy.url("");
        options.no_proxy = "here.test";
        options.ca_file = directory.file("ca.pem", authority.pem());
    }
    TemporaryDirectory directory;
    Authority authority;
    ScriptedServer proxy;
};

} // namespace

BOOST_AUTO_TEST_SUITE(through_proxy)

BOOST_AUTO_TEST_CASE(plain_http_is_asked_of_it_whole) {
    ProxyWorld world;
    world.proxy.on_connection(
        {Kind::request, send(response(200, "one")), Kind::request, send(response(200, "two"))});
    check_response(world.get("http://away.test/a?b"), 200, "one");
    check_response(world.get("http://away.test/c"), 200, "two");
    BOOST_TEST(
        contains(world.proxy.requests().at(0), "GET http://away.test/a?b HTTP/1.1\r\nHost: away.test\r\n"));
    BOOST_TEST(world.proxy.connections() == 1U);
    BOOST_TEST(world.names.asked.empty());
}

BOOST_AUTO_TEST_CASE(https_goes_through_a_tunnel_and_the_proxy_sees_nothing) {
    ProxyWorld world;
    Claim claim;
    claim.names = "DNS:away.test";
    world.proxy.on_tunnel(
        {Kind::request, send(response(200, "one")), Kind::request, send(response(200, "two"))},
        world.authority.server(claim));
    for (const char* body : {"one", "two"}) {
        HttpRequest request{"GET", "https://away.test:8443/a"};
        request.bearer = Secret{"s3cr3t"};
        check_response(world.send(std::move(request)), 200, body);
    }
    BOOST_TEST(world.proxy.requests().at(0) ==
               "CONNECT away.test:8443 HTTP/1.1\r\nHost: away.test:8443\r\n\r\n");
    BOOST_TEST(contains(world.proxy.requests().at(1), "GET /a HTTP/1.1\r\nHost: away.test:8443\r\n"));
    BOOST_TEST(world.proxy.connections() == 1U);
    BOOST_TEST(world.names.asked.empty());
}

BOOST_AUTO_TEST_CASE(the_certificate_is_the_server_s_and_not_the_proxy_s) {
    ProxyWorld world;
    world.proxy.on_tunnel({Kind::request}, world.authority.server());
    check_failure(world.get("https://away.test/"),
                  {HttpPhase::tls, Cause::network, false, "the certificate of away.test is for another name",
                   "address"});
}

BOOST_AUTO_TEST_CASE(a_proxy_that_opens_no_way_is_told) {
    const struct {
        std::string reply;
        const char* words;
    } table[] = {
        {"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "it says 407 Proxy Authentication Required"},
        {"HTTP/1.0 403 " + std::string(200, 'x') + "\r\n\r\n", "it says 403 xxx"},
        {"SSH-2.0-OpenSSH\r\n\r\n", "it does not answer in HTTP"},
        {"HTTP/1.1 200 OK\r\nX: " + std::string(9000, 'x') + "\r\n\r\n", "it does not answer in HTTP"},
        {"", "End of file"},
    };
    for (const auto& row : table) {
        ProxyWorld world;
        world.proxy.on_connection({Kind::head, send(row.reply)});
        check_failure(world.get("https://away.test/"),
                      {HttpPhase::connect, Cause::network, false,
                       "the proxy 127.0.0.1 opens no way to away.test: " + std::string{row.words},
                       "HTTPS_PROXY"});
    }
}

BOOST_AUTO_TEST_CASE(a_proxy_that_is_silent_or_not_there) {
    ProxyWorld world;
    world.proxy.on_connection({Kind::head, Kind::stall});
    HttpRequest request{"GET", "https://away.test/"};
    request.connect_timeout = 20ms;
    check_failure(world.send(std::move(request)),
                  {HttpPhase::connect, Cause::network, false,
                   "the proxy 127.0.0.1 opens no way to away.test: no answer within 20ms", "HTTPS_PROXY"});
    world.proxy.stop();
    check_failure(world.get("http://away.test/"),
                  {HttpPhase::connect, Cause::network, false, "no connection to the proxy 127.0.0.1 at port",
                   "listens"});
    World other;
    other.options.http_proxy = "http://user:s3cr3t@proxy.test:3128";
    check_failure(other.get("http://away.test/"),
                  {HttpPhase::resolve, Cause::config, false, "in HTTP_PROXY is not understood", "NO_PROXY"});
}

BOOST_AUTO_TEST_CASE(what_needs_no_proxy_goes_directly) {
    ProxyWorld world;
    ScriptedServer server{world.context};
    server.on_connection({Kind::request, send(response(200, "direct"))});
    server.on_connection({Kind::request, send(response(200, "direct"))});
    check_response(world.get("http://here.test:" + server.port() + "/"), 200, "direct");
    check_response(world.get(server.url()), 200, "direct"); // loopback
    BOOST_TEST(world.proxy.connections() == 0U);
}

BOOST_AUTO_TEST_CASE(a_feed_s_redirect_is_looked_at_again) {
    for (const char* to : {"http://10.1.2.3/", "https://169.254.169.254/latest/", "http://[fd00::1]/",
                           "http://2852039166/", "http://localhost/", "http://here.test/"}) {
        ProxyWorld world;
        world.proxy.on_connection({Kind::request,
                                   send(response(302, "", "Location: " + std::string{to} + "\r\n")),
                                   Kind::request, send(response(200, "never"))});
        HttpRequest request{"GET", "http://away.test/feed"};
        request.allow_private = false;
        request.follow_redirects = true;
        check_failure(world.send(std::move(request)), {HttpPhase::connect, Cause::permission, false,
                                                       "a private address", "allow_private: true"});
        BOOST_TEST(world.proxy.requests().size() == 1U);
    }
}

BOOST_AUTO_TEST_CASE(who_may_go_anywhere_does_not_lend_a_connection_to_who_may_not) {
    ProxyWorld world;
    for (const char* body : {"any", "public"})
        world.proxy.on_connection({Kind::request, send(response(200, body)), Kind::hold});
    check_response(world.get("http://away.test/"), 200, "any");
    HttpRequest request{"GET", "http://away.test/"};
    request.allow_private = false;
    check_response(world.send(std::move(request)), 200, "public");
}

BOOST_AUTO_TEST_SUITE_END()
