// crier-bench-server PORT_FILE [--think MS]: a server that accepts every status, at once or after that time,
// and keeps nothing, so that what is measured is the client. One thread; keep-alive; GET /stats tells how
// many statuses came, and when the first and the last did. After GET /watch each status and the moment of its
// first byte are kept for GET /arrivals; GET /reset forgets all. Uploads are read and thrown away; GET
// /next/WAIT says that the next one is processed for so many seconds, GET /next/WAIT/fails that this fails
// then, GET /next/cut that its connection is cut within the file. GET /feed is a feed of one item;
// feed_shelf.hpp has others, and GET /shelf tells of them.

#include "bench/feed_shelf.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

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

/// What the next upload meets.
struct NextUpload {
    bool cut = false;
    bool fails = false;
    std::int64_t wait = 0; ///< microseconds
};

struct Count {
    std::uint64_t statuses = 0;
    std::int64_t first = 0;    ///< when the first request was read
    std::int64_t last = 0;     ///< when the last reply was written
    std::uint64_t feeds = 0;   ///< how often the feed was read
    std::uint64_t uploads = 0; ///< begun
    NextUpload next;
    std::int64_t ready = 0; ///< when the last upload is processed
    bool failed = false;    ///< and then it has failed
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

std::string attachment(std::uint64_t number, bool ready) {
    return R"({"id":")" + std::to_string(number) + R"(","type":"image","url":)" +
           (ready ? R"("http://127.0.0.1/m/1")" : "null") + R"(,"preview_url":null,"description":null})";
}

/// "/next/30", "/next/30/fails", "/next/cut"
NextUpload next_of(std::string_view target) {
    NextUpload next;
    const std::string what{target.substr(std::string_view{"/next/"}.size())};
    next.cut = what == "cut";
    next.fails = what.ends_with("/fails");
    if (!next.cut)
        next.wait = std::stoll(what) * 1'000'000;
    return next;
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
               ",\"feeds\":" + std::to_string(count.feeds) + ",\"uploads\":" + std::to_string(count.uploads) +
               ",\"ready\":" + std::to_string(count.ready) + "}";
    if (request.target().starts_with("/next/"))
        count.next = next_of({request.target().data(), request.target().size()});
    if (request.target() == "/reset")
        count = Count{};
    return instance;
}

bool is_media(boost::beast::string_view target) {
    return target == "/api/v2/media" || target.starts_with("/api/v1/media");
}

/// Reads an upload and keeps nothing of it. Not an answer: cut off.
asio::awaitable<std::optional<http::response<http::string_body>>>
take_upload(tcp::socket& socket, boost::beast::flat_buffer& buffer,
            http::request_parser<http::empty_body>& head, Count& count) {
    constexpr std::size_t cut_after = 1U << 20U;
    http::request_parser<http::buffer_body> parser{std::move(head)};
    parser.body_limit(boost::none);
    const NextUpload next = std::exchange(count.next, NextUpload{});
    ++count.uploads;
    if (count.statuses == 0 && count.uploads == 1)
        count.first = microseconds();
    static std::array<char, 256U << 10U> scratch;
    std::size_t read = 0;
    while (!parser.is_done()) {
        parser.get().body().data = scratch.data();
        parser.get().body().size = scratch.size();
        boost::system::error_code error;
        co_await http::async_read(socket, buffer, parser, asio::redirect_error(asio::use_awaitable, error));
        if (error && error != http::error::need_buffer)
            throw boost::system::system_error{error};
        read += scratch.size() - parser.get().body().size;
        if (next.cut && read > cut_after)
            co_return std::nullopt;
    }
    count.ready = microseconds() + next.wait;
    count.failed = next.fails;
    http::response<http::string_body> response{next.wait > 0 ? http::status::accepted : http::status::ok, 11};
    response.body() = attachment(count.uploads, next.wait == 0);
    co_return response;
}

http::response<http::string_body> media_state(const Count& count, unsigned version) {
    const bool ready = microseconds() >= count.ready;
    http::status status = ready ? http::status::ok : http::status::partial_content;
    if (ready && count.failed)
        status = http::status::unprocessable_entity;
    http::response<http::string_body> response{status, version};
    response.body() = ready && count.failed ? R"({"error":"Error processing thumbnail for uploaded media"})"
                                            : attachment(count.uploads, ready);
    return response;
}

asio::awaitable<void> serve(tcp::socket socket, Count& count, std::chrono::milliseconds think) {
    asio::steady_timer thinking{socket.get_executor()};
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
        http::request_parser<http::empty_body> head;
        head.body_limit(boost::none);
        co_await http::async_read_header(socket, buffer, head, asio::use_awaitable);
        bool counts = false;
        if (head.get().method() == http::verb::post && is_media(head.get().target())) {
            auto taken = co_await take_upload(socket, buffer, head, count);
            if (!taken)
                co_return;
            response = std::move(*taken);
            response.set(http::field::content_type, "application/json; charset=utf-8");
            response.prepare_payload();
            co_await http::async_write(socket, response, asio::use_awaitable);
            continue;
        }
        http::request_parser<http::string_body> parser{std::move(head)};
        co_await http::async_read(socket, buffer, parser, asio::use_awaitable);
        request = parser.release();
        if (is_media(request.target())) {
            response = media_state(count, request.version());
            response.set(http::field::content_type, "application/json; charset=utf-8");
        } else if (crier::bench::FeedShelf::has(request.target())) {
            response = count.shelf.answer(request);
        } else {
            response = {http::status::ok, request.version()};
            response.set(http::field::content_type, "application/json; charset=utf-8");
            response.body() = answer(count, request, arrived, counts);
        }
        if (counts && think.count() > 0) {
            thinking.expires_after(think);
            co_await thinking.async_wait(asio::use_awaitable);
        }
        response.keep_alive(request.keep_alive());
        response.prepare_payload();
        open = response.keep_alive();
        co_await http::async_write(socket, response, asio::use_awaitable);
        if (counts)
            count.last = std::max(count.last, microseconds());
    }
}

asio::awaitable<void> listen(tcp::acceptor& acceptor, Count& count, std::chrono::milliseconds think) {
    for (;;) {
        tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
        socket.set_option(tcp::no_delay{true});
        // A client that leaves ends its session: that is no error.
        asio::co_spawn(acceptor.get_executor(), serve(std::move(socket), count, think), asio::detached);
    }
}

} // namespace

int main(int argc, char** argv) {
    const bool thinks = argc == 4 && std::string_view{argv[2]} == "--think";
    if (argc != 2 && !thinks) {
        std::fprintf(stderr, "usage: crier-bench-server PORT_FILE [--think MS]\n");
        return 2;
    }
    try {
        const std::chrono::milliseconds think{thinks ? std::stoi(argv[3]) : 0};
        asio::io_context context{1};
        tcp::acceptor acceptor{context, tcp::endpoint{asio::ip::make_address("127.0.0.1"), 0}, true};
        acceptor.listen(4096);
        Count count;
        asio::co_spawn(context, listen(acceptor, count, think), asio::detached);
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
