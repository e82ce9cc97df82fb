#pragma once

#include "core/delivery/reply.hpp"
#include "core/time.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace crier::test {

/// A model server's limits, by a reckoning of its own: fixed windows since the epoch by the server's clock,
/// headers that describe the one with the fewest left. Shares nothing with core/rates.
class ModelLimits {
public:
    struct Limit {
        std::string name;
        int most = 0;
        Duration window{};
        std::string calls; ///< of "publish upload state probe remove pin profile", those that it counts
        bool by_address = false;
        bool successes = false; ///< counts what was done; the others count requests, refused ones too
    };
    static std::vector<Limit> mastodon();
    static std::vector<Limit> gotosocial();

    std::vector<Limit> limits; ///< none: nothing is limited, and no reply has headers
    Duration ahead{};          ///< the server's clock before ours

    /// Counts a request; false: it is one too many, and gets a 429.
    /// `replay`: it makes nothing new, and limits of what was done do not refuse it.
    [[nodiscard]] bool admit(const std::string& call, const std::string& token, Instant ours,
                             bool replay = false);
    void succeeded(const std::string& call, const std::string& token, Instant ours);
    /// Date and X-RateLimit-*, as the reader of the headers hands them on.
    void write_headers(Reply& reply, const std::string& call, const std::string& token, Instant ours) const;

    std::size_t refused = 0;                     ///< 429s that it had to give
    std::map<std::string, std::size_t> refusals; ///< by the limit's name

private:
    using Key = std::pair<std::string, std::string>;
    struct Count {
        std::int64_t window = 0;
        int used = 0;
    };
    [[nodiscard]] Count& count(const Limit& limit, const std::string& token, Instant ours);
    [[nodiscard]] std::int64_t window(const Limit& limit, Instant ours) const;
    [[nodiscard]] int used(const Limit& limit, const std::string& token, Instant ours) const;
    static Key key(const Limit& limit, const std::string& token) {
        return {limit.name, limit.by_address ? std::string{} : token};
    }
    std::map<Key, Count> counts_;
};

} // namespace crier::test
