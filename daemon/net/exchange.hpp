#pragma once

#include "net/body_source.hpp"
#include "net/byte_stream.hpp"
#include "net/response_reader.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <string>

namespace crier::net {

/// What became of one request on an open connection.
struct Exchange {
    Received received;       ///< the response, or why there is none
    bool sent_whole = false; ///< the kernel took every byte of the request

    Exchange() = default;
};

/// Writes `head` and the body, and reads the response. A small body is appended to `head`.
///
/// While a large one is on its way, what the server says is read already: one that refuses it (413, 401) need
/// not take it all, nor close. From 300 on such an early answer is the response, and the rest is not sent. An
/// early 2xx promises something about bytes that the server has not seen; it counts once all of them went.
[[nodiscard]] boost::asio::awaitable<Exchange>
exchange(ByteStream& stream, std::string& head, BodySource& body, bool head_only, std::size_t max_body);

} // namespace crier::net
