#include "expect.hpp"

using namespace crier;
using namespace crier::test;
using Kind = Step::Kind;

namespace {

HttpRequest of_a_feed(const std::string& url) {
    HttpRequest request{"GET", url};
    request.allow_private = false;
    request.follow_redirects = true;
    return request;
}

HttpRequest with_token(const std::string& url) {
    HttpRequest request{"GET", url};
    request.bearer = Secret{"s3cr3t"};
    return request;
}

} // namespace

BOOST_AUTO_TEST_SUITE(reach)

BOOST_AUTO_TEST_CASE(a_feed_does_not_reach_into_this_machine_or_network) {
    World world;
    world.names.addresses["inside.test"] = {"10.1.2.3"};
    world.names.addresses["metadata.test"] = {"169.254.169.254", "fd00:ec2::254"};
    world.names.addresses["mapped.test"] = {"::ffff:127.0.0.1"};
    world.names.addresses["nat64.test"] = {"64:ff9b::10.1.2.3"};
    ScriptedServer server{world.context};
    const struct {
        std::string url;
        const char* words;
    } table[] = {
        {server.url(), "127.0.0.1 is a private address"},
        {"http://localhost:" + server.port() + "/", "localhost is at 127.0.0.1, a private address"},
        {"http://here.test:" + server.port() + "/", "here.test is at 127.0.0.1, a private address"},
        {"https://inside.test/", "inside.test is at 10.1.2.3, a private address"},
        {"http://metadata.test/latest/", "metadata.test is at 169.254.169.254, a private address"},
        {"http://mapped.test/", "mapped.test is at ::ffff:127.0.0.1, a private address"},
        {"http://nat64.test/", "nat64.test is at 64:ff9b::10.1.2.3, a private address"},
        {"http://[::1]/", "::1 is a private address"},
        {"http://[fe80::1]/", "fe80::1 is a private address"},
        {"http://2130706433:" + server.port() + "/", "127.0.0.1 is a private address"},
        {"http://0x7f.1/", "127.0.0.1 is a private address"},
        {"http://0/", "0.0.0.0 is a private address"},
    };
    for (const auto& row : table)
        check_failure(world.send(of_a_feed(row.url)),
                      {HttpPhase::connect, Cause::permission, false, row.words, "allow_private: true"});
    BOOST_TEST(server.connections() == 0U);
}

BOOST_AUTO_TEST_CASE(of_a_name_with_both_kinds_only_the_public_ones_are_tried) {
    World world;
    ScriptedServer server{world.context};
    // 192.0.2.0/24 is nobody's: the attempt ends with the time, or at once where there is no network.
    world.names.addresses["both.test"] = {"127.0.0.1", "192.0.2.1", "::1"};
    HttpRequest request = of_a_feed("http://both.test:" + server.port() + "/");
    request.connect_timeout = std::chrono::milliseconds{20};
    check_failure(world.send(std::move(request)),
                  {HttpPhase::connect, Cause::network, false, "no connection to", ""});
    BOOST_TEST(server.connections() == 0U);
}

BOOST_AUTO_TEST_CASE(who_is_allowed_reaches_it) {
    World world;
    ScriptedServer server{world.context};
    server.on_connection({Kind::request, send(response(200, "inside"))});
    HttpRequest request = of_a_feed("http://here.test:" + server.port() + "/");
    request.allow_private = true;
    check_response(world.send(std::move(request)), 200, "inside");
}

BOOST_AUTO_TEST_CASE(a_token_goes_in_the_clear_to_this_machine_only) {
    World world;
    world.names.addresses["remote.test"] = {"192.0.2.1"};
    for (const char* url : {"http://remote.test/", "http://192.0.2.1/", "http://[::ffff:192.0.2.1]/",
                            "http://127.0.0.1.example/", "http://here.test/"})
        check_failure(world.send(with_token(url)), {HttpPhase::resolve, Cause::config, false,
                                                    "over plain http", "https:// under `server:`"});
    BOOST_TEST(world.names.asked.empty());
    ScriptedServer server{world.context};
    server.on_connection({Kind::request, send(response(200, "one"))});
    server.on_connection({Kind::request, send(response(200, "two"))});
    check_response(world.send(with_token(server.url())), 200, "one");
    check_response(world.send(with_token("http://localhost:" + server.port() + "/")), 200, "two");
    BOOST_TEST(contains(server.requests().at(1), "Authorization: Bearer s3cr3t\r\n"));
}

BOOST_AUTO_TEST_CASE(a_localhost_that_is_elsewhere_gets_no_token) {
    World world;
    world.names.addresses["localhost"] = {"192.0.2.1"};
    check_failure(world.send(with_token("http://localhost/")),
                  {HttpPhase::connect, Cause::config, false,
                   "localhost is at 192.0.2.1, no address of this machine", "https:// under `server:`"});
}

BOOST_AUTO_TEST_CASE(a_connection_without_a_token_is_not_lent_to_one_with) {
    World world;
    ScriptedServer server{world.context};
    for (const char* body : {"open", "secret"})
        server.on_connection({Kind::request, send(response(200, body)), Kind::hold});
    const std::string url = "http://localhost:" + server.port() + "/";
    check_response(world.get(url), 200, "open");
    check_response(world.send(with_token(url)), 200, "secret");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_asked_is_told_without_its_secrets) {
    World world;
    for (const char* url :
         {"", "example.org/feed", "https://user:s3cr3t@example.org/", "ftp://example.org/?k=s3cr3t"})
        check_failure(world.get(url), {HttpPhase::resolve, Cause::config, false, "", ""});
    HttpRequest broken = with_token("https://here.test/");
    broken.bearer = Secret{"s3cr3t\n"};
    check_failure(world.send(std::move(broken)),
                  {HttpPhase::resolve, Cause::config, false, "a line break in the token", "end of line"});
    HttpRequest header{"GET", "https://here.test/"};
    header.headers.emplace_back("X", "s3cr3t\r\nY: z");
    check_failure(world.send(std::move(header)),
                  {HttpPhase::resolve, Cause::config, false, "a line break in the header X", ""});
    BOOST_TEST(world.names.asked.empty());
}

BOOST_AUTO_TEST_SUITE_END()
