#include "net/connector.hpp"

#include "net/deadline.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <openssl/ssl.h>
#include <openssl/tls1.h>
#include <openssl/x509_vfy.h>

#include <algorithm>
#include <cerrno>
#include <poll.h>
#include <utility>

namespace crier::net {

namespace asio = boost::asio;
using boost::system::error_code;
using Tcp = asio::ip::tcp;

namespace {

bool readable(int fd) {
    pollfd waiting{fd, POLLIN, 0};
    return ::poll(&waiting, 1, 0) != 0;
}

/// TCP and Unix sockets.
template <class Socket>
class PlainStream final : public ByteStream {
public:
    explicit PlainStream(Socket socket)
        : socket_(std::move(socket)) {}
    asio::awaitable<std::size_t> read_some(char* data, std::size_t size, error_code& error) override {
        co_return co_await socket_.async_read_some(asio::buffer(data, size),
                                                   asio::redirect_error(asio::use_awaitable, error));
    }
    asio::awaitable<std::size_t> write_some(const char* data, std::size_t size, error_code& error) override {
        co_return co_await socket_.async_write_some(asio::buffer(data, size),
                                                    asio::redirect_error(asio::use_awaitable, error));
    }
    void close() override {
        error_code ignored;
        socket_.close(ignored);
    }
    bool stale() override { return !socket_.is_open() || readable(socket_.native_handle()); }
    Socket& socket() { return socket_; }

private:
    Socket socket_;
};

class TlsStream final : public ByteStream {
public:
    TlsStream(Tcp::socket socket, asio::ssl::context& context)
        : stream_(std::move(socket), context) {}
    asio::awaitable<std::size_t> read_some(char* data, std::size_t size, error_code& error) override {
        const std::size_t n = co_await stream_.async_read_some(
            asio::buffer(data, size), asio::redirect_error(asio::use_awaitable, error));
        // Many servers close without a close_notify. HTTP has its own marks for the end of a message.
        if (error == asio::ssl::error::stream_truncated)
            error = asio::error::eof;
        co_return n;
    }
    asio::awaitable<std::size_t> write_some(const char* data, std::size_t size, error_code& error) override {
        co_return co_await stream_.async_write_some(asio::buffer(data, size),
                                                    asio::redirect_error(asio::use_awaitable, error));
    }
    /// Without waiting for the other side's goodbye: that can take for ever (boostorg/beast#2807).
    void close() override {
        error_code ignored;
        stream_.lowest_layer().close(ignored);
    }
    bool stale() override {
        return !stream_.lowest_layer().is_open() || SSL_pending(stream_.native_handle()) > 0 ||
               readable(stream_.lowest_layer().native_handle());
    }
    asio::ssl::stream<Tcp::socket>& stream() { return stream_; }

private:
    asio::ssl::stream<Tcp::socket> stream_;
};

HttpFailure failed(HttpPhase phase, Cause cause, std::string message, std::string hint = {}) {
    return HttpFailure{phase, Failure{cause, std::move(message), std::move(hint)}, false};
}

std::string seconds(Duration duration) {
    return std::to_string(std::chrono::round<std::chrono::seconds>(duration).count()) + " s";
}

/// Why a handshake failed, by what the verification found.
Failure explain_tls(SSL* ssl, const std::string& host, const error_code& error) {
    const long verdict = SSL_get_verify_result(ssl);
    const std::string who = "the certificate of " + host + " ";
    switch (verdict) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return Failure{Cause::network, who + "has expired",
                       "its operator must renew it; is this machine's clock right?"};
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return Failure{Cause::network, who + "is not valid yet", "is this machine's clock right?"};
    case X509_V_ERR_HOSTNAME_MISMATCH:
        return Failure{Cause::network, who + "is for another name", "is the address under `server:` right?"};
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        return Failure{Cause::network, who + "is self-signed",
                       "for a server of your own, name the file with its CA certificate in CRIER_CA_FILE"};
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        return Failure{
            Cause::network, who + "is signed by somebody whom this machine does not know",
            "install ca-certificates; for a server of your own, name its CA's file in CRIER_CA_FILE"};
    default:
        break;
    }
    if (verdict != X509_V_OK)
        return Failure{Cause::network, who + "is refused: " + X509_verify_cert_error_string(verdict)};
    return Failure{Cause::network, "no TLS connection with " + host + ": " + error.message(),
                   "does it speak https at this port, with TLS 1.2 or newer?"};
}

} // namespace

