#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/system/error_code.hpp>

#include <cstddef>
#include <memory>

namespace crier::sandbox {

/// A client's connection, plain or TLS, so that the HTTP code is compiled once. One read and one write at a
/// time; failures in `error`.
class ByteStream {
public:
    virtual ~ByteStream() = default;
    [[nodiscard]] virtual boost::asio::awaitable<void> handshake(boost::system::error_code& error) = 0;
    [[nodiscard]] virtual boost::asio::awaitable<std::size_t> read_some(char* data, std::size_t size,
                                                                        boost::system::error_code& error) = 0;
    [[nodiscard]] virtual boost::asio::awaitable<void> write(const char* data, std::size_t size,
                                                             boost::system::error_code& error) = 0;
    /// Ends what is pending with operation_aborted.
    virtual void close() = 0;
    /// Closes with a TCP reset.
    virtual void reset() = 0;
};

/// `tls` null: plain. It must outlive the stream.
[[nodiscard]] std::unique_ptr<ByteStream> make_stream(boost::asio::ip::tcp::socket socket,
                                                      boost::asio::ssl::context* tls);

} // namespace crier::sandbox
