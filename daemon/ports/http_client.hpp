#pragma once

#include "core/failure.hpp"
#include "core/secret.hpp"
#include "core/time.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/system/result.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace crier {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

/// One part of a multipart/form-data body: a value, or a file that is streamed from disk.
struct HttpPart {
    std::string name;
    std::string value;        ///< when `file` is empty
    std::string file;         ///< path; read in pieces while it is sent
    std::string filename;     ///< as the server sees it
    std::string content_type; ///< of a file
};

struct HttpRequest {
    std::string method = "GET";
    std::string url; ///< http or https, absolute
    HttpHeaders headers;
    /// Sent as `Authorization: Bearer`; never after a redirect, never to another origin, never over plain
    /// http except to a loopback address (refused with Cause::config).
    Secret bearer;
    std::string body;            ///< with a Content-Type in `headers`
    std::vector<HttpPart> parts; ///< instead of `body`: multipart/form-data

    bool own_connection = false; ///< on a new connection, which is not kept either
    std::string unix_socket;     ///< connect to this path instead of the URL's host
    /// At most 5, GET only, each target checked again. The bearer follows nowhere, Authorization and Cookie
    /// in `headers` not to another origin; with any of them https does not lead to http.
    bool follow_redirects = false;
    bool allow_private = true; ///< false: loopback, private, link-local and metadata addresses are refused
    std::size_t max_body = 8U << 20U;                    ///< bytes after decompression; more is a failure
    Duration connect_timeout = std::chrono::seconds{20}; ///< resolve, connect and TLS together
    Duration timeout = std::chrono::seconds{60};         ///< all of it

    HttpRequest() = default;
    HttpRequest(std::string verb, std::string address)
        : method(std::move(verb))
        , url(std::move(address)) {}
    HttpRequest(HttpRequest&&) = default;
    HttpRequest& operator=(HttpRequest&&) = default;
};

struct HttpResponse {
    int status = 0;
    HttpHeaders headers; ///< as received, in order; those of one name together
    std::string body;    ///< decompressed
    std::string url;     ///< where it came from in the end
    /// Where 301 and 308 alone led, when the first hop was one of them, and never from https to http; else
    /// empty.
    std::string moved_to;

    HttpResponse() = default;

    /// The first header of that name, without regard to case; empty when there is none.
    [[nodiscard]] std::string_view header(std::string_view name) const noexcept;
};

/// How far a request came.
enum class HttpPhase { resolve, connect, tls, write, read };

/// No usable response.
struct HttpFailure {
    HttpPhase phase = HttpPhase::connect;
    Failure failure{Cause::network, {}};
    /// Every byte of the request was handed over, so the server may have acted on it. False: it cannot have
    /// (its Content-Length is unmet).
    bool sent_whole = false;

    HttpFailure() = default;
    HttpFailure(HttpPhase p, Failure f, bool whole)
        : phase(p)
        , failure(std::move(f))
        , sent_whole(whole) {}
};

using HttpResult = boost::system::result<HttpResponse, HttpFailure>;

/// An HTTP/1.1 client: pooled keep-alive connections, deadlines, TLS with host-name check.
///
/// Ownership: the request is the callee's; files that it names must stay until the end.
/// Thread: the engine's.
/// Errors: as values; a response of any status is no failure, also one that came before the request was sent
/// whole (413, 401). What its server has closed of the kept connections is found out before the first byte is
/// written, and a new one is opened in silence. No request is repeated by the client but one: a GET, on a
/// kept connection that was closed before a byte of the answer came (RFC 9110, 9.2.2). Cancellation:
/// terminal; the connection is dropped.
class HttpClient {
public:
    virtual ~HttpClient() = default;
    [[nodiscard]] virtual boost::asio::awaitable<HttpResult> send(HttpRequest request) = 0;

    /// Closes the connections that are kept for a next request, so that nothing keeps an io_context running.
    virtual void close_idle() {}
};

} // namespace crier
