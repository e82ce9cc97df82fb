#pragma once

#include "sandbox/content/feed.hpp"
#include "sandbox/state/time.hpp"

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crier::sandbox {

/// What the feed holds: invented items, those that were added, and new ones as time goes by.
class FeedItems {
public:
    static constexpr std::size_t most = 1'000; ///< then the oldest go

    /// `count` items, the newest from `now`, an hour between them; with `grows`, a new one each so often.
    void start(std::size_t count, std::optional<std::chrono::seconds> grows, Time now);
    /// Lets it grow up to now.
    void tick(Time now);

    FeedItem& add(FeedItem item, Time now); ///< fills what is missing: id, link, time
    [[nodiscard]] FeedItem* find(std::string_view id);
    bool erase(std::string_view id, Time now);
    void changed(Time now) { changed_ = now; }

    [[nodiscard]] std::vector<FeedItem> newest_first() const;
    [[nodiscard]] Time last_change() const noexcept { return changed_; }

private:
    void put(FeedItem item, Time now);

    std::deque<FeedItem> items_; ///< oldest first
    std::optional<std::chrono::seconds> grows_;
    Time next_;
    Time changed_;
    unsigned number_ = 0;
    unsigned added_ = 0;
};

} // namespace crier::sandbox
