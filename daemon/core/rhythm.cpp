#include "core/rhythm.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>

namespace crier {

namespace {

/// Older ones say how the source was once.
constexpr std::size_t most_dates = 20;

/// So much later than it could be known, on average a half of it, is a new item found.
constexpr int looks_per_item = 8;

} // namespace

Rhythm rhythm_of(const std::vector<Item>& items, Instant now) {
    std::vector<Instant> dates;
    for (const Item& item : items)
        if (item.published && *item.published <= now && !item.gone)
            dates.push_back(*item.published);
    Rhythm rhythm;
    if (dates.size() < 2)
        return rhythm;
    const std::size_t count = std::min(dates.size(), most_dates);
    std::partial_sort(dates.begin(), dates.begin() + static_cast<std::ptrdiff_t>(count), dates.end(),
                      std::greater<>{});
    rhythm.newest = dates.front();
    rhythm.gap = (dates.front() - dates[count - 1]) / static_cast<std::int64_t>(count - 1);
    return rhythm;
}

Duration look_interval(const Rhythm& rhythm, Duration least, Duration most, Instant now) {
    if (!rhythm.newest || most <= least)
        return least;
    const Duration expected = std::max<Duration>(rhythm.gap, now - *rhythm.newest);
    return std::clamp<Duration>(expected / looks_per_item, least, most);
}

} // namespace crier