struct Connector::Tls {
    Tls()
        : context(asio::ssl::context::tls_client) {
        context.set_verify_mode(asio::ssl::verify_peer);
        SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
    }
    asio::ssl::context context;
};

Connector::Connector(asio::any_io_executor executor, Resolver& resolver, std::string ca_file)
    : executor_(std::move(executor))
    , resolver_(resolver)
    , ca_file_(std::move(ca_file)) {}

Connector::~Connector() = default;

Result<Connector::Tls*> Connector::tls() {
    if (tls_)
        return tls_.get();
    auto made = std::make_unique<Tls>();
    error_code error;
    made->context.set_default_verify_paths(error);
    if (!error && !ca_file_.empty())
        made->context.load_verify_file(ca_file_, error);
    if (error)
        return Failure{Cause::config, "the CA certificates cannot be read: " + error.message(),
                       "CRIER_CA_FILE must name a file with certificates in PEM"};
    tls_ = std::move(made);
    return tls_.get();
}

asio::awaitable<Connected> Connector::connect(Destination to) {
    if (!to.unix_socket.empty())
        co_return co_await connect_unix(to);
    co_return co_await connect_tcp(to);
}

asio::awaitable<Connected> Connector::connect_unix(const Destination& to) {
    using Local = asio::local::stream_protocol;
    Local::socket socket{executor_};
    error_code error;
    if (to.unix_socket.size() >= sizeof(sockaddr_un::sun_path))
        co_return failed(HttpPhase::connect, Cause::config,
                         to.unix_socket + " is too long for a socket's name",
                         "107 bytes is the most; name a shorter path under `admin: socket:`");
    const Local::endpoint endpoint{to.unix_socket};
    co_await socket.async_connect(endpoint, asio::redirect_error(asio::use_awaitable, error));
    if (error == asio::error::access_denied)
        co_return failed(HttpPhase::connect, Cause::permission, to.unix_socket + ": " + error.message(),
                         "run the command as a user who may talk to the daemon (its group, or root)");
    if (error)
        co_return failed(HttpPhase::connect, Cause::network, to.unix_socket + ": " + error.message());
    std::unique_ptr<ByteStream> stream = std::make_unique<PlainStream<Local::socket>>(std::move(socket));
    co_return stream;
}

