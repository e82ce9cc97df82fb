#pragma once

#include "core/alert.hpp"
#include "core/failure.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace crier {

/// What a person is told.
struct Alert {
    AlertState what;
    AlertWord word = AlertWord::on;
    std::string json; ///< the same as one JSON object: kind, subject, text, action, since, state

    Alert() = default; // no aggregate: docs/ARCHITECTURE.md, "Traps"
};

/// A way to tell a person that something needs them.
///
/// Thread: the engine's. One call at a time.
/// Errors: as values; the alert is then not delivered, and comes again.
/// Cancellation: terminal; whether it was delivered is then unknown.
class Alerter {
public:
    virtual ~Alerter() = default;
    /// For people: "the command /usr/local/bin/notify". Never an address that may be a secret.
    [[nodiscard]] virtual std::string name() const = 0;
    [[nodiscard]] virtual boost::asio::awaitable<Result<>> deliver(Alert alert) = 0;
};

} // namespace crier
