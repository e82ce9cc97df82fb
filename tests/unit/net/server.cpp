#include "net/server.hpp"

#include "expect.hpp"
#include "support/temporary.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <filesystem>
#include <stdexcept>
#include <sys/stat.h>

using namespace crier;
using namespace crier::test;
using namespace std::chrono_literals;
namespace asio = boost::asio;
using Local = asio::local::stream_protocol;

namespace {

/// Waits until it is opened: a handler that is at work.
struct Gate {
    explicit Gate(asio::io_context& context)
        : timer(context) {
        timer.expires_at(asio::steady_timer::time_point::max());
    }
    asio::awaitable<void> pass() {
        ++waiting;
        boost::system::error_code ignored;
        co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    asio::steady_timer timer;
    int waiting = 0;
};

/// A server on a socket of its own, and clients that talk to it.
struct Serving : World {
    explicit Serving(net::ServerLimits limits = {})
        : server(net::make_http_server(context.get_executor(), limits)) {
        BOOST_REQUIRE(server->listen_unix(path).has_value());
        asio::co_spawn(context,
                       server->serve([this](LocalRequest request) { return handle(std::move(request)); }),
                       [this](std::exception_ptr) { served = true; });
    }

    asio::awaitable<LocalResponse> handle(LocalRequest request) {
        seen.push_back(request);
        if (request.path == "/throw")
            throw std::runtime_error("a bug");
        if (request.path == "/wait")
            co_await gate.pass();
        co_return LocalResponse{200, "{\"path\":\"" + request.path + "\"}"};
    }

    HttpRequest request(std::string method, const std::string& target, std::string body = {}) const {
        HttpRequest asked{std::move(method), "http://localhost" + target};
        asked.unix_socket = path;
        asked.body = std::move(body);
        return asked;
    }
    HttpResult ask(std::string method, const std::string& target, std::string body = {}) {
        return send(request(std::move(method), target, std::move(body)));
    }
    /// Sends it in the background; what came of it stands in `answers`.
    void ask_meanwhile(const std::string& target) {
        asio::co_spawn(context, client().send(request("GET", target)),
                       [this](std::exception_ptr, const HttpResult& result) {
                           answers.push_back(result ? result->status : 0);
                       });
    }
    template <class Condition>
    void run_until(Condition condition) {
        context.restart();
        while (!condition() && context.run_one() > 0) {
        }
        BOOST_TEST(condition());
    }

    /// What comes back for these bytes, up to the end of the connection.
    std::string raw(const std::string& bytes) {
        std::string answer;
        test::run(context, talk(bytes, answer));
        return answer;
    }
    asio::awaitable<void> talk(std::string bytes, std::string& answer) {
        Local::socket socket{context};
        boost::system::error_code error;
        co_await socket.async_connect(Local::endpoint{path}, asio::use_awaitable);
        co_await asio::async_write(socket, asio::buffer(bytes),
                                   asio::redirect_error(asio::use_awaitable, error));
        co_await asio::async_read(socket, asio::dynamic_buffer(answer),
                                  asio::redirect_error(asio::use_awaitable, error));
    }

