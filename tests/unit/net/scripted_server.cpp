#include "scripted_server.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>
#include <cstdlib>
#include <deque>

namespace crier::test {

namespace asio = boost::asio;
using boost::system::error_code;
using Tcp = asio::ip::tcp;
using TlsContext = std::shared_ptr<asio::ssl::context>;

namespace {

/// The other end of a connection: in the clear, or with TLS from some moment on.
class Peer {
public:
    explicit Peer(Tcp::socket socket)
        : socket_(std::move(socket)) {}

    asio::awaitable<error_code> handshake(TlsContext context) {
        context_ = std::move(context);
        tls_ = std::make_unique<asio::ssl::stream<Tcp::socket&>>(socket_, *context_);
        error_code error;
        co_await tls_->async_handshake(asio::ssl::stream_base::server,
                                       asio::redirect_error(asio::use_awaitable, error));
        co_return error;
    }
    /// After the handshake: it took up an earlier session.
    [[nodiscard]] bool resumed() const { return tls_ && SSL_session_reused(tls_->native_handle()) == 1; }
    /// Nothing at the end, and on an error.
    asio::awaitable<std::size_t> read(std::array<char, 65536>& piece) {
        error_code error;
        if (tls_)
            co_return co_await tls_->async_read_some(asio::buffer(piece),
                                                     asio::redirect_error(asio::use_awaitable, error));
        co_return co_await socket_.async_read_some(asio::buffer(piece),
                                                   asio::redirect_error(asio::use_awaitable, error));
    }
    asio::awaitable<void> write(std::string text) {
        error_code error;
        for (std::size_t done = 0; done < text.size() && !error;) {
            const asio::const_buffer rest{text.data() + done, text.size() - done};
            if (tls_)
                done +=
                    co_await tls_->async_write_some(rest, asio::redirect_error(asio::use_awaitable, error));
            else
                done +=
                    co_await socket_.async_write_some(rest, asio::redirect_error(asio::use_awaitable, error));
        }
    }
    /// Says goodbye without waiting for the other side's.
    asio::awaitable<void> goodbye() {
        error_code error;
        SSL_set_shutdown(tls_->native_handle(), SSL_RECEIVED_SHUTDOWN);
        co_await tls_->async_shutdown(asio::redirect_error(asio::use_awaitable, error));
    }
    void reset() {
        error_code ignored;
        socket_.set_option(asio::socket_base::linger{true, 0}, ignored);
        socket_.close(ignored);
    }

private:
    Tcp::socket socket_;
    TlsContext context_;
    std::unique_ptr<asio::ssl::stream<Tcp::socket&>> tls_;
};

struct Script {
    ScriptedServer::Steps steps;
    TlsContext tunnel;

