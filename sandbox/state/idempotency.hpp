#pragma once

#include "sandbox/state/time.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace crier::sandbox {

/// What a server makes of a key that it has seen, or that is being worked on.
enum class ReplayMode {
    wait_503, ///< Mastodon 4.6: locked while in flight, 503 after ten seconds; then the first's status
    inflight_duplicate, ///< Mastodon up to 4.5: known only when the first is through; until then a double
    error_500, ///< Mastodon 4.6 with its fault (mastodon#40399): the status is there, and the answer is 500
    ignore,    ///< GoToSocial: keys mean nothing
    errors,    ///< Pleroma: every answer is kept, errors too
    refused    ///< Pixelfed: 400, whatever came of the first
};

/// An answer that is given again as it was.
struct KeptAnswer {
    int status = 0;
    std::string content_type;
    std::string body;
    std::uint64_t request = 0;
};

/// Idempotency keys, for each account by itself. Only successes are kept (but for ReplayMode::errors), for an
/// hour from the creation, or as long as its keeper says.
class IdempotencyMap {
public:
    struct Known {
        std::string id; ///< of what was created
        KeptAnswer answer;
        Time until;
    };
    [[nodiscard]] const Known* find(const std::string& account, const std::string& key, Time now) const;
    void keep(const std::string& account, const std::string& key, Known known, Time now);

    /// A request begins to work under the key.
    void begin(const std::string& account, const std::string& key, std::uint64_t request);
    [[nodiscard]] bool in_flight(const std::string& account, const std::string& key) const;
    /// What the request in flight has made, to be known when it is over.
    void keep_when_over(std::uint64_t request, Known known);
    void over(std::uint64_t request, Time now);

    void clear();
    [[nodiscard]] std::size_t size() const noexcept { return known_.size(); }

private:
    using Key = std::pair<std::string, std::string>;
    struct Flight {
        Key key;
        std::optional<Known> made;
    };
    std::map<Key, Known> known_;
    std::map<std::uint64_t, Flight> flights_; ///< by request
};

} // namespace crier::sandbox
