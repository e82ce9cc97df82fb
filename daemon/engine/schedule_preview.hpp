#pragma once

#include "core/item.hpp"
#include "core/schedule/forecast.hpp"
#include "engine/compose.hpp"
#include "engine/planned.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace crier::engine {

/// What an entry is going to draw, or what its command yields.
struct FoundItem {
    std::optional<Item> item;
    std::string note; ///< why there is none, or why it may be another
};

/// Makes of what a forecast foresees the posts as they would be published: what `crier preview` prints, and
/// the daemon's calendar shows.
class SchedulePreview {
public:
    /// For occurrences of one entry in the order in which they are due. Valid until it is called again.
    using ItemOf = std::function<const FoundItem&(const schedule::Foreseen& foreseen,
                                                  const schedule::Zone& zone, std::int64_t counter)>;
    /// How often an entry had fired when the forecast begins.
    using FiredOf = std::function<std::int64_t(const EntrySettings& entry)>;

    /// `settings` outlive it.
    SchedulePreview(const Settings& settings, ProfileOf profile, FiredOf fired, ItemOf item);

    /// All parts of a thread, or the one post that there is: never none.
    [[nodiscard]] std::vector<Planned> posts(const schedule::Foreseen& foreseen);

private:
    const Settings& settings_;
    ProfileOf profile_;
    FiredOf fired_;
    ItemOf item_;
};

} // namespace crier::engine
