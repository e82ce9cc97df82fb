// The only file that instantiates Asio's sockets and TLS streams.
#include "sandbox/http/byte_stream.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <utility>

namespace crier::sandbox {

namespace asio = boost::asio;
using boost::system::error_code;
using Tcp = asio::ip::tcp;

namespace {

void reset_socket(Tcp::socket::lowest_layer_type& socket) {
    error_code ignored;
    socket.set_option(asio::socket_base::linger{true, 0}, ignored);
    socket.close(ignored);
}

/// `Stream`: Tcp::socket, or the TLS stream over one.
template <class Stream>
class StreamOf final : public ByteStream {
public:
    template <class... Arguments>
    explicit StreamOf(Arguments&&... arguments)
        : stream_(std::forward<Arguments>(arguments)...) {}

    asio::awaitable<void> handshake(error_code& error) override {
        if constexpr (!std::is_same_v<Stream, Tcp::socket>)
            co_await stream_.async_handshake(asio::ssl::stream_base::server,
                                             asio::redirect_error(asio::use_awaitable, error));
        co_return;
    }
    asio::awaitable<std::size_t> read_some(char* data, std::size_t size, error_code& error) override {
        return stream_.async_read_some(asio::buffer(data, size),
                                       asio::redirect_error(asio::use_awaitable, error));
    }
    asio::awaitable<void> write(const char* data, std::size_t size, error_code& error) override {
        co_await asio::async_write(stream_, asio::buffer(data, size),
                                   asio::redirect_error(asio::use_awaitable, error));
    }
    void close() override {
        error_code ignored;
        stream_.lowest_layer().shutdown(Tcp::socket::shutdown_both, ignored);
        stream_.lowest_layer().close(ignored);
    }
    void reset() override { reset_socket(stream_.lowest_layer()); }

private:
    Stream stream_;
};

} // namespace

std::unique_ptr<ByteStream> make_stream(Tcp::socket socket, asio::ssl::context* tls) {
    if (tls == nullptr)
        return std::make_unique<StreamOf<Tcp::socket>>(std::move(socket));
    return std::make_unique<StreamOf<asio::ssl::stream<Tcp::socket>>>(std::move(socket), *tls);
}

} // namespace crier::sandbox
