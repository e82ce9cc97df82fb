#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crier::crash {

using Milliseconds = std::chrono::milliseconds;
/// Whole seconds since the epoch: what a schedule's `at` names.
using Second = std::chrono::sys_seconds;

/// Of the entry that fires all the time: what it will want of its limits is kept for it, so it has them for
/// itself.
inline constexpr std::string_view ticking_account = "ticking";

struct Options {
    int kills = 300;
    int posts = 2000;
    std::uint64_t seed = 1;
    std::string server = "mastodon-4.6";
    bool disk = true; ///< with a disk that is full or cannot sync now and then
};

/// What has to be on an account once.
struct Wanted {
    std::string account;
    std::string text;
    std::string alt; ///< of its picture; empty: it has none
};

/// Handed in while the daemon lives and dies: `crier post --key`, or an item of the feed, which all accounts
/// post.
struct Job {
    bool item = false;
    bool picture = false;
    std::string text;
    std::string account; ///< of a command
};

/// Where in the daemon's life the kill falls.
enum class Place {
    anywhere,   ///< at a random moment, with answers that take a while
    publishing, ///< while a request to publish is at the server
    uploading,  ///< while an upload is
    starting,   ///< before it is ready, most likely
    disk,       ///< while, or soon after, the disk takes nothing
};

/// What the server does to the request in which the kill falls.
struct Stall {
    std::string what = "slow"; ///< or "hang": as slow, and the answer never comes
    bool after = false;        ///< carried out first
    Milliseconds wait{300};
};

struct Life {
    Place place = Place::anywhere;
    Milliseconds delay{0};   ///< from the start, or from where `place` says
    Stall stall;             ///< publishing, uploading
    bool sync_fails = false; ///< disk: instead of being full
    std::string fault;       ///< that one more request meets; empty: none
    std::size_t jobs = 0;    ///< handed in up to the end of this life, of all
};

struct Plan {
    std::vector<Job> jobs;
    std::vector<Life> lives;
    /// As many as it takes for none to have more posts and pictures than its server's limits allow in the
    /// time.
    std::vector<std::string> accounts;
    /// Of the schedule, one list for each account.
    std::vector<std::vector<Second>> moments;
};

/// Everything that is by chance, by the seed alone but for `now`, from which the schedule counts.
[[nodiscard]] Plan make_plan(const Options& options, Second now);

[[nodiscard]] std::string to_text(Second at);
/// Nothing: it is no such text.
[[nodiscard]] bool from_text(const std::string& text, Second& at);

/// Posts of the schedule: "moment 2026-01-05T09:00:00Z".
[[nodiscard]] std::string moment_text(Second at);
/// Those of the entry that fires all the time: "tick 2026-01-05T09:00:00Z".
inline constexpr std::string_view tick_prefix = "tick ";
inline constexpr std::chrono::seconds tick_step{2};

} // namespace crier::crash
