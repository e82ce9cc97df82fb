#pragma once

#include "core/failure.hpp"
#include "core/time.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace crier {

/// A request to the daemon's own interface.
struct LocalRequest {
    std::string method;
    std::string path;                                       ///< percent-decoded, without the query
    std::vector<std::pair<std::string, std::string>> query; ///< decoded, in order
    std::string body;                                       ///< bounded by the server (1 MiB)

    LocalRequest() = default; // no aggregate: docs/ARCHITECTURE.md, "Traps"
};

struct LocalResponse {
    int status = 200;
    std::string content_type = "application/json";
    std::string body;

    LocalResponse() = default;
    LocalResponse(int code, std::string text)
        : status(code)
        , body(std::move(text)) {}
};

using LocalHandler = std::function<boost::asio::awaitable<LocalResponse>(LocalRequest)>;

/// Serves the daemon's interface on a Unix socket.
///
/// Thread: the engine's; the handler runs there.
class HttpServer {
public:
    virtual ~HttpServer() = default;

    /// Binds the path with mode 0660. A socket that a dead daemon left is replaced; a live one is a failure
    /// (Cause::conflict).
    [[nodiscard]] virtual Result<> listen_unix(const std::string& path) = 0;

    /// Serves until stop(): a bounded number of connections at a time, each with deadlines.
    [[nodiscard]] virtual boost::asio::awaitable<void> serve(LocalHandler handler) = 0;

    /// No new connections; serve() returns when those at work are done or after a short bound.
    virtual void stop() = 0;
};

} // namespace crier
