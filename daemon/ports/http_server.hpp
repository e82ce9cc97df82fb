#pragma once

#include "core/failure.hpp"
#include "core/time.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crier {

/// A request to the daemon: to its own interface, or to what others send to.
struct LocalRequest {
    std::string method;
    std::string path;                                         ///< percent-decoded, without the query
    std::vector<std::pair<std::string, std::string>> query;   ///< decoded, in order
    std::vector<std::pair<std::string, std::string>> headers; ///< names in lower case, in order
    std::string body;                                         ///< bounded by the server

    LocalRequest() = default; // no aggregate: docs/ARCHITECTURE.md, "Traps"

    /// The first header of this name (in lower case); empty: there is none.
    [[nodiscard]] std::string_view header(std::string_view name) const noexcept {
        for (const auto& [known, value] : headers)
            if (known == name)
                return value;
        return {};
    }
};

/// An answer that goes on: what is written after its head, piece by piece, until one of both sides ends it.
///
/// Thread: the engine's. One next() at a time.
class LocalStream {
public:
    virtual ~LocalStream() = default;
    /// What is to be written next, never empty; nothing: that was all. May take as long as it likes: a client
    /// that is slow to take a piece is the server's affair.
    [[nodiscard]] virtual boost::asio::awaitable<std::optional<std::string>> next() = 0;
    /// Whoever listened is gone, or the server stops: next(), also one that waits, ends soon with nothing.
    /// Never resumes it inside the call. May be called more than once.
    virtual void end() = 0;
};

using Headers = std::vector<std::pair<std::string, std::string>>;

struct LocalResponse {
    int status = 200;
    std::string content_type = "application/json";
    Headers headers; ///< further ones
    std::string body;
    std::shared_ptr<void> hold;          ///< kept until it is sent; may be null
    std::shared_ptr<LocalStream> stream; ///< null: `body` is all; else the answer is this, and has no length

    LocalResponse() = default;
    LocalResponse(int code, std::string text)
        : status(code)
        , body(std::move(text)) {}
};

using LocalHandler = std::function<boost::asio::awaitable<LocalResponse>(LocalRequest)>;

/// What a request's head alone is answered with, before any of its body is waited for; nothing: it is to be
/// read. The request has no body yet.
using HeadCheck = std::function<std::optional<LocalResponse>(const LocalRequest&)>;

/// How much a request may bring.
struct BodyRoom {
    std::size_t bytes = 0;                ///< nothing more than the server's limit where it is less
    std::shared_ptr<void> hold;           ///< kept until the request is answered
    std::optional<LocalResponse> refused; ///< there is no room now: the answer
};

/// Asked of a request whose head was good, before any of its body is waited for.
using BodyRule = std::function<BodyRoom(const LocalRequest&)>;

/// Told of a request whose head was good, and which the server refused all the same: with 413 its body is too
/// large, with 408 it did not come whole in time, with 400 it is no HTTP. The request has no body.
using RefusalTeller = std::function<void(const LocalRequest&, int status)>;

/// Serves one handler on a Unix socket, on TCP addresses, or on both.
///
/// Thread: the engine's; the handler runs there.
class HttpServer {
public:
    virtual ~HttpServer() = default;

    /// Binds the path with mode 0660. A socket that a dead daemon left is replaced; a live one is a failure
    /// (Cause::conflict).
    [[nodiscard]] virtual Result<> listen_unix(const std::string& path) = 0;

    /// Binds a number of an IPv4 or IPv6 address, without brackets; "::" is IPv6 alone. May be called for
    /// several. Port 0 is any that is free.
    ///
    /// Errors: in use (Cause::conflict), not allowed (permission), not an address of this machine (temporary:
    /// it may come up).
    [[nodiscard]] virtual Result<std::uint16_t> listen_tcp(const std::string& host, std::uint16_t port) = 0;

    /// Serves until stop(): a bounded number of connections at a time, each with deadlines.
    [[nodiscard]] virtual boost::asio::awaitable<void> serve(LocalHandler handler, HeadCheck check,
                                                             RefusalTeller refused) = 0;
    [[nodiscard]] boost::asio::awaitable<void> serve(LocalHandler handler, HeadCheck check) {
        return serve(std::move(handler), std::move(check), RefusalTeller{});
    }
    [[nodiscard]] boost::asio::awaitable<void> serve(LocalHandler handler) {
        return serve(std::move(handler), HeadCheck{});
    }

    /// No new connections; serve() returns when those at work are done or after a short bound.
    virtual void stop() = 0;
};

} // namespace crier
