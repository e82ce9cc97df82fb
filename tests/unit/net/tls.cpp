#include "certificates.hpp"
#include "expect.hpp"
#include "support/temporary.hpp"

#include <openssl/ssl.h>

using namespace crier;
using namespace crier::test;
using namespace std::chrono_literals;
using Kind = Step::Kind;

namespace {

/// A client that trusts an authority of its own.
struct TlsWorld : World {
    TlsWorld() {
        options.ca_file = directory.file("ca.pem", authority.pem());
        names.addresses["other.test"] = {"127.0.0.1"};
    }
    HttpFailure refused(std::shared_ptr<boost::asio::ssl::context> tls, const std::string& host) {
        ScriptedServer server{context, std::move(tls)};
        server.on_connection({Kind::request, test::send(response(200, "never"))});
        const HttpResult result = get("https://" + host + ":" + server.port() + "/");
        BOOST_REQUIRE(result.has_error());
        BOOST_TEST(server.requests().empty());
        BOOST_TEST((result.error().phase == HttpPhase::tls));
        BOOST_TEST((result.error().failure.cause == Cause::network));
        BOOST_TEST(!result.error().sent_whole);
        return result.error();
    }

    TemporaryDirectory directory;
    Authority authority;
};

} // namespace

BOOST_AUTO_TEST_SUITE(tls)

