#pragma once

#include "ports/clock.hpp"
#include "ports/http_client.hpp"

#include <cstddef>
#include <memory>

namespace crier::net {

/// Longer than so nobody waits for a turn.
inline constexpr Duration longest_turn_wait = std::chrono::minutes{10};

struct TurnRules {
    std::size_t at_once = 1; ///< requests to one host, at least 1
    /// A request waits no longer than its own timeout, of which the wait is a part; false: longest_turn_wait,
    /// and then it has all of its time.
    bool within_timeout = false;
};

/// A client whose requests to one host (scheme, name and port) go a few at a time, in the order in which they
/// came: fifty feeds of a host come over one connection and not over fifty, and ten thousand accounts of a
/// server do not come all at once when the clock strikes. Hosts do not wait for one another. Where a redirect
/// leads to another host, that one's turn is not waited for.
///
/// Ownership: both outlive it, and it outlives its requests.
/// Thread: the engine's.
/// Errors: those of `inner`; and Cause::temporary for who would have to wait for too long.
/// Cancellation: terminal; who waits gives up at once, and a request that is cut off ends its turn.
[[nodiscard]] std::unique_ptr<HttpClient> make_turn_client(HttpClient& inner, Clock& clock,
                                                           TurnRules rules = {});

} // namespace crier::net
