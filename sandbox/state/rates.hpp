#pragma once

#include "sandbox/state/time.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace crier::sandbox {

/// One limit: so many within a window. Windows are fixed and aligned to the epoch: those of five minutes
/// begin at :00, :05 ...
struct RateLimit {
    std::string name;
    std::int64_t limit = 0; ///< 0: no limit
    std::chrono::seconds window{300};
};

/// How it stands for one user, token or address.
struct RateView {
    std::int64_t limit = 0;
    std::int64_t remaining = 0;
    Time reset; ///< the window's end, plus the current part of a second, as Mastodon writes it
    bool exceeded = false;
};

class RateWindows {
public:
    /// Counts one more, also when that is too many.
    RateView count(const RateLimit& limit, const std::string& key, Time now);
    /// Looks without counting; `exceeded` when one more would be too many.
    [[nodiscard]] RateView look(const RateLimit& limit, const std::string& key, Time now) const;
    void clear() { windows_.clear(); }

private:
    struct Window {
        std::int64_t number = 0; ///< since the epoch
        std::chrono::seconds length{0};
        std::int64_t count = 0;
    };
    void forget_old(Time now);

    std::map<std::string, Window> windows_; ///< by limit's name and key
};

/// The one with the fewest remaining: what the headers tell.
[[nodiscard]] std::optional<RateView> tightest(const std::vector<RateView>& views);

} // namespace crier::sandbox