namespace {

/// One address after the other, until one answers or the time is over.
asio::awaitable<boost::system::result<Tcp::socket, HttpFailure>>
connect_any(asio::any_io_executor executor, std::vector<std::string> addresses, std::string port,
            std::string host, Duration timeout) {
    Tcp::socket socket{executor};
    bool over = false;
    const Deadline all{executor, timeout, [&] {
                           over = true;
                           error_code ignored;
                           socket.close(ignored);
                       }};
    error_code error = asio::error::host_not_found;
    const auto number = static_cast<std::uint16_t>(std::strtoul(port.c_str(), nullptr, 10));
    for (std::size_t i = 0; i < addresses.size() && !over; ++i) {
        socket = Tcp::socket{executor};
        const Tcp::endpoint endpoint{asio::ip::make_address(addresses[i]), number};
        {
            // While others are left, a silent address gets a share of the time.
            const bool last = i + 1 == addresses.size();
            const Deadline one{
                executor, last ? timeout : std::max<Duration>(timeout / 4, std::chrono::milliseconds{250}),
                [&] {
                    error_code ignored;
                    socket.close(ignored);
                }};
            co_await socket.async_connect(endpoint, asio::redirect_error(asio::use_awaitable, error));
        }
        if (!error) {
            error_code ignored;
            socket.set_option(Tcp::no_delay{true}, ignored);
            co_return std::move(socket);
        }
    }
    if (over || error == asio::error::operation_aborted)
        co_return failed(HttpPhase::connect, Cause::network,
                         host + " does not answer at port " + port + " (" + seconds(timeout) + ")");
    co_return failed(HttpPhase::connect, Cause::network,
                     "no connection to " + host + " at port " + port + ": " + error.message());
}

/// CONNECT host:port through the proxy.
asio::awaitable<error_code> open_tunnel(Tcp::socket& socket, const Url& url) {
    const std::string where = url.host + ":" + url.port;
    const std::string request = "CONNECT " + where + " HTTP/1.1\r\nHost: " + where + "\r\n\r\n";
    error_code error;
    std::size_t sent = 0;
    while (sent < request.size() && !error)
        sent += co_await socket.async_write_some(asio::buffer(request.data() + sent, request.size() - sent),
                                                 asio::redirect_error(asio::use_awaitable, error));
    std::string reply;
    while (!error && reply.find("\r\n\r\n") == std::string::npos && reply.size() < 8192) {
        char c = 0; // byte by byte: what follows the head belongs to TLS
        if (co_await socket.async_read_some(asio::buffer(&c, 1),
                                            asio::redirect_error(asio::use_awaitable, error)) == 1)
            reply += c;
    }
    if (!error && (reply.size() < 12 || reply[9] != '2'))
        error = asio::error::connection_refused;
    co_return error;
}

/// Whom the certificate must be for. A numeric address has no name to indicate (RFC 6066, 3).
void expect_name(SSL* ssl, const std::string& host) {
    error_code no_address;
    (void)asio::ip::make_address(host, no_address);
    if (!no_address) {
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str());
        return;
    }
    // The macro of the same name casts as C does.
    SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, const_cast<char*>(host.c_str()));
    SSL_set1_host(ssl, host.c_str());
}

} // namespace

asio::awaitable<Connected> Connector::connect_tcp(const Destination& to) {
    const bool proxied = !to.proxy_host.empty();
    const std::string& host = proxied ? to.proxy_host : to.url.host;
    Result<std::vector<std::string>> addresses = co_await resolver_.resolve(host, to.timeout);
    if (!addresses)
        co_return HttpFailure{HttpPhase::resolve, addresses.error(), false};
    if (!to.allow_private && !proxied)
        for (const std::string& address : *addresses)
            if (is_private_address(address))
                co_return failed(HttpPhase::connect, Cause::permission,
                                 to.url.host + " is at " + address + ", a private address",
                                 "where that is meant, say `allow_private: true` at the source");
    // The addresses that were checked are the ones connected to: a name that changes meanwhile changes
    // nothing.
    auto socket = co_await connect_any(executor_, std::move(*addresses),
                                       proxied ? to.proxy_port : to.url.port, host, to.timeout);
    if (!socket)
        co_return socket.error();
    if (!to.url.tls) {
        std::unique_ptr<ByteStream> plain = std::make_unique<PlainStream<Tcp::socket>>(std::move(*socket));
        co_return plain;
    }
    const Result<Tls*> settings = tls();
    if (!settings)
        co_return HttpFailure{HttpPhase::tls, settings.error(), false};
    auto stream = std::make_unique<TlsStream>(std::move(*socket), (*settings)->context);
    const Deadline deadline{executor_, to.timeout, [&] { stream->close(); }};
    if (proxied) {
        const error_code tunnel = co_await open_tunnel(stream->stream().next_layer(), to.url);
        if (tunnel)
            co_return failed(HttpPhase::connect, Cause::network,
                             "the proxy " + to.proxy_host + " opens no way to " + to.url.host + ": " +
                                 tunnel.message());
    }
    SSL* ssl = stream->stream().native_handle();
    expect_name(ssl, to.url.host);
    error_code error;
    co_await stream->stream().async_handshake(asio::ssl::stream_base::client,
                                              asio::redirect_error(asio::use_awaitable, error));
    if (deadline.expired())
        co_return failed(HttpPhase::tls, Cause::network,
                         to.url.host + " does not finish the TLS handshake (" + seconds(to.timeout) + ")");
    if (error)
        co_return HttpFailure{HttpPhase::tls, explain_tls(ssl, to.url.host, error), false};
    std::unique_ptr<ByteStream> open = std::move(stream);
    co_return open;
}

} // namespace crier::net
