#pragma once

#include "mastodon/reader.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace crier::mastodon {

/// As far back as a look is to go, and how politely.
struct LookBackLimits {
    int pages = 100;                             ///< of 40 statuses
    Duration pause = std::chrono::seconds{1};    ///< between two pages: a third of what a Mastodon allows
    Duration patience = std::chrono::minutes{5}; ///< what a 429 may ask for; waited out once
};

/// What an account's page shows, back to some moment.
struct LookBack {
    std::vector<SeenStatus> statuses; ///< newest first, each once; no boosts
    bool reached = false;             ///< all since the moment that was asked for
    std::string why;                  ///< with `reached` false: what ended it
    std::optional<Instant> oldest;    ///< the oldest that was read
    std::optional<LookResult> failed; ///< the page that could not be read; of the first, nothing is known
    std::size_t pages = 0;

    LookBack() = default;
};

/// Reads page after page. `since`: nothing: to the account's first status. `progress` is called after each.
/// Errors: as values, in what is returned. Cancellation: terminal.
[[nodiscard]] boost::asio::awaitable<LookBack> look_back(Reader& reader, Clock& clock, std::string account_id,
                                                         std::optional<Instant> since, LookBackLimits limits,
                                                         std::function<void(const LookBack&)> progress);

} // namespace crier::mastodon
