#include "net/connector.hpp"

#include "net/private_address.hpp"
#include "net/race.hpp"
#include "net/streams.hpp"
#include "net/tls.hpp"
#include "net/tls_sessions.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <charconv>
#include <sys/un.h>
#include <utility>

namespace crier::net {

namespace asio = boost::asio;
using boost::system::error_code;
using Tcp = asio::ip::tcp;

namespace {

HttpFailure failed(HttpPhase phase, Cause cause, std::string message, std::string hint = {}) {
    return HttpFailure{phase, Failure{cause, std::move(message), std::move(hint)}, false};
}

bool is_permitted(const asio::ip::address& address, Reach reach) {
    switch (reach) {
    case Reach::any:
        break;
    case Reach::only_public:
        return !is_private_address(address.to_string());
    case Reach::only_loopback:
        return address.is_loopback();
    }
    return true;
}

HttpFailure not_permitted(const std::string& host, const std::string& address, Reach reach) {
    const std::string where = host == address ? host + " is" : host + " is at " + address + ",";
    if (reach == Reach::only_loopback)
        return failed(HttpPhase::connect, Cause::config,
                      "the token is not sent over plain http: " + where + " no address of this machine",
                      "write https:// under `server:`");
    return failed(HttpPhase::connect, Cause::permission, where + " a private address",
                  "where that is meant, say `allow_private: true` at the source");
}

std::optional<asio::ip::address> read_address(const std::string& text) {
    error_code error;
    const asio::ip::address address = asio::ip::make_address(text, error);
    return error ? std::nullopt : std::optional{address};
}

/// What to do about a connection that did not come about.
std::string hint_for(const error_code& error) {
    if (error == asio::error::connection_refused)
        return "nothing listens there: is the port right, and the server running?";
    if (error == asio::error::network_unreachable || error == asio::error::host_unreachable)
        return "is this machine online, and the other one?";
    return "is the address right, and does a firewall let it through?";
}

/// CONNECT host:port through the proxy (RFC 9110, 9.3.6); why it did not work, or nothing.
asio::awaitable<std::string> open_tunnel(Tcp::socket& socket, const Url& url) {
    const std::string where =
        (url.host.find(':') != std::string::npos ? "[" + url.host + "]" : url.host) + ":" + url.port;
    const std::string request = "CONNECT " + where + " HTTP/1.1\r\nHost: " + where + "\r\n\r\n";
    error_code error;
    for (std::size_t sent = 0; sent < request.size() && !error;)
        sent += co_await socket.async_write_some(asio::buffer(request.data() + sent, request.size() - sent),
                                                 asio::redirect_error(asio::use_awaitable, error));
    constexpr std::size_t most = 8192;
    std::string reply;
    while (!error && reply.size() < most && reply.find("\r\n\r\n") == std::string::npos) {
        char c = 0; // byte by byte: what follows the head belongs to TLS
        if (co_await socket.async_read_some(asio::buffer(&c, 1),
                                            asio::redirect_error(asio::use_awaitable, error)) == 1)
            reply += c;
    }
    if (error)
        co_return error.message();
    const bool http = reply.size() > 12 && reply.size() < most && reply.compare(0, 7, "HTTP/1.") == 0;
    if (http && reply[9] == '2')
        co_return std::string{};
    co_return http ? "it says " + reply.substr(9, std::min<std::size_t>(reply.find('\r') - 9, 60))
                   : std::string{"it does not answer in HTTP"};
}

} // namespace

Connector::Connector(asio::any_io_executor executor, Resolver& resolver, std::string ca_file)
    : executor_(std::move(executor))
    , resolver_(resolver)
    , ca_file_(std::move(ca_file)) {}

Connector::~Connector() = default;

asio::awaitable<Connected> Connector::connect(const Destination& to) {
    if (!to.unix_socket.empty())
        co_return co_await connect_unix(to);
    Dialled socket = co_await dial(to);
    if (!socket)
        co_return socket.error();
    if (to.url.tls)
        co_return co_await secure(to, std::move(*socket));
    co_return make_stream(std::move(*socket));
}

asio::awaitable<Connected> Connector::connect_unix(const Destination& to) {
    using Local = asio::local::stream_protocol;
    if (to.unix_socket.size() >= sizeof(sockaddr_un::sun_path))
        co_return failed(HttpPhase::connect, Cause::config,
                         to.unix_socket + " is too long for a socket's name",
                         "107 bytes is the most; name a shorter path under `admin: socket:`");
    Local::socket socket{executor_};
    error_code error;
    const Local::endpoint endpoint{to.unix_socket};
    {
        const Deadline deadline{executor_, to.until, [&] {
                                    error_code ignored;
                                    socket.close(ignored);
                                }};
        co_await socket.async_connect(endpoint, asio::redirect_error(asio::use_awaitable, error));
    }
    if (error == asio::error::access_denied)
        co_return failed(HttpPhase::connect, Cause::permission, to.unix_socket + ": " + error.message(),
                         "run the command as a user who may talk to the daemon (its group, or root)");
    if (error)
        co_return failed(HttpPhase::connect, Cause::network, to.unix_socket + ": " + error.message(),
                         "is the daemon running, and `admin: socket:` the same for both?");
    co_return make_stream(std::move(socket));
}

asio::awaitable<Connector::Dialled> Connector::dial(const Destination& to) {
    const std::string& host = to.proxy ? to.proxy->host : to.url.host;
    const std::string& port_text = to.proxy ? to.proxy->port : to.url.port;
    if (to.proxy && to.reach != Reach::any)
        if (const auto written = read_address(to.url.host);
            to.reach == Reach::only_loopback || (written && !is_permitted(*written, to.reach)))
            co_return not_permitted(to.url.host, to.url.host, to.reach);
    const Duration left = std::chrono::ceil<std::chrono::milliseconds>(to.until - Steady::now()); // for words
    Result<Addresses> addresses = Addresses{host};
    if (!read_address(host))
        addresses = co_await resolver_.resolve(host, std::max(left, Duration::zero()));
    if (!addresses)
        co_return HttpFailure{HttpPhase::resolve, addresses.error(), false};
    std::uint16_t port = 0;
    std::from_chars(port_text.data(), port_text.data() + port_text.size(), port);
    // Where a name has public addresses as well as private ones, those are taken.
    std::vector<Tcp::endpoint> endpoints;
    for (const std::string& text : *addresses)
        if (const auto address = read_address(text);
            address && (to.proxy || is_permitted(*address, to.reach)))
            endpoints.emplace_back(*address, port);
    if (endpoints.empty() && !addresses->empty())
        co_return not_permitted(host, addresses->front(), to.reach);
    error_code error;
    Tcp::socket socket = co_await connect_first(executor_, std::move(endpoints), to.until, error);
    if (!error)
        co_return std::move(socket);
    const std::string where = (to.proxy ? "the proxy " : "") + host + " at port " + port_text;
    if (error == asio::error::timed_out)
        co_return failed(HttpPhase::connect, Cause::network,
                         "no connection to " + where + " within " + to_text(to.allowed), hint_for(error));
    co_return failed(HttpPhase::connect, Cause::network, "no connection to " + where + ": " + error.message(),
                     hint_for(error));
}

asio::awaitable<Connected> Connector::secure(const Destination& to, Tcp::socket socket) {
    if (!tls_) {
        auto made = make_tls_context(ca_file_);
        if (!made)
            co_return HttpFailure{HttpPhase::tls, made.error(), false};
        tls_ = std::move(*made);
    }
    std::unique_ptr<TlsStream> stream = make_tls_stream(std::move(socket), *tls_);
    const Deadline deadline{executor_, to.until, [&] { stream->close(); }};
    if (to.proxy) {
        std::string problem = co_await open_tunnel(stream->socket(), to.url);
        if (deadline.expired())
            problem = "no answer within " + to_text(to.allowed);
        if (!problem.empty())
            co_return failed(HttpPhase::connect, Cause::network,
                             "the proxy " + to.proxy->host + " opens no way to " + to.url.host + ": " +
                                 problem,
                             "see HTTPS_PROXY; what needs no proxy stands in NO_PROXY");
    }
    expect_name(stream->ssl(), to.url.host);
    resume_session(stream->ssl(), to.url.host + ' ' + to.url.port);
    const error_code error = co_await stream->handshake();
    if (error)
        forget_sessions(stream->ssl());
    if (deadline.expired())
        co_return failed(HttpPhase::tls, Cause::network,
                         "no TLS connection with " + to.url.host + " within " + to_text(to.allowed),
                         "does it speak https at this port?");
    if (error)
        co_return HttpFailure{HttpPhase::tls, explain_tls(stream->ssl(), to.url.host, error), false};
    std::unique_ptr<ByteStream> open = std::move(stream);
    co_return open;
}

} // namespace crier::net
