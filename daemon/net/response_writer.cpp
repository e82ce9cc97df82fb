#include "net/response_writer.hpp"

#include "core/ascii.hpp"
#include "net/deadline.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/status.hpp>

#include <algorithm>
#include <array>
#include <exception>
#include <optional>
#include <utility>

namespace crier::net {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

/// For whom an answer ended too early to finish its request.
constexpr Duration longest_linger = std::chrono::seconds{2};

bool has_header(const LocalResponse& response, std::string_view name) {
    return std::any_of(response.headers.begin(), response.headers.end(), [name](const auto& header) {
        return ascii::lower(header.first) == ascii::lower(name);
    });
}

std::string further_headers(const LocalResponse& response, const Headers& always) {
    std::string text;
    for (const auto& [name, value] : response.headers)
        text.append("\r\n").append(name).append(": ").append(value);
    for (const auto& [name, value] : always)
        if (!has_header(response, name))
            text.append("\r\n").append(name).append(": ").append(value);
    return text;
}

/// Its head, and what is small enough to go along with it.
constexpr std::size_t small_body = 64U << 10U;

std::string response_text(const LocalResponse& response, const Headers& always, AnswerForm form) {
    const auto reason = http::obsolete_reason(http::int_to_status(static_cast<unsigned>(response.status)));
    return "HTTP/1.1 " + std::to_string(response.status) + " " + std::string{reason} +
           "\r\nContent-Type: " + response.content_type +
           (response.stream ? "" : "\r\nContent-Length: " + std::to_string(response.body.size())) +
           further_headers(response, always) +
           "\r\nConnection: " + (form.keep_alive ? "keep-alive" : "close") + "\r\n\r\n" +
           (form.head_only || response.body.size() > small_body ? std::string{} : response.body);
}

/// In the time that there is for it.
asio::awaitable<error_code> write_in_time(AnswerTo to, std::string_view text) {
    const Deadline deadline{to.executor, Steady::now() + to.limits.answer, [&to] { close(to.socket); }};
    co_return co_await write_text(to.socket, text);
}

/// Ends a stream when its client is gone, or the server stops: what is sent meanwhile is dropped.
class Watch {
public:
    Watch(AnswerTo to, std::shared_ptr<LocalStream> stream)
        : socket_(to.socket)
        , stream_(std::move(stream))
        , over_(to.executor, Steady::time_point::max()) {
        asio::co_spawn(to.executor, watch(), [this](std::exception_ptr) {
            watching_ = false;
            over_.cancel();
        });
    }
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

    /// Before it goes.
    [[nodiscard]] asio::awaitable<void> end() {
        close(socket_);
        error_code ignored;
        while (watching_)
            co_await over_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }

private:
    asio::awaitable<void> watch() {
        error_code error;
        std::array<char, 512> piece{};
        while (!error)
            co_await socket_.async_read_some(asio::buffer(piece),
                                             asio::redirect_error(asio::use_awaitable, error));
        stream_->end();
    }

    ServerSocket& socket_;
    std::shared_ptr<LocalStream> stream_;
    asio::steady_timer over_;
    bool watching_ = true;
};

/// What is next; what is thrown there is a bug, and ends the stream.
asio::awaitable<std::optional<std::string>> next_piece(LocalStream& stream, const BugTeller& bug) {
    try {
        co_return co_await stream.next();
    } catch (const std::exception& thrown) {
        if (bug)
            bug(thrown.what());
    }
    co_return std::nullopt;
}

asio::awaitable<void> write_pieces(AnswerTo to, LocalStream& stream) {
    while (!to.stopping) {
        std::optional<std::string> piece = co_await next_piece(stream, to.limits.bug);
        if (!piece)
            co_return;
        const error_code error = co_await write_in_time(to, *piece);
        if (error)
            co_return;
    }
}

} // namespace

asio::awaitable<error_code> write_response(AnswerTo to, LocalResponse& response, const Headers& always,
                                           AnswerForm form) {
    const std::string text = response_text(response, always, form);
    error_code error = co_await write_in_time(to, text);
    if (!error && !form.head_only && response.body.size() > small_body)
        error = co_await write_in_time(to, response.body);
    response.body.clear();
    co_return error;
}

asio::awaitable<void> carry(AnswerTo to, std::shared_ptr<LocalStream> stream) {
    Watch watch{to, stream};
    try {
        co_await write_pieces(to, *stream);
    } catch (const std::exception&) {
        // Out of memory, most likely. Who watches has to end before what he watches does.
    }
    stream->end();
    co_await watch.end();
}

asio::awaitable<void> linger(AnswerTo to) {
    const Deadline deadline{to.executor, Steady::now() + std::min(longest_linger, to.limits.idle),
                            [&to] { close(to.socket); }};
    error_code error;
    to.socket.shutdown(ServerSocket::shutdown_send, error);
    std::array<char, 4096> piece{};
    while (!error && !to.stopping)
        co_await to.socket.async_read_some(asio::buffer(piece),
                                           asio::redirect_error(asio::use_awaitable, error));
}

} // namespace crier::net
