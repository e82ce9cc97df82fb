#include "compress.hpp"
#include "expect.hpp"

using namespace crier;
using namespace crier::test;
using namespace std::chrono_literals;
using Kind = Step::Kind;

BOOST_AUTO_TEST_SUITE(keep_alive)

BOOST_AUTO_TEST_CASE(requests_one_after_the_other_share_a_connection) {
    World world;
    ScriptedServer server{world.context};
    server.on_connection({Kind::request, send(response(200, "one")), Kind::request,
                          send(response(404, "two")), Kind::request, send(response(200, "three"))});
    check_response(world.get(server.url("/1")), 200, "one");
    check_response(world.send(post(server.url("/2"), "x")), 404, "two");
    check_response(world.get(server.url("/3")), 200, "three");
    BOOST_TEST(server.connections() == 1U);
    BOOST_TEST(server.requests().at(1) == "POST /2 HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() +
                                              "\r\nUser-Agent: crier\r\nAccept-Encoding: gzip, br\r\n"
                                              "Content-Length: 1\r\n\r\nx");
}

BOOST_AUTO_TEST_CASE(one_that_was_closed_meanwhile_is_replaced_in_silence_and_nothing_sent_twice) {
    for (const bool reset : {false, true}) {
        World world;
        ScriptedServer server{world.context};
        ScriptedServer::Steps first{Kind::request, send(response(200, "one"))};
        if (reset)
            first.emplace_back(Kind::reset);
        server.on_connection(first);
        server.on_connection({Kind::request, send(response(200, "two"))});
        check_response(world.send(post(server.url(), "1")), 200, "one");
        world.context.restart();
        world.context.poll(); // the server closes
        check_response(world.send(post(server.url(), "2")), 200, "two");
        BOOST_TEST(server.connections() == 2U);
        BOOST_TEST(server.requests().size() == 2U);
    }
}

BOOST_AUTO_TEST_CASE(one_that_dies_with_the_request_is_a_failure_and_no_second_request) {
    World world;
    ScriptedServer server{world.context};
    server.on_connection({Kind::request, send(response(200, "one")), Kind::request, Kind::reset});
    server.on_connection({Kind::request, send(response(200, "never"))});
    check_response(world.get(server.url()), 200, "one");
    check_failure(world.send(HttpRequest{"POST", server.url()}),
                  {HttpPhase::read, Cause::network, true,
                   "127.0.0.1: the connection broke while the response", "stable"});
    BOOST_TEST(server.connections() == 1U);
    BOOST_TEST(server.requests().size() == 2U);
}

