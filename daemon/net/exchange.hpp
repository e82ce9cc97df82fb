#pragma once

#include "net/body_source.hpp"
#include "net/byte_stream.hpp"
#include "net/url.hpp"
#include "ports/http_client.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>

namespace crier::net {

/// One request and its response on an open connection.
struct Exchange {
    bool whole_request_sent = false; ///< every byte of it was handed over
    bool any_byte_sent = false;
    bool any_byte_received = false;
    bool reusable = false; ///< the connection may carry another request
    Duration keep_alive{}; ///< as the server says (Keep-Alive: timeout=), or zero
    HttpResponse response;
    Failure failure; ///< when `good` is false
    bool good = false;

    Exchange() = default;
};

/// The head of the request up to the blank line. Refuses what would break out of a header.
[[nodiscard]] Result<std::string> request_head(const HttpRequest& request, const Url& url,
                                               const BodySource& body, const std::string& user_agent,
                                               bool absolute_form);

/// Writes `head` and the body, reads the response: at most `max_body` bytes of body, 64 KiB of headers. The
/// bytes of `head` are wiped when they are sent: they hold the token.
[[nodiscard]] boost::asio::awaitable<Exchange>
exchange(ByteStream& stream, std::string head, BodySource& body, bool head_only, std::size_t max_body);

} // namespace crier::net
