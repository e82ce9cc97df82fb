#pragma once

#include "net/byte_stream.hpp"
#include "ports/http_client.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <optional>

namespace crier::net {

/// What came on an open connection.
struct Received {
    bool good = false; ///< a whole response
    HttpResponse response;
    bool reusable = false;              ///< the connection may carry another request
    std::optional<Duration> keep_alive; ///< for how long, as the server says (Keep-Alive: timeout=)
    Failure failure;                    ///< when not good
    bool nothing = false;               ///< not good: the other side has closed, and had not said a byte

    Received() = default;
};

/// Reads one response: at most `max_body` bytes of body, before and after decompression, and 64 KiB of
/// headers. Responses with 1xx are passed over.
///
/// Framing: RFC 9112, 6.3: no body (HEAD, 204, 304), chunked, Content-Length, else up to the end of the
/// stream. An end of the stream before the response is whole is a failure.
[[nodiscard]] boost::asio::awaitable<Received> read_response(ByteStream& stream, bool head_only,
                                                             std::size_t max_body);

} // namespace crier::net