BOOST_AUTO_TEST_CASE(who_it_says_it_is_signed_by_whom_we_know) {
    TlsWorld world;
    ScriptedServer server{world.context, world.authority.server()};
    server.on_connection(
        {Kind::request, send(response(200, "one")), Kind::request, send(response(200, "two"))});
    server.on_connection({Kind::request, send(response(200, "three"))});
    const std::string by_name = "https://here.test:" + server.port() + "/";
    HttpRequest request{"GET", by_name};
    request.bearer = Secret{"s3cr3t"};
    check_response(world.send(std::move(request)), 200, "one");
    check_response(world.send(post(by_name, std::string(300'000, 'x'))), 200, "two");
    BOOST_TEST(server.connections() == 1U);
    check_response(world.get(server.url()), 200, "three"); // by its number
    BOOST_TEST(contains(server.requests().at(0), "Authorization: Bearer s3cr3t\r\n"));
    BOOST_TEST(server.requests().at(1).size() > 300'000U);
}

BOOST_AUTO_TEST_CASE(a_certificate_that_does_not_hold_is_told_by_its_fault) {
    TlsWorld world;
    const auto& authority = world.authority;
    Claim expired;
    expired.until = -1h;
    Claim early;
    early.from = 1h;
    Claim wildcard;
    wildcard.names = "DNS:*.test";
    Claim part;
    part.names = "DNS:h*.test";
    BOOST_TEST(world.refused(authority.server(expired), "here.test").failure.message ==
               "the certificate of here.test has expired");
    BOOST_TEST(world.refused(authority.server(early), "here.test").failure.message ==
               "the certificate of here.test is not valid yet");
    BOOST_TEST(world.refused(authority.server(), "other.test").failure.message ==
               "the certificate of other.test is for another name");
    BOOST_TEST(world.refused(authority.server(part), "here.test").failure.message ==
               "the certificate of here.test is for another name");
    BOOST_TEST(world.refused(authority.server(wildcard), "127.0.0.1").failure.message ==
               "the certificate of 127.0.0.1 is for another name");
    const HttpFailure self = world.refused(Authority::self_signed(), "here.test");
    BOOST_TEST(self.failure.message == "the certificate of here.test is self-signed");
    BOOST_TEST(contains(self.failure.hint, "CRIER_CA_FILE"));
    const Authority stranger;
    const HttpFailure unknown = world.refused(stranger.server(), "here.test");
    BOOST_TEST(contains(unknown.failure.message, "signed by somebody whom this machine does not know"));
    BOOST_TEST(contains(unknown.failure.hint, "ca-certificates"));
}

BOOST_AUTO_TEST_CASE(the_system_s_authorities_do_not_know_a_test_s) {
    TlsWorld world;
    world.options.ca_file.clear();
    const HttpFailure unknown = world.refused(world.authority.server(), "here.test");
    BOOST_TEST(contains(unknown.failure.message, "signed by somebody"));
}

BOOST_AUTO_TEST_CASE(old_versions_are_not_spoken) {
    TlsWorld world;
    const auto old = world.authority.server();
    SSL_CTX_set_min_proto_version(old->native_handle(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(old->native_handle(), TLS1_1_VERSION);
    SSL_CTX_set_security_level(old->native_handle(), 0);
    const HttpFailure failure = world.refused(old, "here.test");
    BOOST_TEST(contains(failure.failure.message, "no TLS connection with here.test: "));
    BOOST_TEST(contains(failure.failure.hint, "TLS 1.2"));
    const auto twelve = world.authority.server();
    SSL_CTX_set_max_proto_version(twelve->native_handle(), TLS1_2_VERSION);
    ScriptedServer server{world.context, twelve};
    server.on_connection({Kind::request, send(response(200, "1.2"))});
    check_response(world.get(server.url()), 200, "1.2");
}

BOOST_AUTO_TEST_CASE(what_speaks_no_tls_is_told) {
    TlsWorld world;
    ScriptedServer server{world.context};
    server.on_connection({send(response(400, "plain")), Kind::hold});
    check_failure(world.get("https://127.0.0.1:" + server.port() + "/"),
                  {HttpPhase::tls, Cause::network, false, "no TLS connection with 127.0.0.1: ", "https"});
}

BOOST_AUTO_TEST_CASE(authorities_are_read_when_they_are_first_needed) {
    World world;
    world.options.ca_file = "/nowhere/ca.pem";
    ScriptedServer server{world.context};
    server.on_connection({Kind::request, send(response(200, "plain"))});
    check_response(world.get(server.url()), 200, "plain");
    ScriptedServer secure{world.context};
    for (int i = 0; i < 2; ++i) // and again, for the file may be put there meanwhile
        check_failure(world.get("https://127.0.0.1:" + secure.port() + "/"),
                      {HttpPhase::tls, Cause::config, false,
                       "the CA certificates in /nowhere/ca.pem cannot be read", "CRIER_CA_FILE"});
}

BOOST_AUTO_TEST_CASE(only_a_goodbye_ends_a_body_without_a_length) {
    TlsWorld world;
    const std::string endless = "HTTP/1.1 200 OK\r\n\r\nbody";
    ScriptedServer server{world.context, world.authority.server()};
    server.on_connection({Kind::request, send(endless), Kind::goodbye});
    server.on_connection({Kind::request, send(endless)});
    server.on_connection({Kind::request, send(response(200, "body"))});
    check_response(world.get(server.url()), 200, "body");
    check_failure(world.get(server.url()),
                  {HttpPhase::read, Cause::network, true,
                   "127.0.0.1: the connection was closed before the response", "operator"});
    check_response(world.get(server.url()), 200, "body");
}

BOOST_AUTO_TEST_CASE(a_kept_connection_that_was_closed_is_replaced_with_or_without_a_goodbye) {
    for (const bool goodbye : {true, false}) {
        TlsWorld world;
        ScriptedServer server{world.context, world.authority.server()};
        ScriptedServer::Steps first{Kind::request, send(response(200, "one"))};
        if (goodbye)
            first.emplace_back(Kind::goodbye);
        server.on_connection(first);
        server.on_connection({Kind::request, send(response(200, "two"))});
        check_response(world.get(server.url()), 200, "one");
        world.context.restart();
        world.context.poll();
        check_response(world.send(post(server.url(), "x")), 200, "two");
        BOOST_TEST(server.requests().size() == 2U);
    }
}

BOOST_AUTO_TEST_CASE(what_comes_unasked_in_a_record_of_its_own_answers_nothing) {
    TlsWorld world;
    // One write becomes two records that arrive together: the first is the answer, to the byte.
    constexpr std::size_t record = 512;
    const auto tls = world.authority.server();
    SSL_CTX_set_max_send_fragment(tls->native_handle(), record);
    const std::size_t head = response(200, std::string(300, 'x')).size() - 300;
    const std::string body(record - head, 'x');
    const std::string answer = response(200, body);
    BOOST_REQUIRE(answer.size() == record);
    ScriptedServer server{world.context, tls};
    server.on_connection({Kind::request, send(answer + response(200, "forged")), Kind::hold});
    server.on_connection({Kind::request, send(response(200, "asked for"))});
    check_response(world.get(server.url()), 200, body);
    check_response(world.get(server.url()), 200, "asked for");
    BOOST_TEST(server.connections() == 2U);
}

BOOST_AUTO_TEST_CASE(an_early_refusal_is_read_through_tls_too) {
    TlsWorld world;
    for (const Kind then : {Kind::stall, Kind::hold}) {
        ScriptedServer server{world.context, world.authority.server()};
        server.on_connection({Kind::head, send(response(413, "no")), then});
        check_response(world.send(post(server.url(), std::string(32U << 20U, 'x'))), 413, "no");
    }
}

BOOST_AUTO_TEST_CASE(no_goodbye_is_waited_for) {
    TlsWorld world;
    ScriptedServer server{world.context, world.authority.server()};
    server.on_connection({Kind::request, send(response(200, "x", "Connection: close\r\n")), Kind::stall});
    check_response(world.get(server.url()), 200, "x"); // ends, though the server says nothing more
}

BOOST_AUTO_TEST_CASE(a_secret_does_not_follow_from_https_to_http) {
    TlsWorld world;
    ScriptedServer server{world.context, world.authority.server()};
    ScriptedServer plain{world.context};
    const Step away = send(response(301, "", "Location: " + plain.url("/x") + "\r\n"));
    server.on_connection({Kind::request, away, Kind::request, away, Kind::request, away});
    plain.on_connection({Kind::request, send(response(200, "open"))});
    HttpRequest secret{"GET", server.url()};
    secret.follow_redirects = true;
    secret.bearer = Secret{"s3cr3t"};
    check_failure(world.send(std::move(secret)),
                  {HttpPhase::read, Cause::server, true,
                   server.url() + " leads from https to plain " + plain.url("/x"), "operator"});
    HttpRequest basic{"GET", server.url()};
    basic.follow_redirects = true;
    basic.headers.emplace_back("Authorization", "Basic s3cr3t");
    check_failure(world.send(std::move(basic)),
                  {HttpPhase::read, Cause::server, true, "leads from https to plain", "operator"});
    BOOST_TEST(plain.connections() == 0U);
    HttpRequest open{"GET", server.url()};
    open.follow_redirects = true;
    check_response(world.send(std::move(open)), 200, "open");
}

BOOST_AUTO_TEST_SUITE_END()
