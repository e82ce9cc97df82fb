#pragma once

#include "core/rates/bucket.hpp"
#include "core/settings.hpp"

#include <optional>
#include <string>
#include <vector>

/// What a schedule asks of an account, beside what its limits let through.
namespace crier::rates {

/// More than a limit lets through.
struct Excess {
    std::string limit; ///< for people, after "more than"
    int wanted = 0;    ///< posts in the window that has most of them
    int most = 0;      ///< that may leave in it
    Duration window{};
    Instant begins{}; ///< of that window
};

/// The server's limit that these posts exceed by most. `due`: ascending.
[[nodiscard]] std::optional<Excess> over_server(const std::vector<Instant>& due,
                                                const std::vector<Rule>& table);

/// Do the posts of the day that begins at `day` want more gaps than it has room for outside of the quiet
/// hours?
[[nodiscard]] std::optional<Excess> over_gap(const std::vector<Instant>& due, const Limits& limits,
                                             Instant day);

} // namespace crier::rates
