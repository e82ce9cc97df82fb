#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace crier::test {

/// What a server does next on a connection.
struct Step {
    enum class Kind {
        request, ///< reads a whole request and keeps its text
        head,    ///< reads up to the blank line and no more
        skip,    ///< reads a request whose body is only counted
        send,    ///< writes the text
        hold,    ///< reads and drops until the other side closes
        stall,   ///< does nothing, and keeps the connection
        goodbye, ///< TLS: close_notify
        reset,   ///< ends the connection by an RST
    };
    Kind kind;
    std::string text;

    Step(Kind k, std::string t = {}) // NOLINT(google-explicit-constructor): a list of steps reads better
        : kind(k)
        , text(std::move(t)) {}
};

inline Step send(std::string text) {
    return Step{Step::Kind::send, std::move(text)};
}

/// A response with a Content-Length; `headers` are whole lines.
[[nodiscard]] std::string response(int status, const std::string& body, const std::string& headers = {});

struct ServerState;

/// A server on a loopback address that does on each connection, in the order in which they come, what was
/// laid down for it, and then closes it. A connection too many is closed at once.
class ScriptedServer {
public:
    using Steps = std::vector<Step>;

    explicit ScriptedServer(boost::asio::io_context& context, const std::string& address = "127.0.0.1");
    /// With TLS from the first byte.
    ScriptedServer(boost::asio::io_context& context, std::shared_ptr<boost::asio::ssl::context> tls);
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;
    ~ScriptedServer();

    void on_connection(Steps steps);
    /// Speaks as an HTTP proxy before: takes a CONNECT, agrees, and does the steps with TLS.
    void on_tunnel(Steps steps, std::shared_ptr<boost::asio::ssl::context> tls);

    /// Accepts no more.
    void stop();

    [[nodiscard]] std::string port() const;
    /// "http://127.0.0.1:PORT/path", or https.
    [[nodiscard]] std::string url(const std::string& path = "/") const;

    /// As they came, head and body.
    [[nodiscard]] const std::vector<std::string>& requests() const noexcept;
    /// Accepted so far.
    [[nodiscard]] std::size_t connections() const noexcept;
    /// Of its TLS handshakes, those that took up an earlier session.
    [[nodiscard]] std::size_t resumed() const noexcept;
    /// Bytes of body that `skip` has counted.
    [[nodiscard]] std::uint64_t skipped() const noexcept;

private:
    std::shared_ptr<ServerState> state_;
};

} // namespace crier::test
