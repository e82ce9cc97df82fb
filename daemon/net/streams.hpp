#pragma once

#include "net/byte_stream.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream_base.hpp>

#include <memory>

using SSL = struct ssl_st;

namespace crier::net {

/// A TLS connection before and after its handshake.
///
/// Cancellation: close() ends a handshake too.
class TlsStream : public ByteStream {
public:
    /// Before the handshake: what the tunnel through a proxy is spoken on.
    [[nodiscard]] virtual boost::asio::ip::tcp::socket& socket() = 0;
    [[nodiscard]] virtual SSL* ssl() = 0;
    [[nodiscard]] virtual boost::asio::awaitable<boost::system::error_code> handshake() = 0;
};

[[nodiscard]] std::unique_ptr<ByteStream> make_stream(boost::asio::ip::tcp::socket socket);
[[nodiscard]] std::unique_ptr<ByteStream> make_stream(boost::asio::local::stream_protocol::socket socket);

/// Ownership: `context` outlives the stream's making only; OpenSSL counts the rest.
[[nodiscard]] std::unique_ptr<TlsStream> make_tls_stream(boost::asio::ip::tcp::socket socket,
                                                         boost::asio::ssl::context& context);

} // namespace crier::net
