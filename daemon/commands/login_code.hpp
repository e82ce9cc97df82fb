#pragma once

#include "commands/invocation.hpp"
#include "core/secret.hpp"
#include "ports/clock.hpp"
#include "ports/http_server.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

/// The two ways in which a code comes back from the server's page.
namespace crier::commands {

/// A line of standard input: the code, or the address that it stands in. With a prompt, on standard error.
[[nodiscard]] Result<Secret> typed_code(const Invocation& call, bool prompt);

/// A page of this machine (RFC 8252, 7.3) to which the server sends the browser: listens on 127.0.0.1 until
/// it has one answer that bears our state, or none for too long. What comes with another state is refused and
/// changes nothing.
///
/// Ownership: goes before its executor's context. Thread: the engine's.
class Redirect {
public:
    Redirect(boost::asio::any_io_executor executor, Clock& clock);

    [[nodiscard]] Result<> listen(std::uint16_t port);
    [[nodiscard]] std::string address() const;

    /// Once. Failures: token (it was not allowed), temporary (nobody came).
    [[nodiscard]] boost::asio::awaitable<Result<Secret>> code(std::string server, std::string state,
                                                              Duration patience);

private:
    [[nodiscard]] boost::asio::awaitable<LocalResponse> answer(LocalRequest request);

    boost::asio::any_io_executor executor_;
    Clock& clock_;
    std::unique_ptr<Alarm> alarm_;
    std::unique_ptr<HttpServer> http_;
    std::uint16_t port_ = 0;
    std::string server_;
    std::string state_;
    std::optional<Result<Secret>> result_;
    bool ended_ = false;
};

} // namespace crier::commands
