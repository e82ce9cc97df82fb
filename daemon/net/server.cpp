#include "net/server.hpp"

#include "core/ascii.hpp"
#include "net/deadline.hpp"
#include "net/parser_guard.hpp"
#include "net/socket_file.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/url/parse.hpp>

#include <algorithm>
#include <array>
#include <exception>
#include <list>
#include <optional>
#include <utility>
#include <vector>

namespace crier::net {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using Local = asio::local::stream_protocol;
using Tcp = asio::ip::tcp;
using Socket = asio::generic::stream_protocol::socket; ///< of either kind

namespace {

constexpr std::uint32_t request_head_limit = 16U << 10U;

/// For whom an answer ended too early to finish its request.
constexpr Duration longest_linger = std::chrono::seconds{2};

using Message = http::request<http::string_body>;

/// What the connections share with the server, and outlive it with when a handler does not end.
struct Shared {
    Shared(const asio::any_io_executor& e, ServerLimits l, Headers a)
        : executor(e)
        , limits(l)
        , always(std::move(a)) {}
    void ring() {
        for (asio::steady_timer* bell : bells)
            bell->cancel();
    }
    asio::any_io_executor executor;
    ServerLimits limits;
    Headers always;
    std::vector<asio::steady_timer*> bells; ///< of those who wait for a connection's end
    std::list<Socket> open;
    std::size_t streaming = 0; ///< of those, with an answer that goes on
    std::size_t doors = 0;     ///< that somebody stands at
    std::exception_ptr fault;
    bool stopping = false;
};

/// Rings when a connection ends, or the server stops. One waits at a time.
class Bell {
public:
    explicit Bell(Shared& shared)
        : shared_(shared)
        , timer_(shared.executor) {
        shared_.bells.push_back(&timer_);
    }
    ~Bell() { std::erase(shared_.bells, &timer_); }
    Bell(const Bell&) = delete;
    Bell& operator=(const Bell&) = delete;