    Script(ScriptedServer::Steps s, TlsContext t)
        : steps(std::move(s))
        , tunnel(std::move(t)) {}
};

std::uint64_t content_length(const std::string& head) {
    const std::string name = "\r\nContent-Length: ";
    const auto at = head.find(name);
    return at == std::string::npos ? 0 : std::strtoull(head.c_str() + at + name.size(), nullptr, 10);
}

} // namespace

/// Shared with the coroutines, which go with the io_context.
struct ServerState {
    ServerState(asio::io_context& context, const Tcp::endpoint& at, TlsContext with)
        : acceptor(context, at)
        , endpoint(acceptor.local_endpoint())
        , never(context)
        , tls(std::move(with)) {
        never.expires_at(asio::steady_timer::time_point::max());
    }
    Tcp::acceptor acceptor;
    Tcp::endpoint endpoint;
    asio::steady_timer never;
    TlsContext tls;
    std::deque<Script> scripts;
    std::vector<std::string> requests;
    std::size_t connections = 0;
    std::size_t resumed = 0;
    std::uint64_t skipped = 0;
};

namespace {

using Shared = std::shared_ptr<ServerState>;

/// Up to the blank line; what came behind it stays in `buffer`.
asio::awaitable<std::string> read_head(Peer& peer, std::string& buffer) {
    std::array<char, 65536> piece{};
    while (buffer.find("\r\n\r\n") == std::string::npos) {
        const std::size_t n = co_await peer.read(piece);
        if (n == 0)
            co_return std::string{};
        buffer.append(piece.data(), n);
    }
    std::string head = buffer.substr(0, buffer.find("\r\n\r\n") + 4);
    buffer.erase(0, head.size());
    co_return head;
}

asio::awaitable<void> read_request(Shared state, Peer& peer, std::string& buffer, bool only_count) {
    std::string text = co_await read_head(peer, buffer);
    if (text.empty())
        co_return;
    const std::uint64_t length = content_length(text);
    std::uint64_t got = buffer.size();
    std::array<char, 65536> piece{};
    while (got < length) {
        const std::size_t n = co_await peer.read(piece);
        if (n == 0)
            co_return;
        got += n;
        if (!only_count)
            buffer.append(piece.data(), n);
    }
    state->skipped += only_count ? got : 0;
    if (!only_count)
        text += buffer;
    buffer.clear();
    state->requests.push_back(std::move(text));
}

asio::awaitable<void> perform(Shared state, Peer& peer, Step step, std::string& buffer) {
    std::array<char, 65536> piece{};
    error_code ignored;
    switch (step.kind) {
    case Step::Kind::request:
    case Step::Kind::skip:
        co_await read_request(state, peer, buffer, step.kind == Step::Kind::skip);
        break;
    case Step::Kind::head: {
        std::string head = co_await read_head(peer, buffer);
        state->requests.push_back(std::move(head));
        break;
    }
    case Step::Kind::send:
        co_await peer.write(std::move(step.text));
        break;
    case Step::Kind::hold:
        while (co_await peer.read(piece) > 0) {
        }
        break;
    case Step::Kind::stall:
        co_await state->never.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
        break;
    case Step::Kind::goodbye:
        co_await peer.goodbye();
        break;
    case Step::Kind::reset:
        peer.reset();
        break;
    }
}

asio::awaitable<void> converse(Shared state, Tcp::socket socket, Script script) {
    Peer peer{std::move(socket)};
    std::string buffer;
    if (script.tunnel) {
        std::string head = co_await read_head(peer, buffer);
        state->requests.push_back(std::move(head));
        co_await peer.write("HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n");
    }
    TlsContext tls = script.tunnel ? script.tunnel : state->tls;
    if (tls && co_await peer.handshake(std::move(tls)))
        co_return;
    state->resumed += peer.resumed() ? 1U : 0U;
    for (const Step& step : script.steps)
        co_await perform(state, peer, step, buffer);
}

asio::awaitable<void> accept_all(Shared state) {
    for (;;) {
        error_code error;
        Tcp::socket socket =
            co_await state->acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
        if (error)
            co_return;
        ++state->connections;
        if (state->scripts.empty())
            continue;
        Script script = std::move(state->scripts.front());
        state->scripts.pop_front();
        asio::co_spawn(state->acceptor.get_executor(), converse(state, std::move(socket), std::move(script)),
                       asio::detached);
    }
}

} // namespace

ScriptedServer::ScriptedServer(asio::io_context& context, const std::string& address)
    : state_(std::make_shared<ServerState>(context, Tcp::endpoint{asio::ip::make_address(address), 0},
                                           TlsContext{})) {
    asio::co_spawn(context, accept_all(state_), asio::detached);
}

ScriptedServer::ScriptedServer(asio::io_context& context, TlsContext tls)
    : state_(std::make_shared<ServerState>(context, Tcp::endpoint{asio::ip::address_v4::loopback(), 0},
                                           std::move(tls))) {
    asio::co_spawn(context, accept_all(state_), asio::detached);
}

ScriptedServer::~ScriptedServer() = default;

void ScriptedServer::on_connection(Steps steps) {
    state_->scripts.emplace_back(std::move(steps), TlsContext{});
}

void ScriptedServer::on_tunnel(Steps steps, TlsContext tls) {
    state_->scripts.emplace_back(std::move(steps), std::move(tls));
}

void ScriptedServer::stop() {
    state_->acceptor.close();
}

std::string ScriptedServer::port() const {
    return std::to_string(state_->endpoint.port());
}

std::string ScriptedServer::url(const std::string& path) const {
    return (state_->tls ? "https://" : "http://") + state_->endpoint.address().to_string() + ":" + port() +
           path;
}

const std::vector<std::string>& ScriptedServer::requests() const noexcept {
    return state_->requests;
}

std::size_t ScriptedServer::connections() const noexcept {
    return state_->connections;
}

std::size_t ScriptedServer::resumed() const noexcept {
    return state_->resumed;
}

std::uint64_t ScriptedServer::skipped() const noexcept {
    return state_->skipped;
}

std::string response(int status, const std::string& body, const std::string& headers) {
    return "HTTP/1.1 " + std::to_string(status) + " Said\r\n" + headers +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

} // namespace crier::test
