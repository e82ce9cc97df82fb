#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/system/error_code.hpp>

#include <cstddef>

namespace crier::net {

/// An open connection: TCP, TLS or a Unix socket behind one door, so that the HTTP code is compiled once.
///
/// Thread: the executor's. One read and one write at a time; both may be under way together.
/// Errors: in `error`. The end of the stream is asio::error::eof; a TLS stream that ends without its goodbye
/// may have been cut by anybody, and that is asio::ssl::error::stream_truncated.
/// Cancellation: close() ends what is pending with operation_aborted.
class ByteStream {
public:
    virtual ~ByteStream() = default;
    [[nodiscard]] virtual boost::asio::awaitable<std::size_t> read_some(char* data, std::size_t size,
                                                                        boost::system::error_code& error) = 0;
    /// How many bytes the kernel has taken. With TLS a record counts when all of it went: the other side
    /// cannot open a part of one.
    [[nodiscard]] virtual boost::asio::awaitable<std::size_t>
    write_some(const char* data, std::size_t size, boost::system::error_code& error) = 0;
    virtual void close() = 0;
    /// Whether something waits to be read, or the other side has closed: no good for another request.
    [[nodiscard]] virtual bool stale() = 0;
};

} // namespace crier::net
