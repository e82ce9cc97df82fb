#include "sandbox/http/listener.hpp"

#include "sandbox/http/session.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <iostream>
#include <memory>
#include <utility>

namespace crier::sandbox {

namespace asio = boost::asio;
using boost::system::error_code;
using Tcp = asio::ip::tcp;

namespace {

/// A connection that breaks is its client's business; anything else is a fault of the sandbox, and told.
asio::awaitable<void> guarded(asio::any_io_executor executor, std::shared_ptr<ByteStream> stream,
                              std::string peer, Handler* handler, std::shared_ptr<std::size_t> open) {
    try {
        co_await serve_connection(executor, stream, std::move(peer), handler);
    } catch (const std::exception& error) {
        std::cerr << "crier-sandbox: a request was not answered: " << error.what() << '\n';
        stream->close();
    }
    --*open;
}

} // namespace

Listener::Listener(asio::any_io_executor executor)
    : executor_(executor)
    , acceptor_(std::move(executor)) {}

error_code Listener::listen(const Tcp::endpoint& where) {
    error_code error;
    acceptor_.open(where.protocol(), error);
    if (!error)
        acceptor_.set_option(Tcp::acceptor::reuse_address{true}, error);
    if (!error)
        acceptor_.bind(where, error);
    if (!error)
        acceptor_.listen(asio::socket_base::max_listen_connections, error);
    return error;
}

Tcp::endpoint Listener::where() const {
    return acceptor_.local_endpoint();
}

asio::awaitable<void> Listener::run(Handler* handler, asio::ssl::context* tls) {
    auto open = std::make_shared<std::size_t>(0);
    for (;;) {
        error_code error;
        Tcp::socket socket =
            co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, error));
        if (error || *open >= most_connections) {
            // Out of descriptors, or too many at once: a breath, and the next one.
            asio::steady_timer breath{executor_, std::chrono::milliseconds{10}};
            error_code ignored;
            co_await breath.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
            continue;
        }
        error_code ignored;
        socket.set_option(Tcp::no_delay{true}, ignored);
        const Tcp::endpoint from = socket.remote_endpoint(ignored);
        std::string peer = from.address().to_string();
        std::shared_ptr<ByteStream> stream = make_stream(std::move(socket), tls);
        ++*open;
        asio::co_spawn(executor_, guarded(executor_, std::move(stream), std::move(peer), handler, open),
                       asio::detached);
    }
}

} // namespace crier::sandbox
