#pragma once

#include "commands/invocation.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace crier::commands {

/// How a command reaches the outbox: through the running daemon, or, when there is none, in its store. The
/// answers are the same, because the same code gives them (admin/api.hpp).
class Daemon {
public:
    Daemon(const Invocation& call, const Settings& settings)
        : call_(call)
        , settings_(settings) {}

    /// A body makes it a POST. `path` may carry a query.
    [[nodiscard]] Result<boost::json::object> get(const std::string& path);
    [[nodiscard]] Result<boost::json::object> post(const std::string& path, const boost::json::object& body);

    /// Whether the last answer came from a running daemon.
    [[nodiscard]] bool running() const noexcept { return running_; }

private:
    [[nodiscard]] Result<boost::json::object> call(const std::string& method, const std::string& path,
                                                   const std::string& body);
    [[nodiscard]] Result<boost::json::object> in_store(const std::string& method, const std::string& path,
                                                       const std::string& body);

    const Invocation& call_;
    const Settings& settings_;
    bool running_ = false;
};

} // namespace crier::commands
