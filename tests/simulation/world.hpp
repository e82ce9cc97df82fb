#pragma once

#include "core/settings.hpp"
#include "core/time.hpp"

#include <cstddef>
#include <string>
#include <vector>

/// The reference world: two accounts, 48 posts and 200 looks at feeds a day.
namespace crier::sim {

/// An entry as the judge knows it, without the engine's schedule: every so often since the epoch.
struct EntryFact {
    std::string name;
    Duration period{};
    std::vector<std::size_t> accounts;
    bool catches_up = false; ///< `missed: all`: what fell while it was down is posted later
};

struct FeedFact {
    std::string name;
    std::vector<std::size_t> accounts;
    std::size_t a_day = 0;
};

inline constexpr std::size_t account_count = 2;
[[nodiscard]] std::string account_name(std::size_t account);
[[nodiscard]] const std::vector<EntryFact>& entry_facts();
[[nodiscard]] const std::vector<FeedFact>& feed_facts();

/// The same as a configuration.
/// `picture`: a file that is there; only runs through the wire look at it.
/// How a feed's items are posted.
enum class Pace {
    plain,   ///< at once
    delayed, ///< after a while
    spaced,  ///< with a distance
    few,     ///< one a look
};
inline constexpr std::size_t paces = 4;

[[nodiscard]] Settings make_settings(const std::string& picture);

/// Of the second feed.
void set_pace(Settings& settings, Pace pace);

/// Published posts of feeds follow their items.
void set_follows(Settings& settings);

/// Items of feeds that are too long for one post become threads.
void set_threads(Settings& settings);

/// When every run begins.
[[nodiscard]] Instant world_start();

} // namespace crier::sim
