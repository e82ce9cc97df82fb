#include "net/server.hpp"

#include "net/guests.hpp"
#include "net/request_reader.hpp"
#include "net/response_writer.hpp"
#include "net/socket_file.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <list>
#include <optional>
#include <utility>

namespace crier::net {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using Local = asio::local::stream_protocol;
using Tcp = asio::ip::tcp;

namespace {

/// What the connections share with the server, and outlive it with when a handler does not end.
struct Shared {
    Shared(const asio::any_io_executor& e, ServerLimits l, Headers a)
        : executor(e)
        , limits(std::move(l))
        , always(std::move(a))
        , guests(e) {}
    asio::any_io_executor executor;
    ServerLimits limits;
    Headers always;
    Guests guests;
    std::size_t doors = 0; ///< that somebody stands at
    std::exception_ptr fault;
    bool stopping = false;
};

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

/// What the handler says. What it throws is a bug, and is told to whoever asked.
asio::awaitable<LocalResponse> answer(const LocalHandler& handler, LocalRequest request,
                                      const BugTeller& bug) {
    try {
        co_return co_await handler(std::move(request));
    } catch (const std::exception& thrown) {
        if (bug)
            bug(thrown.what());
    }
    co_return LocalResponse{500,
                            R"({"error":"a fault of the daemon's","hint":"its log may say more","exit":1})"};
}

asio::awaitable<void> converse(Shared& shared, Guest& guest, const Handlers& handlers) {
    const AnswerTo to{shared.executor, shared.limits, guest.socket, shared.stopping};
    bool keep_alive = true;
    while (keep_alive && !shared.stopping) {
        Incoming incoming;
        shared.guests.note_silence(guest);
        const error_code error =
            co_await read_request(shared.executor, shared.limits, handlers.check, guest, incoming);
        std::optional<LocalResponse> response =
            incoming.refused ? std::move(incoming.refused) : refusal_of(error);
        if (error && !response)
            co_return;
        const bool head_only = incoming.parser.get().method() == http::verb::head;
        const bool unread = !incoming.parser.is_done();
        if (error && incoming.head_seen && handlers.refused)
            handlers.refused(incoming.head(), response->status);
        keep_alive = !error && !unread && shared.limits.keep_alive && incoming.parser.keep_alive();
        if (!response)
            response = co_await answer(handlers.handler, incoming.take(), shared.limits.bug);
        keep_alive = keep_alive && !shared.stopping && !response->stream;
        if (co_await write_response(to, *response, shared.always, {head_only, keep_alive}))
            co_return;
        if (response->stream && !head_only) {
            const Guests::Streaming counted{shared.guests};
            co_return co_await carry(to, response->stream);
        }
        if (unread)
            co_await linger(to);
    }
}

asio::awaitable<void> one_connection(std::shared_ptr<Shared> shared, Guests::Place guest,
                                     std::shared_ptr<const Handlers> handlers) {
    try {
        co_await converse(*shared, *guest, *handlers);
    } catch (const std::exception&) {
        // Out of memory, most likely: this connection ends, and the others go on.
    }
    shared->guests.let_out(guest);
}

/// Somebody is at the door, and there is room: nobody waits behind those who have come and say nothing.
template <class Acceptor>
asio::awaitable<void> make_room(Shared& shared, Acceptor& door, Guests::Bell& bell) {
    const auto is_full = [&shared] {
        return !shared.stopping && shared.guests.asking() >= shared.limits.connections;
    };
    if (!is_full())
        co_return;
    error_code ignored;
    co_await door.async_wait(asio::socket_base::wait_read,
                             asio::redirect_error(asio::use_awaitable, ignored));
    while (is_full()) {
        shared.guests.send_away_silent();
        co_await bell.wait(Steady::time_point::max());
    }
}

/// Lets in whoever comes, as long as there is room.
template <class Acceptor>
asio::awaitable<void> stand_at(std::shared_ptr<Shared> shared, Acceptor& door,
                               std::shared_ptr<const Handlers> handlers) {
    Guests::Bell bell{shared->guests};
    while (!shared->stopping) {
        co_await make_room(*shared, door, bell);
        error_code error;
        ServerSocket socket{shared->executor};
        co_await door.async_accept(socket, asio::redirect_error(asio::use_awaitable, error));
        if (shared->stopping)
            break;
        if (error) { // out of descriptors, most likely: a breath, and again
            co_await bell.wait(Steady::now() + std::chrono::milliseconds{100});
            continue;
        }
        asio::awaitable<void> talk =
            one_connection(shared, shared->guests.let_in(std::move(socket)), handlers);
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
                       shared->guests.ring();
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
    Guests::Bell bell{shared->guests};
    while (shared->doors > 0 && !shared->fault)
        co_await bell.wait(Steady::time_point::max());
    if (shared->fault)
        std::rethrow_exception(shared->fault);
    const auto until = Steady::now() + shared->limits.stop;
    while (!shared->guests.empty() && Steady::now() < until)
        co_await bell.wait(until);
    for (Guest& guest : shared->guests.all())
        close(guest.socket);
}

void Server::stop() {
    shared_->stopping = true;
    file_.remove();
    error_code ignored;
    acceptor_.close(ignored);
    for (Tcp::acceptor& door : tcp_)
        door.close(ignored);
    shared_->guests.ring();
    // Those who are not in the middle of a request are told by the end of the stream.
    for (Guest& guest : shared_->guests.all())
        guest.socket.shutdown(ServerSocket::shutdown_receive, ignored);
}

} // namespace

std::unique_ptr<HttpServer> make_http_server(asio::any_io_executor executor, ServerLimits limits,
                                             Headers always) {
    return std::make_unique<Server>(executor, limits, std::move(always));
}

} // namespace crier::net