    TemporaryDirectory directory{"/tmp"};
    std::string path = directory / "admin.sock";
    Gate gate{context};
    std::vector<LocalRequest> seen;
    std::vector<int> answers;
    bool served = false;
    std::unique_ptr<HttpServer> server;
};

net::ServerLimits limits(Duration idle, Duration stop, std::size_t connections = 32) {
    net::ServerLimits made;
    made.idle = idle;
    made.answer = idle;
    made.stop = stop;
    made.connections = connections;
    return made;
}

unsigned mode_of(const std::string& path) {
    struct stat info {};
    return ::lstat(path.c_str(), &info) == 0 ? info.st_mode & 07777U : 0U;
}

void check_turned_away(const Result<>& listening, Cause cause, const std::string& words) {
    BOOST_REQUIRE(listening.has_error());
    BOOST_TEST_CONTEXT(listening.error().message) {
        BOOST_TEST((listening.error().cause == cause));
        BOOST_TEST(contains(listening.error().message, words));
        BOOST_TEST(!listening.error().hint.empty());
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(server)

BOOST_AUTO_TEST_CASE(a_request_reaches_the_handler_in_its_parts) {
    Serving f;
    const HttpResult result = f.ask("POST", "/outbox/7%2F8?state=held&grep=a%20b+c%2Bd&empty", "{\"a\":1}");
    check_response(result, 200, "{\"path\":\"/outbox/7%2F8\"}");
    BOOST_TEST(result->header("Content-Type") == "application/json");
    const LocalRequest& seen = f.seen.at(0);
    BOOST_TEST(seen.method == "POST");
    BOOST_TEST(seen.path == "/outbox/7%2F8"); // no two words of a path
    BOOST_TEST(seen.body == "{\"a\":1}");
    const std::vector<std::pair<std::string, std::string>> query = {
        {"state", "held"}, {"grep", "a b c+d"}, {"empty", ""}};
    BOOST_TEST((seen.query == query));
}

BOOST_AUTO_TEST_CASE(a_target_is_a_path_or_a_whole_address) {
    Serving f;
    (void)f.raw(
        "GET http://Bot.example:8420/v1/next?n=2 HTTP/1.1\r\nHost: other\r\nConnection: close\r\n\r\n");
    BOOST_REQUIRE_EQUAL(f.seen.size(), 1U);
    BOOST_TEST(f.seen[0].path == "/v1/next");
    BOOST_TEST(f.seen[0].query.size() == 1U);
    BOOST_TEST(f.seen[0].header("host") == "Bot.example:8420");
    // What a proxy's rules for paths do not see is no path here, either.
    check_response(f.ask("GET", "/v1%2Fnext"), 200, "{\"path\":\"/v1%2Fnext\"}");
    check_response(f.ask("GET", "/v1/a%20b"), 200, "{\"path\":\"/v1/a b\"}");
    (void)f.raw("OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    BOOST_TEST(f.seen.back().path == "*");
}

BOOST_AUTO_TEST_CASE(a_connection_carries_many_requests) {
    Serving f;
    check_response(f.ask("GET", "/1"), 200, "{\"path\":\"/1\"}");
    check_response(f.ask("POST", "/2", std::string(100'000, 'x')), 200, "{\"path\":\"/2\"}");
    check_response(f.ask("HEAD", "/3"), 200, "");
    check_response(f.ask("DELETE", "/4"), 200, "{\"path\":\"/4\"}");
    BOOST_TEST(f.seen.at(1).body.size() == 100'000U);
    const std::string both = f.raw("GET /5 HTTP/1.1\r\nHost: x\r\n\r\nGET /6 HTTP/1.1\r\nHost: x\r\n"
                                   "Connection: close\r\n\r\n");
    BOOST_TEST(contains(both, "{\"path\":\"/5\"}HTTP/1.1 200 OK\r\n"));
    BOOST_TEST(contains(both, "Connection: close\r\n\r\n{\"path\":\"/6\"}"));
    BOOST_TEST(contains(f.raw("GET /7 HTTP/1.0\r\n\r\n"), "Connection: close\r\n"));
}

BOOST_AUTO_TEST_CASE(the_owner_and_the_group_may_connect) {
    const TemporaryDirectory directory{"/tmp"};
    const std::string path = directory / "s";
    asio::io_context context{1};
    const mode_t before = ::umask(0);
    const auto server = net::make_http_server(context.get_executor());
    const bool listens = server->listen_unix(path).has_value();
    const mode_t after = ::umask(before);
    BOOST_TEST(listens);
    BOOST_TEST(after == 0U); // it is everybody's and stays as it was
    BOOST_TEST(mode_of(path) == 0660U);
}

BOOST_AUTO_TEST_CASE(what_a_dead_daemon_left_is_replaced_and_a_live_one_is_not) {
    const TemporaryDirectory directory{"/tmp"};
    const std::string path = directory / "s";
    asio::io_context context{1};
    {
        Local::acceptor dead{context, Local::endpoint{path}}; // its file stays
    }
    BOOST_REQUIRE(std::filesystem::exists(path));
    const auto first = net::make_http_server(context.get_executor());
    BOOST_TEST(first->listen_unix(path).has_value());
    const auto second = net::make_http_server(context.get_executor());
    check_turned_away(second->listen_unix(path), Cause::conflict, "another daemon listens at " + path);
    BOOST_TEST(std::filesystem::exists(path));
    first->stop();
    BOOST_TEST(!std::filesystem::exists(path));
    const auto third = net::make_http_server(context.get_executor());
    BOOST_TEST(third->listen_unix(path).has_value());
}

BOOST_AUTO_TEST_CASE(one_with_a_full_queue_is_alive) {
    const TemporaryDirectory directory{"/tmp"};
    const std::string path = directory / "s";
    asio::io_context context{1};
    Local::acceptor busy{context};
    busy.open();
    busy.bind(Local::endpoint{path});
    busy.listen(0);
    std::vector<Local::socket> waiting;
    for (int i = 0; i < 3; ++i) {
        waiting.emplace_back(context);
        waiting.back().open();
        waiting.back().non_blocking(true);
        boost::system::error_code full;
        waiting.back().connect(Local::endpoint{path}, full);
    }
    const auto server = net::make_http_server(context.get_executor());
    check_turned_away(server->listen_unix(path), Cause::conflict, "another daemon");
}

BOOST_AUTO_TEST_CASE(a_socket_that_took_the_place_of_ours_is_left_alone) {
    const TemporaryDirectory directory{"/tmp"};
    const std::string path = directory / "s";
    asio::io_context context{1};
    auto first = net::make_http_server(context.get_executor());
    BOOST_REQUIRE(first->listen_unix(path).has_value());
    std::filesystem::remove(path);
    const auto second = net::make_http_server(context.get_executor());
    BOOST_REQUIRE(second->listen_unix(path).has_value());
    first.reset();
    BOOST_TEST(std::filesystem::exists(path));
}

BOOST_AUTO_TEST_CASE(where_no_socket_can_be_is_told) {
    const TemporaryDirectory directory{"/tmp"};
    asio::io_context context{1};
    const auto listen = [&](const std::string& path) {
        return net::make_http_server(context.get_executor())->listen_unix(path);
    };
    const std::string file = directory.file("file", "precious");
    check_turned_away(listen(file), Cause::config, file + " is there already, and no socket");
    BOOST_TEST(std::filesystem::file_size(file) == 8U);
    std::filesystem::create_symlink(directory / "elsewhere", directory / "link");
    check_turned_away(listen(directory / "link"), Cause::config, "is there already");
    check_turned_away(listen(directory / "none/s"), Cause::permission, "No such file or directory");
    check_turned_away(listen(directory / std::string(200, 's')), Cause::config,
                      "too long for a socket's name");
    check_turned_away(listen(""), Cause::config, "too short");
    std::string longest = directory / "";
    longest += std::string(107 - longest.size(), 's');
    BOOST_TEST(listen(longest).has_value());
}

BOOST_AUTO_TEST_CASE(what_is_no_request_is_answered_and_closed) {
    Serving f;
    const struct {
        std::string bytes;
        const char* status;
    } table[] = {
        {"hello\r\n\r\n", "HTTP/1.1 400 Bad Request\r\n"},
        {"GET / HTTP/3.0\r\n\r\n", "HTTP/1.1 400 Bad Request\r\n"},
        {"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n", "HTTP/1.1 400 Bad Request\r\n"},
        {"POST / HTTP/1.1\r\nContent-Length: 1048577\r\n\r\n", "HTTP/1.1 413 Payload Too Large\r\n"},
        {"GET / HTTP/1.1\r\nX: " + std::string(20'000, 'x'),
         "HTTP/1.1 431 Request Header Fields Too Large\r\n"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.bytes.substr(0, 40)) {
            const std::string answer = f.raw(row.bytes);
            BOOST_TEST(answer.find(row.status) == 0U);
            BOOST_TEST(contains(answer, "Connection: close\r\n"));
            BOOST_TEST(contains(answer, "\"error\":\""));
        }
    BOOST_TEST(f.seen.empty());
    check_response(f.ask("GET", "/fine"), 200, "{\"path\":\"/fine\"}");
}

BOOST_AUTO_TEST_CASE(a_body_of_a_mebibyte_is_the_most) {
    Serving f;
    check_response(f.ask("POST", "/", std::string(1U << 20U, 'x')), 200, "{\"path\":\"/\"}");
    const HttpResult more = f.ask("POST", "/", std::string((1U << 20U) + 1, 'x'));
    BOOST_REQUIRE(more.has_value());
    BOOST_TEST(more->status == 413);
    const HttpResult far_more = f.ask("POST", "/", std::string(8U << 20U, 'x'));
    BOOST_REQUIRE(far_more.has_value());
    BOOST_TEST(far_more->status == 413);
    BOOST_TEST(f.seen.size() == 1U);
}

/// Where there is room for more, and as long as there is.
BOOST_AUTO_TEST_CASE(a_head_says_how_much_body_there_may_be) {
    net::ServerLimits made;
    made.body = 1000;
    const auto held = std::make_shared<int>(0);
    made.room = [held](const LocalRequest& head) {
        BodyRoom room;
        room.bytes = head.path == "/large" ? 100'000 : 10;
        if (head.path == "/full")
            room.refused = LocalResponse{503, "full"};
        room.hold = held;
        return room;
    };
    Serving f{made};
    const long at_rest = held.use_count();
    check_response(f.ask("POST", "/large", std::string(100'000, 'x')), 200, "{\"path\":\"/large\"}");
    BOOST_TEST(f.seen.back().body.size() == 100'000U);
    check_response(f.ask("POST", "/small", std::string(1000, 'x')), 200, "{\"path\":\"/small\"}");
    for (const auto& [path, size] : {std::pair{"/large", 100'001}, std::pair{"/small", 1001}}) {
        const HttpResult more = f.ask("POST", path, std::string(static_cast<std::size_t>(size), 'x'));
        BOOST_REQUIRE(more.has_value());
        BOOST_TEST(more->status == 413);
    }
    const HttpResult full = f.ask("POST", "/full", "x");
    BOOST_REQUIRE(full.has_value());
    BOOST_TEST(full->status == 503);
    // In pieces nobody says how much it will be.
    const std::string chunk = "3e8\r\n" + std::string(1000, 'y') + "\r\n";
    const std::string head =
        " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
    BOOST_TEST(contains(f.raw("POST /small" + head + chunk + "0\r\n\r\n"), "HTTP/1.1 200 OK"));
    BOOST_TEST(contains(f.raw("POST /small" + head + chunk + "1\r\ny\r\n0\r\n\r\n"), "HTTP/1.1 413 "));
    BOOST_TEST(f.seen.size() == 3U);
    f.client().close_idle();
    f.run_until([&] { return held.use_count() == at_rest; });
}

BOOST_AUTO_TEST_CASE(a_handler_that_throws_is_answered_for_and_told_of) {
    std::vector<std::string> told;
    net::ServerLimits telling;
    telling.bug = [&told](std::string_view what) { told.emplace_back(what); };
    Serving f{telling};
    const HttpResult result = f.ask("GET", "/throw");
    BOOST_REQUIRE(result.has_value());
    BOOST_TEST(result->status == 500);
    BOOST_TEST(!contains(result->body, "a bug"));
    check_response(f.ask("GET", "/next"), 200, "{\"path\":\"/next\"}");
    BOOST_TEST(told == std::vector<std::string>{"a bug"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(who_says_nothing_is_let_go) {
    Serving f{limits(20ms, 1h)};
    BOOST_TEST(f.raw("") == "");
    BOOST_TEST(f.raw("GET / HTTP/1.1\r\n").starts_with("HTTP/1.1 408 "));
    BOOST_TEST(f.raw("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhal").starts_with("HTTP/1.1 408 "));
    BOOST_TEST(
        contains(f.raw("GET /x HTTP/1.1\r\nHost: x\r\n\r\n"), "{\"path\":\"/x\"}")); // and then nothing
}

BOOST_AUTO_TEST_CASE(who_takes_nothing_is_let_go) {
    Serving f{limits(20ms, 1h, 1)};
    // Without reading an answer, so many requests that the answers do not fit any more.
    Local::socket greedy{f.context};
    greedy.connect(Local::endpoint{f.path});
    std::string requests;
    for (int i = 0; i < 20'000; ++i)
        requests += "GET /x HTTP/1.1\r\nHost: x\r\n\r\n";
    asio::async_write(greedy, asio::buffer(requests), [](boost::system::error_code, std::size_t) {});
    check_response(f.ask("GET", "/other"), 200, "{\"path\":\"/other\"}"); // the only place is free again
}

BOOST_AUTO_TEST_CASE(only_so_many_connections_at_a_time_and_the_others_wait) {
    Serving f{limits(1h, 1h, 2)};
    for (int i = 0; i < 3; ++i)
        f.ask_meanwhile("/wait");
    f.run_until([&] { return f.gate.waiting == 2; });
    f.context.poll();
    BOOST_TEST(f.gate.waiting == 2);
    f.gate.timer.cancel();
    f.client().close_idle();
    f.run_until([&] { return f.answers.size() == 2; });
    f.client().close_idle(); // their connections end, and there is room
    f.run_until([&] { return f.gate.waiting == 3; });
    f.gate.timer.cancel();
    f.run_until([&] { return f.answers.size() == 3; });
    BOOST_TEST(f.answers == (std::vector<int>{200, 200, 200}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(who_is_silent_makes_room_for_who_asks) {
    Serving f{limits(1h, 1h, 2)};
    f.ask_meanwhile("/wait");
    f.run_until([&] { return f.gate.waiting == 1; });
    Local::socket oldest{f.context};
    oldest.connect(Local::endpoint{f.path});
    for (const auto* half :
         {"", "GET /half HTTP/1.1\r\n"}) { // more than there is room for, one after the other
        Local::socket silent{f.context};
        silent.connect(Local::endpoint{f.path});
        asio::write(silent, asio::buffer(half, std::string_view{half}.size()));
        check_response(f.ask("GET", "/other"), 200, "{\"path\":\"/other\"}");
        f.client().close_idle();
    }
    BOOST_TEST(f.gate.waiting == 1); // one that is at work stays
    f.gate.timer.cancel();
    f.run_until([&] { return f.answers.size() == 1; });
    BOOST_TEST(f.answers.front() == 200);
}

BOOST_AUTO_TEST_CASE(who_falls_silent_makes_room_for_whoever_waits_already) {
    Serving f{limits(1h, 1h, 1)};
    f.ask_meanwhile("/wait");
    f.run_until([&] { return f.gate.waiting == 1; });
    Local::socket second{f.context};
    second.connect(Local::endpoint{f.path});
    asio::write(second, asio::buffer(std::string_view{"GET /second HTTP/1.1\r\n\r\n"}));
    f.context.poll();
    BOOST_TEST(f.seen.size() == 1U); // there is room for one, and that is at work
    f.gate.timer.cancel();           // it has its answer, and keeps its connection
    f.run_until([&] { return f.seen.size() == 2U && f.answers.size() == 1U; });
    BOOST_TEST(f.answers.front() == 200);
}

BOOST_AUTO_TEST_CASE(stop_lets_those_at_work_end_and_takes_no_others) {
    Serving f{limits(1h, 1h)};
    check_response(f.ask("GET", "/idle"), 200, "{\"path\":\"/idle\"}"); // stays connected, and idle
    f.ask_meanwhile("/idle");
    f.ask_meanwhile("/wait");
    f.run_until([&] { return f.gate.waiting == 1 && f.answers.size() == 1; });
    f.server->stop();
    f.context.poll();
    BOOST_TEST(!f.served);
    check_failure(f.ask("GET", "/late"),
                  {HttpPhase::connect, Cause::network, false, f.path, "daemon running"});
    f.gate.timer.cancel();
    f.run_until([&] { return f.served && f.answers.size() == 2; });
    BOOST_TEST(f.answers.back() == 200);
}

BOOST_AUTO_TEST_CASE(stop_waits_only_so_long_for_those_at_work) {
    Serving f{limits(1h, 20ms)};
    f.ask_meanwhile("/wait");
    f.run_until([&] { return f.gate.waiting == 1; });
    f.server->stop();
    f.run_until([&] { return f.served && f.answers.size() == 1; });
    BOOST_TEST(f.answers.back() == 0); // its connection was closed
    f.server.reset();
    f.gate.timer.cancel(); // the handler ends later, and finds nobody
    f.context.restart();
    f.context.poll();
}

BOOST_AUTO_TEST_CASE(stop_before_anybody_came) {
    Serving f;
    f.context.poll();
    f.server->stop();
    f.run_until([&] { return f.served; });
    BOOST_TEST(!std::filesystem::exists(f.path));
}

BOOST_AUTO_TEST_CASE(what_the_client_says_of_a_socket_that_does_not_answer) {
    World world;
    const TemporaryDirectory directory{"/tmp"};
    HttpRequest none{"GET", "http://localhost/"};
    none.unix_socket = directory / "none";
    check_failure(world.send(std::move(none)),
                  {HttpPhase::connect, Cause::network, false, (directory / "none") + ": No such file",
                   "is the daemon running"});
    HttpRequest too_long{"GET", "http://localhost/"};
    too_long.unix_socket = directory / std::string(200, 'x');
    check_failure(world.send(std::move(too_long)),
                  {HttpPhase::connect, Cause::config, false, "too long for a socket's name", "107 bytes"});
}

BOOST_AUTO_TEST_SUITE_END()
