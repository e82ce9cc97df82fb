#include "net/tls_sessions.hpp"

#include "certificates.hpp"
#include "expect.hpp"
#include "support/temporary.hpp"

#include <openssl/ssl.h>

using namespace crier;
using namespace crier::test;
using Kind = Step::Kind;

/// Handshakes after the first one with a server. Whether one was short is what the server says.
namespace {

struct SessionWorld : World {
    SessionWorld() { options.ca_file = directory.file("ca.pem", authority.pem()); }

    TemporaryDirectory directory;
    Authority authority;
};

/// Each on a connection of its own, which the server ends without a goodbye.
void serve(ScriptedServer& server, int times) {
    for (int i = 0; i < times; ++i)
        server.on_connection({Kind::request, send(response(200, "x", "Connection: close\r\n"))});
}

std::string at(const ScriptedServer& server, const std::string& host) {
    return "https://" + host + ":" + server.port() + "/";
}

net::TlsSession session_of(int version) {
    net::TlsSession made{SSL_SESSION_new(), SSL_SESSION_free};
    SSL_SESSION_set_protocol_version(made.get(), version);
    return made;
}

} // namespace

BOOST_AUTO_TEST_SUITE(tls_sessions)

BOOST_AUTO_TEST_CASE(a_session_of_1_3_is_taken_up_once_and_none_after_an_hour) {
    using namespace std::chrono_literals;
    const net::Steady::time_point begun{};
    net::TlsSessions sessions;
    const auto usable = [&](const std::string& server, std::chrono::minutes later) {
        return sessions.take(server, begun + later).session != nullptr;
    };
    sessions.keep("new 443", session_of(TLS1_3_VERSION), begun);
    sessions.keep("new 443", session_of(TLS1_3_VERSION), begun);
    sessions.keep("old 443", session_of(TLS1_2_VERSION), begun);
    BOOST_TEST(usable("new 443", 1min));
    BOOST_TEST(usable("new 443", 59min));
    BOOST_TEST(!usable("new 443", 59min));
    BOOST_TEST(usable("old 443", 1min));
    BOOST_TEST(usable("old 443", 59min));
    BOOST_TEST(!usable("old 443", 60min));
    BOOST_TEST(!usable("old 443", 1min)); // it is gone
    sessions.keep("new 443", session_of(TLS1_3_VERSION), begun);
    BOOST_TEST(!usable("new 443", 60min));
    sessions.keep("old 443", session_of(TLS1_2_VERSION), begun);
    sessions.forget("old 443");
    BOOST_TEST(!usable("old 443", 1min));
}

BOOST_AUTO_TEST_CASE(of_too_many_servers_the_one_that_was_met_longest_ago_is_forgotten) {
    using namespace std::chrono_literals;
    const net::Steady::time_point begun{};
    net::TlsSessions sessions;
    for (int i = 0; i <= 256; ++i)
        sessions.keep(std::to_string(i), session_of(TLS1_2_VERSION), begun + i * 1s);
    BOOST_TEST(!sessions.take("0", begun + 5min).session);
    BOOST_TEST(!!sessions.take("1", begun + 5min).session);
    BOOST_TEST(!!sessions.take("256", begun + 5min).session);
}

BOOST_AUTO_TEST_CASE(a_server_that_is_met_again_is_greeted_in_short) {
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        SessionWorld world;
        const auto tls = world.authority.server();
        SSL_CTX_set_max_proto_version(tls->native_handle(), version);
        ScriptedServer server{world.context, tls};
        serve(server, 5);
        for (int i = 0; i < 5; ++i)
            check_response(world.send(post(at(server, "here.test"), "x")), 200, "x");
        BOOST_TEST(server.connections() == 5U);
        BOOST_TEST(server.resumed() == 4U);
    }
}

BOOST_AUTO_TEST_CASE(another_name_at_the_same_port_is_another_server) {
    SessionWorld world;
    world.names.addresses["other.test"] = {"127.0.0.1"};
    Claim claim;
    claim.names = "DNS:here.test";
    ScriptedServer server{world.context, world.authority.server(claim)};
    serve(server, 2);
    check_response(world.get(at(server, "here.test")), 200, "x");
    check_failure(
        world.get(at(server, "other.test")),
        {HttpPhase::tls, Cause::network, false, "the certificate of other.test is for another name", ""});
    BOOST_TEST(server.resumed() == 0U);
}

BOOST_AUTO_TEST_CASE(another_port_of_the_same_name_is_another_server) {
    SessionWorld world;
    const auto tls = world.authority.server(); // they share what would open the session
    ScriptedServer one{world.context, tls};
    ScriptedServer two{world.context, tls};
    serve(one, 1);
    serve(two, 1);
    check_response(world.get(at(one, "here.test")), 200, "x");
    check_response(world.get(at(two, "here.test")), 200, "x");
    BOOST_TEST(two.resumed() == 0U);
}

BOOST_AUTO_TEST_CASE(a_server_that_has_forgotten_is_met_anew_and_its_certificate_looked_at) {
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        SessionWorld world;
        const auto tls = world.authority.server();
        SSL_CTX_set_max_proto_version(tls->native_handle(), version);
        Claim expired;
        expired.until = std::chrono::hours{-1};
        const auto later = world.authority.server(expired);
        SSL_CTX_set_max_proto_version(later->native_handle(), version);
        // Through a proxy, where what is behind one name and port may change.
        ScriptedServer proxy{world.context};
        world.options.https_proxy = proxy.url("");
        proxy.on_tunnel({Kind::request, send(response(200, "x", "Connection: close\r\n"))}, tls);
        proxy.on_tunnel({Kind::request, send(response(200, "x", "Connection: close\r\n"))}, tls);
        proxy.on_tunnel({Kind::request, send(response(200, "never"))}, later);
        check_response(world.get("https://here.test/"), 200, "x");
        check_response(world.get("https://here.test/"), 200, "x");
        BOOST_TEST(proxy.resumed() == 1U);
        check_failure(world.get("https://here.test/"), {HttpPhase::tls, Cause::network, false,
                                                        "the certificate of here.test has expired", ""});
        BOOST_TEST(proxy.resumed() == 1U);
    }
}

BOOST_AUTO_TEST_CASE(a_server_that_gives_no_sessions_is_served_all_the_same) {
    SessionWorld world;
    const auto tls = world.authority.server();
    SSL_CTX_set_num_tickets(tls->native_handle(), 0);
    SSL_CTX_set_session_cache_mode(tls->native_handle(), SSL_SESS_CACHE_OFF);
    ScriptedServer server{world.context, tls};
    serve(server, 3);
    for (int i = 0; i < 3; ++i)
        check_response(world.get(at(server, "here.test")), 200, "x");
    BOOST_TEST(server.resumed() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