    [[nodiscard]] asio::awaitable<void> wait(Steady::time_point until) {
        error_code ignored;
        timer_.expires_at(until);
        co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }

private:
    Shared& shared_;
    asio::steady_timer timer_;
};

/// One connection and what was read of it.
struct Connection {
    explicit Connection(Socket& s)
        : socket(s) {}
    Socket& socket;
    std::string buffer; ///< not parsed yet
};

void close(Socket& socket) {
    error_code ignored;
    socket.close(ignored);
}

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

std::string response_text(const LocalResponse& response, const Headers& always, bool head_only,
                          bool keep_alive) {
    const auto reason = http::obsolete_reason(http::int_to_status(static_cast<unsigned>(response.status)));
    return "HTTP/1.1 " + std::to_string(response.status) + " " + std::string{reason} +
           "\r\nContent-Type: " + response.content_type +
           (response.stream ? "" : "\r\nContent-Length: " + std::to_string(response.body.size())) +
           further_headers(response, always) + "\r\nConnection: " + (keep_alive ? "keep-alive" : "close") +
           "\r\n\r\n" + (head_only || response.body.size() > small_body ? std::string{} : response.body);
}

/// All but the body.
LocalRequest head_of(const Message& message) {
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
    for (const auto& field : message)
        request.headers.emplace_back(ascii::lower(std::string_view{field.name_string()}),
                                     std::string{field.value()});
    return request;
}

/// What a request is answered with that does not get as far as the handler; nothing when nobody is there.
std::optional<LocalResponse> refusal(const error_code& error) {
    if (error == http::error::body_limit)
        return LocalResponse{413, R"({"error":"the request is too large","hint":"","exit":2})"};
    if (error == http::error::header_limit)
        return LocalResponse{431, R"({"error":"the request's headers are too large","hint":"","exit":2})"};
    if (error == asio::error::timed_out)
        return LocalResponse{408, R"({"error":"the request did not come whole in time","hint":"","exit":2})"};
    if (error.category() == http::make_error_code(http::error::bad_version).category())
        return LocalResponse{400, R"({"error":"this is no HTTP/1.1","hint":"","exit":2})"};
    return std::nullopt;
}

using RequestParser = http::request_parser<http::string_body>;

/// Of each request.
struct Handlers {
    Handlers(LocalHandler h, HeadCheck c, RefusalTeller r)
        : handler(std::move(h))
        , check(std::move(c))
        , refused(std::move(r)) {}
    LocalHandler handler;
    HeadCheck check;
    RefusalTeller refused;
};

/// A request as far as it was read.
struct Incoming {
    RequestParser parser;
    bool head_seen = false;
    std::optional<LocalResponse> refused; ///< by its head alone
    std::shared_ptr<void> hold;           ///< as BodyRoom has it
};

/// Until its head is known; then what that allows counts.
constexpr std::uint64_t any_body = std::uint64_t{1} << 40U;

/// An error: it brings too much. `incoming.refused`: its head is refused.
error_code judge_head(const ServerLimits& limits, const HeadCheck& check, Incoming& incoming) {
    incoming.head_seen = true;
    RequestParser& parser = incoming.parser;
    // What says otherwise where its body ends would be read as the next request (RFC 9112, 6.1).
    if (parser.get().count(http::field::transfer_encoding) > 0 &&
        (parser.get().version() < 11 ||
         ascii::lower(std::string_view{parser.get()[http::field::transfer_encoding]}) != "chunked"))
        return http::error::bad_transfer_encoding;
    if (check)
        incoming.refused = check(head_of(parser.get()));
    std::uint64_t most = limits.body;
    if (!incoming.refused && limits.room) {
        BodyRoom room = limits.room(head_of(parser.get()));
        incoming.refused = std::move(room.refused);
        incoming.hold = std::move(room.hold);
        most = std::max<std::uint64_t>(most, room.bytes);
    }
    if (incoming.refused)
        return {};
    if (parser.content_length().value_or(0) > most)
        return http::error::body_limit;
    if (!parser.is_done())
        parser.body_limit(most);
    parser.eager(true);
    return {};
}

bool waits_to_go_on(const RequestParser& parser) {
    return !parser.is_done() &&
           ascii::lower(std::string_view{parser.get()[http::field::expect]}) == "100-continue";
}

asio::awaitable<error_code> write_text(Socket& socket, std::string_view text) {
    error_code error;
    co_await asio::async_write(socket, asio::buffer(text), asio::redirect_error(asio::use_awaitable, error));
    co_return error;
}

/// The next request, whole, or as much as is needed to refuse it.
asio::awaitable<error_code> read_request(Shared& shared, Connection& connection, const HeadCheck& check,
                                         Incoming& incoming) {
    RequestParser& parser = incoming.parser;
    parser.header_limit(request_head_limit);
    parser.body_limit(any_body);
    parser.eager(false); // the head alone, at first
    bool late = false;
    const Deadline deadline{shared.executor, Steady::now() + shared.limits.idle, [&connection, &late] {
                                late = true;
                                error_code ignored;
                                connection.socket.cancel(ignored);
                            }};
    std::string& buffer = connection.buffer;
    error_code error;
    for (;;) {
        while (!parser.is_done() && is_enough_for(parser, buffer.size())) {
            const std::size_t used = parser.put(asio::buffer(buffer), error);
            buffer.erase(0, used);
            // One who may not send anything is not told how much it may be.
            const bool headed = parser.is_header_done() || error == http::error::body_limit;
            if (headed && !incoming.head_seen) {
                const error_code too_much = judge_head(shared.limits, check, incoming);
                if (too_much || incoming.refused)
                    co_return too_much;
            }
            if (error && error != http::error::need_more)
                co_return error;
            if (error && used == 0)
                break;
        }
        error = {};
        if (parser.is_done())
            co_return error;
        if (incoming.head_seen && waits_to_go_on(parser)) {
            parser.get().erase(http::field::expect);
            error = co_await write_text(connection.socket, "HTTP/1.1 100 Continue\r\n\r\n");
            if (error)
                co_return error;
        }
        std::array<char, 4096> piece{};
        std::size_t n = 0;
        if (!late) // it may have become so while something was written
            n = co_await connection.socket.async_read_some(asio::buffer(piece),
                                                           asio::redirect_error(asio::use_awaitable, error));
        if (late && (parser.got_some() || !buffer.empty()))
            co_return make_error_code(asio::error::timed_out);
        if (late) // to one who has said nothing there is nothing to say
            co_return make_error_code(asio::error::operation_aborted);
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

asio::awaitable<error_code> write_response(Shared& shared, Socket& socket, std::string text) {
    const Deadline deadline{shared.executor, Steady::now() + shared.limits.answer,
                            [&socket] { close(socket); }};
    co_return co_await write_text(socket, text);
}

/// Takes what is still sent and drops it: a connection that is closed on unread bytes takes the answer back.
asio::awaitable<void> linger(Shared& shared, Socket& socket) {
    const Deadline deadline{shared.executor, Steady::now() + std::min(longest_linger, shared.limits.idle),
                            [&socket] { close(socket); }};
    error_code error;
    socket.shutdown(Socket::shutdown_send, error);
    std::array<char, 4096> piece{};
    while (!error && !shared.stopping)
        co_await socket.async_read_some(asio::buffer(piece),
                                        asio::redirect_error(asio::use_awaitable, error));
}

/// Ends a stream when its client is gone, or the server stops: what is sent meanwhile is dropped.
class Watch {
public:
    Watch(Shared& shared, Socket& socket, std::shared_ptr<LocalStream> stream)
        : socket_(socket)
        , stream_(std::move(stream))
        , over_(shared.executor, Steady::time_point::max()) {
        asio::co_spawn(shared.executor, watch(), [this](std::exception_ptr) {
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

    Socket& socket_;
    std::shared_ptr<LocalStream> stream_;
    asio::steady_timer over_;
    bool watching_ = true;
};

/// What is next; what is thrown there is a bug, and ends the stream.
asio::awaitable<std::optional<std::string>> next_piece(LocalStream& stream) {
    try {
        co_return co_await stream.next();
    } catch (const std::exception&) {
    }
    co_return std::nullopt;
}

/// Counts a connection that carries a stream, so that it takes none of the room that short requests have.
class Streaming {
public:
    explicit Streaming(Shared& shared)
        : shared_(shared) {
        ++shared_.streaming;
        shared_.ring();
    }
    ~Streaming() { --shared_.streaming; }
    Streaming(const Streaming&) = delete;
    Streaming& operator=(const Streaming&) = delete;

private:
    Shared& shared_;
};

asio::awaitable<void> write_pieces(Shared& shared, Socket& socket, LocalStream& stream) {
    while (!shared.stopping) {
        std::optional<std::string> piece = co_await next_piece(stream);
        if (!piece)
            co_return;
        const error_code error = co_await write_response(shared, socket, std::move(*piece));
        if (error)
            co_return;
    }
}

asio::awaitable<void> carry(Shared& shared, Socket& socket, std::shared_ptr<LocalStream> stream) {
    const Streaming counted{shared};
    Watch watch{shared, socket, stream};
    try {
        co_await write_pieces(shared, socket, *stream);
    } catch (const std::exception&) {
        // Out of memory, most likely. Who watches has to end before what he watches does.
    }
    stream->end();
    co_await watch.end();
}

asio::awaitable<void> converse(Shared& shared, Socket& socket, const Handlers& handlers) {
    Connection connection{socket};
    bool keep_alive = true;
    while (keep_alive && !shared.stopping) {
        Incoming incoming;
        const error_code error = co_await read_request(shared, connection, handlers.check, incoming);
        std::optional<LocalResponse> response =
            incoming.refused ? std::move(incoming.refused) : refusal(error);
        if (error && !response)
            co_return;
        RequestParser& parser = incoming.parser;
        const bool head_only = parser.get().method() == http::verb::head;
        const bool unread = !parser.is_done();
        if (error && incoming.head_seen && handlers.refused)
            handlers.refused(head_of(parser.get()), response->status);
        keep_alive = !error && !unread && shared.limits.keep_alive && parser.keep_alive();
        if (!response) {
            Message message = parser.release();
            LocalRequest request = head_of(message);
            request.body = std::move(message.body());
            response = co_await answer(handlers.handler, std::move(request));
        }
        keep_alive = keep_alive && !shared.stopping && !response->stream;
        std::string text = response_text(*response, shared.always, head_only, keep_alive);
        if (co_await write_response(shared, socket, std::move(text)))
            co_return;
        if (!head_only && response->body.size() > small_body &&
            co_await write_response(shared, socket, std::move(response->body)))
            co_return;
        if (response->stream && !head_only)
            co_return co_await carry(shared, socket, response->stream);
        if (unread)
            co_await linger(shared, socket);
    }
}

asio::awaitable<void> one_connection(std::shared_ptr<Shared> shared, std::list<Socket>::iterator socket,
                                     std::shared_ptr<const Handlers> handlers) {
    try {
        co_await converse(*shared, *socket, *handlers);
    } catch (const std::exception&) {
        // Out of memory, most likely: this connection ends, and the others go on.
    }
    shared->open.erase(socket);
    shared->ring();
}

/// Lets in whoever comes, as long as there is room.
template <class Acceptor>
asio::awaitable<void> stand_at(std::shared_ptr<Shared> shared, Acceptor& door,
                               std::shared_ptr<const Handlers> handlers) {
    Bell bell{*shared};
    while (!shared->stopping) {
        if (shared->open.size() - shared->streaming >= shared->limits.connections) {
            co_await bell.wait(Steady::time_point::max());
            continue;
        }
        error_code error;
        Socket socket{shared->executor};
        co_await door.async_accept(socket, asio::redirect_error(asio::use_awaitable, error));
        if (shared->stopping)
            break;
        if (error) { // out of descriptors, most likely: a breath, and again
            co_await bell.wait(Steady::now() + std::chrono::milliseconds{100});
            continue;
        }
        shared->open.push_front(std::move(socket));
        asio::awaitable<void> talk = one_connection(shared, shared->open.begin(), handlers);
        asio::co_spawn(shared->executor, std::move(talk), asio::detached);
    }
}

Failure cannot_listen(const std::string& where, const error_code& error) {
    if (error == asio::error::address_in_use)
        return Failure{Cause::conflict, "another program listens at " + where,
                       "stop it, or name another port under `listen`"};
    if (error == boost::system::errc::address_not_available)
        return Failure{Cause::temporary, where + " is no address of this machine, or not yet",
                       "`ip address` lists them; behind a proxy on this machine, 127.0.0.1 does"};
    return Failure{Cause::permission, where + ": " + error.message(),
                   "a port from 1024 on needs no privilege; see also SocketBindDeny= of the unit"};
}

class Server final : public HttpServer {
public:
    Server(const asio::any_io_executor& executor, ServerLimits limits, Headers always)
        : acceptor_(executor)
        , shared_(std::make_shared<Shared>(executor, limits, std::move(always))) {}
    ~Server() override { stop(); }

    Result<> listen_unix(const std::string& path) override { return file_.listen(acceptor_, path); }
    Result<std::uint16_t> listen_tcp(const std::string& host, std::uint16_t port) override;
    using HttpServer::serve;
    asio::awaitable<void> serve(LocalHandler handler, HeadCheck check, RefusalTeller refused) override;
    void stop() override;

private:
    template <class Acceptor>
    void open(Acceptor& door, const std::shared_ptr<const Handlers>& handlers);

    Local::acceptor acceptor_;
    std::list<Tcp::acceptor> tcp_;
    SocketFile file_;
    std::shared_ptr<Shared> shared_;
};

Result<std::uint16_t> Server::listen_tcp(const std::string& host, std::uint16_t port) {
    error_code error;
    const bool six = host.find(':') != std::string::npos;
    const std::string where = (six ? "[" + host + "]:" : host + ":") + std::to_string(port);
    const auto address = asio::ip::make_address(host, error);
    if (error)
        return Failure{Cause::config, "'" + host + "' is no number of an address", "for example 127.0.0.1"};
    const Tcp::endpoint endpoint{address, port};
    Tcp::acceptor door{shared_->executor};
    door.open(endpoint.protocol(), error);
    if (!error)
        door.set_option(asio::socket_base::reuse_address{true}, error);
    if (!error && six)
        door.set_option(asio::ip::v6_only{true}, error);
    if (!error)
        door.bind(endpoint, error);
    if (!error)
        door.listen(asio::socket_base::max_listen_connections, error);
    if (error)
        return cannot_listen(where, error);
    const std::uint16_t bound = door.local_endpoint(error).port();
    tcp_.push_back(std::move(door));
    return bound;
}

template <class Acceptor>
void Server::open(Acceptor& door, const std::shared_ptr<const Handlers>& handlers) {
    ++shared_->doors;
    asio::co_spawn(shared_->executor, stand_at(shared_, door, handlers),
                   [shared = shared_](std::exception_ptr error) {
                       --shared->doors;
                       if (error)
                           shared->fault = error;
                       shared->ring();
                   });
}

asio::awaitable<void> Server::serve(LocalHandler handler, HeadCheck check, RefusalTeller refused) {
    const auto handlers =
        std::make_shared<const Handlers>(std::move(handler), std::move(check), std::move(refused));
    const std::shared_ptr<Shared> shared = shared_;
    if (acceptor_.is_open())
        open(acceptor_, handlers);
    for (Tcp::acceptor& door : tcp_)
        open(door, handlers);
    Bell bell{*shared};
    while (shared->doors > 0 && !shared->fault)
        co_await bell.wait(Steady::time_point::max());
    if (shared->fault)
        std::rethrow_exception(shared->fault);
    const auto until = Steady::now() + shared->limits.stop;
    while (!shared->open.empty() && Steady::now() < until)
        co_await bell.wait(until);
    for (Socket& socket : shared->open)
        close(socket);
}

void Server::stop() {
    shared_->stopping = true;
    file_.remove();
    error_code ignored;
    acceptor_.close(ignored);
    for (Tcp::acceptor& door : tcp_)
        door.close(ignored);
    shared_->ring();
    // Those who are not in the middle of a request are told by the end of the stream.
    for (Socket& socket : shared_->open)
        socket.shutdown(Socket::shutdown_receive, ignored);
}

} // namespace

std::unique_ptr<HttpServer> make_http_server(asio::any_io_executor executor, ServerLimits limits,
                                             Headers always) {
    return std::make_unique<Server>(executor, limits, std::move(always));
}

} // namespace crier::net
