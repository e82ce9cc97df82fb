#include "net/streams.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>

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
        return socket_.async_read_some(asio::buffer(data, size),
                                       asio::redirect_error(asio::use_awaitable, error));
    }
    asio::awaitable<std::size_t> write_some(const char* data, std::size_t size, error_code& error) override {
        return socket_.async_write_some(asio::buffer(data, size),
                                        asio::redirect_error(asio::use_awaitable, error));
    }
    void close() override {
        error_code ignored;
        socket_.close(ignored);
    }
    bool stale() override { return !socket_.is_open() || readable(socket_.native_handle()); }

private:
    Socket socket_;
};

class OpenSslStream final : public TlsStream {
public:
    OpenSslStream(Tcp::socket socket, asio::ssl::context& context)
        : stream_(std::move(socket), context) {}

    asio::awaitable<std::size_t> read_some(char* data, std::size_t size, error_code& error) override {
        return stream_.async_read_some(asio::buffer(data, size),
                                       asio::redirect_error(asio::use_awaitable, error));
    }
    asio::awaitable<std::size_t> write_some(const char* data, std::size_t size, error_code& error) override {
        return stream_.async_write_some(asio::buffer(data, size),
                                        asio::redirect_error(asio::use_awaitable, error));
    }
    /// Without waiting for the other side's goodbye: that can take for ever (boostorg/beast#2807).
    void close() override {
        error_code ignored;
        stream_.lowest_layer().close(ignored);
    }
    /// What came with the last record is nowhere but in the TLS engine: whole in its way in, or opened
    /// already.
    bool stale() override {
        return !stream_.lowest_layer().is_open() || SSL_pending(stream_.native_handle()) > 0 ||
               BIO_ctrl_pending(SSL_get_rbio(stream_.native_handle())) > 0 ||
               readable(stream_.lowest_layer().native_handle());
    }
    Tcp::socket& socket() override { return stream_.next_layer(); }
    SSL* ssl() override { return stream_.native_handle(); }
    asio::awaitable<error_code> handshake() override {
        error_code error;
        co_await stream_.async_handshake(asio::ssl::stream_base::client,
                                         asio::redirect_error(asio::use_awaitable, error));
        co_return error;
    }

private:
    asio::ssl::stream<Tcp::socket> stream_;
};

} // namespace

std::unique_ptr<ByteStream> make_stream(Tcp::socket socket) {
    return std::make_unique<PlainStream<Tcp::socket>>(std::move(socket));
}

std::unique_ptr<ByteStream> make_stream(asio::local::stream_protocol::socket socket) {
    return std::make_unique<PlainStream<asio::local::stream_protocol::socket>>(std::move(socket));
}

std::unique_ptr<TlsStream> make_tls_stream(Tcp::socket socket, asio::ssl::context& context) {
    return std::make_unique<OpenSslStream>(std::move(socket), context);
}

} // namespace crier::net
