#include "net/server.hpp"

#include "net/deadline.hpp"
#include "net/parser_guard.hpp"
#include "net/socket_file.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/url/parse.hpp>

#include <array>
#include <exception>
#include <list>
#include <utility>

namespace crier::net {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using Local = asio::local::stream_protocol;

namespace {

constexpr std::uint32_t request_head_limit = 16U << 10U;

using Message = http::request<http::string_body>;

/// What the connections share with the server, and outlive it with when a handler does not end.
struct Shared {
    Shared(const asio::any_io_executor& e, ServerLimits l)
        : executor(e)
        , limits(l)
        , ended(e) {}
    asio::any_io_executor executor;
    ServerLimits limits;
    asio::steady_timer ended; ///< cancelled when a connection ends
    std::list<Local::socket> open;
    bool stopping = false;
};

/// One connection and what was read of it.
struct Connection {
    explicit Connection(Local::socket& s)
        : socket(s) {}
    Local::socket& socket;
    std::string buffer; ///< not parsed yet
};

void close(Local::socket& socket) {
    error_code ignored;
    socket.close(ignored);
}

std::string response_text(const LocalResponse& response, bool head_only, bool keep_alive) {
    const auto reason = http::obsolete_reason(http::int_to_status(static_cast<unsigned>(response.status)));
    return "HTTP/1.1 " + std::to_string(response.status) + " " + std::string{reason} +
           "\r\nContent-Type: " + response.content_type +
           "\r\nContent-Length: " + std::to_string(response.body.size()) +
           "\r\nConnection: " + (keep_alive ? "keep-alive" : "close") + "\r\n\r\n" +
           (head_only ? std::string{} : response.body);
}

LocalRequest request_of(Message message) {
    LocalRequest request;
    request.method = std::string{message.method_string()};
    const std::string target{message.target()};
    if (const auto parsed = boost::urls::parse_origin_form(target)) {
        request.path = parsed->path();
        for (const auto& parameter : parsed->params())
            request.query.emplace_back(parameter.key, parameter.value);
    } else {
        request.path = target;
    }
    request.body = std::move(message.body());
    return request;
}

/// What a request is answered with that does not get as far as the handler; nothing when nobody is there.
std::optional<LocalResponse> refusal(const error_code& error) {
    if (error == http::error::body_limit)
        return LocalResponse{413, R"({"error":"the request is too large","hint":"","exit":2})"};
    if (error == http::error::header_limit)
        return LocalResponse{431, R"({"error":"the request's headers are too large","hint":"","exit":2})"};
    if (error.category() == http::make_error_code(http::error::bad_version).category())
        return LocalResponse{400, R"({"error":"this is no HTTP/1.1","hint":"","exit":2})"};
    return std::nullopt;
}

/// The next request, whole.
asio::awaitable<error_code> read_request(Shared& shared, Connection& connection,
                                         http::request_parser<http::string_body>& parser) {
    parser.header_limit(request_head_limit);
    parser.body_limit(shared.limits.body);
    parser.eager(true);
    const Deadline deadline{shared.executor, Steady::now() + shared.limits.idle,
                            [&connection] { close(connection.socket); }};
    std::string& buffer = connection.buffer;
    error_code error;
    for (;;) {
        while (!parser.is_done() && is_enough_for(parser, buffer.size())) {
            const std::size_t used = parser.put(asio::buffer(buffer), error);
            buffer.erase(0, used);
            if (error && error != http::error::need_more)
                co_return error;
            if (error && used == 0)
                break;
        }
        error = {};
        if (parser.is_done())
            co_return error;
        std::array<char, 4096> piece{};
        const std::size_t n = co_await connection.socket.async_read_some(
            asio::buffer(piece), asio::redirect_error(asio::use_awaitable, error));
        if (error)
            co_return error;
        buffer.append(piece.data(), n);
    }
}

/// What the handler says. What it throws is a bug, and is told to whoever asked.
asio::awaitable<LocalResponse> answer(const LocalHandler& handler, LocalRequest request) {
    try {
        co_return co_await handler(std::move(request));
    } catch (const std::exception&) {
    }
    co_return LocalResponse{500,
                            R"({"error":"a fault of the daemon's","hint":"its log may say more","exit":1})"};
}

asio::awaitable<error_code> write_response(Shared& shared, Local::socket& socket, std::string text) {
    const Deadline deadline{shared.executor, Steady::now() + shared.limits.answer,
                            [&socket] { close(socket); }};
    error_code error;
    co_await asio::async_write(socket, asio::buffer(text), asio::redirect_error(asio::use_awaitable, error));
    co_return error;
}

asio::awaitable<void> converse(Shared& shared, Local::socket& socket, const LocalHandler& handler) {
    Connection connection{socket};
    bool keep_alive = true;
    while (keep_alive && !shared.stopping) {
        http::request_parser<http::string_body> parser;
        const error_code error = co_await read_request(shared, connection, parser);
        std::optional<LocalResponse> response = refusal(error);
        if (error && !response)
            co_return;
        const bool head_only = parser.get().method() == http::verb::head;
        keep_alive = !error && parser.keep_alive();
        if (!response) {
            LocalRequest request = request_of(parser.release());
            response = co_await answer(handler, std::move(request));
        }
        keep_alive = keep_alive && !shared.stopping;
        std::string text = response_text(*response, head_only, keep_alive);
        if (co_await write_response(shared, socket, std::move(text)))
            co_return;
    }
}

asio::awaitable<void> one_connection(std::shared_ptr<Shared> shared,
                                     std::list<Local::socket>::iterator socket,
                                     std::shared_ptr<const LocalHandler> handler) {
    try {
        co_await converse(*shared, *socket, *handler);
    } catch (const std::exception&) {
        // Out of memory, most likely: this connection ends, and the others go on.
    }
    shared->open.erase(socket);
    shared->ended.cancel();
}

class Server final : public HttpServer {
public:
    Server(const asio::any_io_executor& executor, ServerLimits limits)
        : acceptor_(executor)
        , shared_(std::make_shared<Shared>(executor, limits)) {}
    ~Server() override { stop(); }

    Result<> listen_unix(const std::string& path) override { return file_.listen(acceptor_, path); }
    asio::awaitable<void> serve(LocalHandler handler) override;
    void stop() override;

private:
    [[nodiscard]] asio::awaitable<void> wait_for_an_end(Steady::time_point until);

    Local::acceptor acceptor_;
    SocketFile file_;
    std::shared_ptr<Shared> shared_;
};

asio::awaitable<void> Server::wait_for_an_end(Steady::time_point until) {
    error_code ignored;
    shared_->ended.expires_at(until);
    co_await shared_->ended.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

asio::awaitable<void> Server::serve(LocalHandler handler) {
    const auto handle = std::make_shared<const LocalHandler>(std::move(handler));
    Shared& shared = *shared_;
    while (!shared.stopping) {
        if (shared.open.size() >= shared.limits.connections) {
            co_await wait_for_an_end(Steady::time_point::max());
            continue;
        }
        error_code error;
        Local::socket socket =
            co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, error));
        if (shared.stopping)
            break;
        if (error) { // out of descriptors, most likely: a breath, and again
            co_await wait_for_an_end(Steady::now() + std::chrono::milliseconds{100});
            continue;
        }
        shared.open.push_front(std::move(socket));
        asio::co_spawn(shared.executor, one_connection(shared_, shared.open.begin(), handle), asio::detached);
    }
    const auto until = Steady::now() + shared.limits.stop;
    while (!shared.open.empty() && Steady::now() < until)
        co_await wait_for_an_end(until);
    for (Local::socket& socket : shared.open)
        close(socket);
}

void Server::stop() {
    shared_->stopping = true;
    file_.remove();
    error_code ignored;
    acceptor_.close(ignored);
    shared_->ended.cancel();
    // Those who are not in the middle of a request are told by the end of the stream.
    for (Local::socket& socket : shared_->open)
        socket.shutdown(Local::socket::shutdown_receive, ignored);
}

} // namespace

std::unique_ptr<HttpServer> make_http_server(asio::any_io_executor executor, ServerLimits limits) {
    return std::make_unique<Server>(executor, limits);
}

} // namespace crier::net
