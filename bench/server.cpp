// crier-bench-server PORT_FILE: a server that accepts every status at once and keeps nothing, so that what is
// measured is the client. One thread; keep-alive; GET /stats tells how many statuses came, and when the first
// and the last did. After GET /watch each status and the moment of its first byte are kept for GET /arrivals;
// GET /reset forgets all. GET /feed is a feed of one item; feed_shelf.hpp
// has others, and GET /shelf tells of them.

#include "bench/feed_shelf.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <fstream>
#include <optional>
#include <string>

namespace asio = boost::asio;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;

namespace {

/// As the machine's monotonic clock has it, which other processes share.
std::int64_t microseconds() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

/// As the calendar has it, for what is due by that.
std::int64_t wall_microseconds() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

struct Count {
    std::uint64_t statuses = 0;
    std::int64_t first = 0;  ///< when the first request was read
    std::int64_t last = 0;   ///< when the last reply was written
    std::uint64_t feeds = 0; ///< how often the feed was read
    bool watched = false;
    std::string arrivals; ///< since it is watched, each "{"at":...,"status":...}" with a comma behind it
    crier::bench::FeedShelf shelf;
};

/// Of a kind that honours keys and states no limits: of a Mastodon, 300 posts in three hours would be kept.
constexpr const char* instance =
    R"-({"domain":"localhost","title":"null","version":"2.7.2 (compatible; Pleroma 2.5.0)",)-"
    R"("configuration":{"statuses":{"max_characters":500,"max_media_attachments":4,"characters_reserved_per_url":23}}})";

constexpr const char* feed =
    R"(<rss version="2.0"><channel><title>null</title><item><guid>1</guid><title>One</title>)"
    R"(<link>http://127.0.0.1/1</link></item></channel></rss>)";

/// A status as short as they come, but with all that clients look at.
std::string status(std::uint64_t number) {
    const std::string id = std::to_string(1000000 + number);
    return R"({"id":")" + id + R"(","created_at":"2026-01-05T09:00:00.000Z","visibility":"public",)" +
           R"("uri":"http://127.0.0.1/s/)" + id + R"(","url":"http://127.0.0.1/@bot/)" + id +
           R"(","content":"<p>x</p>","media_attachments":[],"account":{"id":"1","username":"bot","acct":"bot"}})";
}

std::string answer(Count& count, const http::request<http::string_body>& request,
                   std::optional<std::int64_t> arrived, bool& counts) {
    counts = request.method() == http::verb::post;
    if (counts) {
        if (count.statuses == 0)
            count.first = microseconds();
        if (arrived)
            count.arrivals += "{\"at\":" + std::to_string(*arrived) + ",\"status\":" + request.body() + "},";
        return status(++count.statuses);
    }
    if (request.target() == "/feed") {
        ++count.feeds;
        return feed;
    }
    if (request.target() == "/arrivals")
        return "[" + count.arrivals.substr(0, count.arrivals.size() - (count.arrivals.empty() ? 0 : 1)) + "]";
    if (request.target() == "/shelf")
        return count.shelf.stats();
    if (request.target() == "/watch")
        count.watched = true;
    if (request.target() == "/stats")
        return "{\"statuses\":" + std::to_string(count.statuses) +
               ",\"first\":" + std::to_string(count.first) + ",\"last\":" + std::to_string(count.last) +
               ",\"feeds\":" + std::to_string(count.feeds) + "}";
    if (request.target() == "/reset")
        count = Count{};
    return instance;
}

asio::awaitable<void> serve(tcp::socket socket, Count& count) {
    boost::beast::flat_buffer buffer;
    http::request<http::string_body> request;
    http::response<http::string_body> response;
    for (bool open = true; open;) {
        request.clear();
        request.body().clear();
        // A read that has begun before it was watched does not say when its first byte came.
        std::optional<std::int64_t> arrived;
        if (count.watched) {
            co_await socket.async_wait(tcp::socket::wait_read, asio::use_awaitable);
            arrived = wall_microseconds();
        }
        co_await http::async_read(socket, buffer, request, asio::use_awaitable);
        bool counts = false;
        if (crier::bench::FeedShelf::has(request.target())) {
            response = count.shelf.answer(request);
        } else {
            response = {http::status::ok, request.version()};
            response.set(http::field::content_type, "application/json; charset=utf-8");
            response.body() = answer(count, request, arrived, counts);
        }
        response.keep_alive(request.keep_alive());
        response.prepare_payload();
        open = response.keep_alive();
        co_await http::async_write(socket, response, asio::use_awaitable);
        if (counts)
            count.last = std::max(count.last, microseconds());
    }
}

asio::awaitable<void> listen(tcp::acceptor& acceptor, Count& count) {
    for (;;) {
        tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
        socket.set_option(tcp::no_delay{true});
        // A client that leaves ends its session: that is no error.
        asio::co_spawn(acceptor.get_executor(), serve(std::move(socket), count), asio::detached);
    }
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: crier-bench-server PORT_FILE\n");
        return 2;
    }
    try {
        asio::io_context context{1};
        tcp::acceptor acceptor{context, tcp::endpoint{asio::ip::make_address("127.0.0.1"), 0}, true};
        acceptor.listen(4096);
        Count count;
        asio::co_spawn(context, listen(acceptor, count), asio::detached);
        asio::signal_set signals{context, SIGTERM, SIGINT};
        signals.async_wait([&](auto, auto) { context.stop(); });
        const std::string file = argv[1];
        std::ofstream{file + ".new"} << acceptor.local_endpoint().port();
        if (std::rename((file + ".new").c_str(), file.c_str()) != 0)
            throw std::runtime_error(file + " cannot be written");
        context.run();
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "crier-bench-server: %s\n", error.what());
        return 1;
    }
}
