#pragma once

#include "commands/invocation.hpp"
#include "core/store_address.hpp"
#include "ports/clock.hpp"
#include "ports/http_client.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/object.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace crier::commands {

class Composition;

/// With a daemon that is asked something, and neither answers nor gives another sign of life.
struct DaemonPatience {
    Duration silent = std::chrono::seconds{4}; ///< until it is asked for one
    Duration first = std::chrono::seconds{1};  ///< with that question, until people are told
    Duration last = std::chrono::seconds{10};  ///< with the next, until it is given up
};

/// How a command reaches the outbox: through the running daemon, or, when there is none, in its store. The
/// answers are the same, because the same code gives them (admin/api.hpp).
///
/// Errors: those that the answer tells of; temporary, where a daemon takes the connection and gives no sign
/// of life for a quarter of a minute (stopped, or in a loop). After five seconds it is said on the error
/// stream.
class Daemon {
public:
    Daemon(const Invocation& call, const Settings& settings, DaemonPatience patience = {})
        : call_(call)
        , settings_(settings)
        , patience_(patience) {}

    /// A body makes it a POST. `path` may carry a query.
    [[nodiscard]] Result<boost::json::object> get(const std::string& path);
    [[nodiscard]] Result<boost::json::object> post(const std::string& path, const boost::json::object& body);

    /// Nothing: none runs, or it does not answer.
    [[nodiscard]] std::optional<boost::json::object> status_if_running();

    /// Whether the store is one that daemons on other machines may work on.
    [[nodiscard]] bool shared() const { return is_postgres_address(settings_.store); }
    /// Whether the last answer came from a running daemon.
    [[nodiscard]] bool running() const noexcept { return running_; }
    /// The process that has the store all the same: a daemon that is starting or stopping, or goes by another
    /// configuration. Nothing: none.
    [[nodiscard]] const std::optional<long>& owner() const noexcept { return owner_; }

private:
    [[nodiscard]] HttpResult send(boost::asio::io_context& context, Composition& composition,
                                  const std::string& method, const std::string& path,
                                  const std::string& body);
    [[nodiscard]] Result<boost::json::object> call(const std::string& method, const std::string& path,
                                                   const std::string& body);
    [[nodiscard]] boost::asio::awaitable<HttpResult> ask(HttpClient& http, Clock& clock, HttpRequest request);
    [[nodiscard]] boost::asio::awaitable<void> watch(HttpClient& http, Clock& clock);
    [[nodiscard]] boost::asio::awaitable<bool> is_alive(HttpClient& http, Duration patience);
    [[nodiscard]] Result<boost::json::object> in_store(const std::string& method, const std::string& path,
                                                       const std::string& body);

    const Invocation& call_;
    const Settings& settings_;
    DaemonPatience patience_;
    bool running_ = false;
    std::optional<long> owner_;
};

} // namespace crier::commands