BOOST_AUTO_TEST_CASE(what_the_server_does_not_keep_is_not_used_again) {
    const struct {
        const char* what;
        std::string answer;
    } table[] = {
        {"close", response(200, "x", "Connection: close\r\n")},
        {"timeout", response(200, "x", "Keep-Alive: timeout=1\r\n")},
        {"1.0", "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx"},
        {"more than was asked for", response(200, "x") + "HTTP/1.1 200 OK\r\n\r\n"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.what) {
            World world;
            ScriptedServer server{world.context};
            for (int i = 0; i < 2; ++i)
                server.on_connection({Kind::request, send(row.answer), Kind::hold});
            check_response(world.get(server.url()), 200, "x");
            check_response(world.get(server.url()), 200, "x");
            BOOST_TEST(server.connections() == 2U);
        }
}

BOOST_AUTO_TEST_CASE(what_is_closed_in_the_moment_in_which_it_is_used_again_is_asked_for_once_more) {
    for (const bool resets : {true, false}) {
        World world;
        ScriptedServer server{world.context};
        server.on_connection(
            resets
                ? ScriptedServer::Steps{Kind::request, send(response(200, "x")), Kind::request, Kind::reset}
                : ScriptedServer::Steps{Kind::request, send(response(200, "x")), Kind::request});
        server.on_connection({Kind::request, send(response(200, "y")), Kind::hold});
        check_response(world.get(server.url()), 200, "x");
        check_response(world.get(server.url()), 200, "y");
        BOOST_TEST(server.connections() == 2U);
    }
    // On a new connection there is no reason to: it was not closed by chance.
    World world;
    ScriptedServer server{world.context};
    server.on_connection({Kind::request});
    server.on_connection({Kind::request, send(response(200, "never")), Kind::hold});
    BOOST_TEST(world.get(server.url()).has_error());
    BOOST_TEST(server.connections() == 1U);
}

BOOST_AUTO_TEST_CASE(a_request_with_a_connection_of_its_own_takes_none_and_leaves_none) {
    World world;
    ScriptedServer server{world.context};
    for (int i = 0; i < 3; ++i)
        server.on_connection({Kind::request, send(response(200, "x")), Kind::hold});
    check_response(world.get(server.url()), 200, "x");
    HttpRequest request = post(server.url(), "y");
    request.own_connection = true;
    check_response(world.send(std::move(request)), 200, "x");
    BOOST_TEST(server.connections() == 2U);
    world.client().close_idle();
    check_response(world.get(server.url()), 200, "x");
    BOOST_TEST(server.connections() == 3U);
}

BOOST_AUTO_TEST_CASE(a_body_up_to_the_end_of_the_connection) {
    World world;
    ScriptedServer server{world.context};
    server.on_connection({Kind::request, send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nbody")});
    server.on_connection({Kind::request, send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")}); // snac
    check_response(world.get(server.url()), 200, "body");
    check_response(world.send(post(server.url(), "x")), 200, "");
    BOOST_TEST(server.connections() == 2U);
}

BOOST_AUTO_TEST_CASE(each_host_and_port_has_its_own) {
    World world;
    world.names.addresses["there.test"] = {"127.0.0.1"};
    ScriptedServer server{world.context};
    for (int i = 0; i < 2; ++i)
        server.on_connection({Kind::request, send(response(200, "x")), Kind::hold});
    check_response(world.get("http://here.test:" + server.port() + "/"), 200, "x");
    check_response(world.get("http://there.test:" + server.port() + "/"), 200, "x");
    BOOST_TEST(server.connections() == 2U);
    BOOST_TEST(contains(server.requests().at(1), "\r\nHost: there.test:" + server.port() + "\r\n"));
}

BOOST_AUTO_TEST_CASE(requests_at_the_same_time_have_one_each_and_only_so_many_are_kept) {
    World world;
    world.options.max_idle_per_host = 2;
    ScriptedServer server{world.context};
    int done = 0;
    for (int i = 0; i < 4; ++i)
        server.on_connection({Kind::request, send(response(200, "x")), Kind::hold});
    for (int i = 0; i < 4; ++i)
        boost::asio::co_spawn(world.context, world.client().send(HttpRequest{"GET", server.url()}),
                              [&](std::exception_ptr, const HttpResult& result) { done += result ? 1 : 0; });
    while (done < 4)
        world.context.run_one();
    BOOST_TEST(server.connections() == 4U);
    server.stop();
    world.client().close_idle();
    world.context.restart();
    world.context.run(); // ends: the server's four see that they are closed
}

BOOST_AUTO_TEST_CASE(without_idle_connections_nothing_keeps_the_loop_running) {
    World world;
    {
        ScriptedServer server{world.context};
        server.on_connection({Kind::request, send(response(200, "x")), Kind::hold});
        check_response(world.get(server.url()), 200, "x");
        server.stop();
    }
    world.client().close_idle();
    world.context.restart();
    world.context.run();
}

BOOST_AUTO_TEST_CASE(what_is_idle_for_too_long_is_closed) {
    World world;
    world.options.idle_for = 5ms;
    ScriptedServer server{world.context};
    server.on_connection({Kind::request, send(response(200, "x")), Kind::hold});
    check_response(world.get(server.url()), 200, "x");
    server.stop();
    world.context.restart();
    world.context.run(); // ends when the server has seen the end of it
}

BOOST_AUTO_TEST_CASE(a_head_is_answered_without_a_body) {
    World world;
    ScriptedServer server{world.context};
    server.on_connection({Kind::request, send("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"),
                          Kind::request, send("HTTP/1.1 204 No Content\r\n\r\n"), Kind::request,
                          send("HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\nETag: \"e\"\r\n\r\n"),
                          Kind::request, send(response(200, "body"))});
    check_response(world.send(HttpRequest{"HEAD", server.url()}), 200, "");
    check_response(world.send(HttpRequest{"DELETE", server.url()}), 204, "");
    const HttpResult unchanged = world.get(server.url());
    check_response(unchanged, 304, "");
    BOOST_TEST(unchanged->header("etag") == "\"e\"");
    check_response(world.get(server.url()), 200, "body");
    BOOST_TEST(server.connections() == 1U);
}

BOOST_AUTO_TEST_CASE(compressed_bodies_are_unpacked_and_bounded) {
    World world;
    ScriptedServer server{world.context};
    const std::string text(5000, 'x');
    const std::string headers = "Content-Encoding: gzip\r\n";
    for (int i = 0; i < 2; ++i)
        server.on_connection({Kind::request, send(response(200, gzip(text), headers)), Kind::hold});
    HttpRequest request{"GET", server.url()};
    request.max_body = text.size();
    check_response(world.send(std::move(request)), 200, text);
    world.client().close_idle();
    HttpRequest less{"GET", server.url()};
    less.max_body = text.size() - 1;
    check_failure(world.send(std::move(less)),
                  {HttpPhase::read, Cause::server, true,
                   "127.0.0.1: the body unpacks to more than 4999 bytes", "address"});
}

BOOST_AUTO_TEST_SUITE_END()
