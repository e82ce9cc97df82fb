#pragma once

#include "ports/http_client.hpp"
#include "simulation/server.hpp"

namespace crier::sim {

/// A simulated server behind exact HTTP: addresses, headers and JSON as servers send them, so that one run in
/// fifty goes through all of mastodon/, too.
///
/// Ownership: the server outlives it. Thread: the engine's.
class Wire final : public HttpClient {
public:
    Wire(SimServer& server, const Time& time)
        : server_(server)
        , time_(time) {}

    [[nodiscard]] boost::asio::awaitable<HttpResult> send(HttpRequest request) override;

private:
    SimServer& server_;
    const Time& time_;
};

} // namespace crier::sim
