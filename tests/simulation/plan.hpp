#pragma once

#include "core/time.hpp"
#include "simulation/agenda.hpp"
#include "simulation/time.hpp"
#include "simulation/world.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What goes wrong in one run, and when. Made from a seed; a plan can be cut down to the faults that matter.
namespace crier::sim {

/// How the server treats a repeated Idempotency-Key (reference: docs/SERVERS.md).
enum class Manner {
    mastodon_4_5, ///< one status for an hour; none yet while the first request is at work: a second one
    mastodon_4_6, ///< a lock: the second request waits ten seconds, then 503
    replay_500,   ///< 4.6 with its fault: a good repeat is answered 500
    no_keys,      ///< GoToSocial: each request is a new status
};
[[nodiscard]] std::string_view to_text(Manner manner) noexcept;
inline constexpr std::size_t manners = 4;

enum class FaultKind {
    kill,         ///< SIGKILL at the `nth` completion of `where` from then on, by `cut`; down for `length`
    stop,         ///< SIGTERM, then down for `length`
    unreachable,  ///< no connection for `length`
    lost_before,  ///< the next request to publish does not arrive, and nobody is told
    lost_after,   ///< the next one is done, and its reply is lost
    slow,         ///< the next one is at work for `length`
    error_before, ///< the next one is answered 5xx, and not done
    error_after,  ///< the next one is answered 5xx, and done
    odd_success,  ///< the next one is done, and answered 200 without a status
    limited,      ///< the next request is answered 429, until `length` later
    refused,      ///< the next one is answered 422
    token_dead,   ///< 401; a new token is put into the file `length` later
    forbidden,    ///< 403 for `length`
    upload_fails, ///< the next upload is answered 5xx
    media_slow,   ///< the next upload is processed for `length`
    store_full,   ///< no batch is taken for `length`
    store_slow,   ///< each batch takes a second or more, for `length`
    clock,        ///< the wall clock is set by `length`, either way, and put right `nth` hours later
    pause,        ///< a person pauses the account for `length`, then resumes it
    person, ///< a person holds, cancels, retries, edits, reschedules, takes back or pins (by `nth`) whatever
            ///< is in the outbox
    feed_down,   ///< the feed cannot be read for `length`
    feed_ids,    ///< the feed gives all its items new ids
    feed_order,  ///< the feed turns its order round
    feed_edits,  ///< the feed changes the titles of what is in it
    burst,       ///< the first feed has `nth` new items at once: more than the server takes in hours
    crash_loop,  ///< `nth` deaths, each after the next request has gone out
    long_night,  ///< the next post with a picture is lost on its way, the daemon dies, and is down for a day
    reconfigure, ///< a restart with another configuration: `nth` is the Change; a removed entry is back after
                 ///< `length`
    put_back,    ///< a backup is taken, and put in the place of the store after `length`
    entry_paused,    ///< a person pauses an entry of the calendar (its Kind is `nth`) for `length`
    feed_links,      ///< the feed's links change their scheme, and carry who sent the reader
    feed_empty,      ///< the feed shows nothing for `length`, and then all that it had
    feed_takes_back, ///< the feed says that its newest item was taken back, and shows that it does
    hub_pushes,      ///< what is pushed is what is newest, all that is shown, or what was (by `nth`)
};
[[nodiscard]] std::string_view to_text(FaultKind kind) noexcept;
inline constexpr std::size_t fault_kinds = 34;

struct Fault {
    FaultKind kind = FaultKind::kill;
    Duration at{}; ///< from the start
    Duration length{};
    std::size_t account = 0;
    std::size_t nth = 0;
    Label where = Label::any; ///< a kill's `nth` counts these alone; a lost request is one of these
    Cut cut = Cut::none;
};

/// "1d02:03:04 kill at completion 7 before its reply, down 20s"
[[nodiscard]] std::string to_text(const Fault& fault);

/// A run lasts so long; faults begin and end within it.
inline constexpr Duration run_length = std::chrono::hours{48};

struct Plan {
    std::uint64_t seed = 0;
    Instant start = world_start();
    Duration length = run_length;
    bool wire = false;          ///< through mastodon/ and exact HTTP: slower
    std::vector<Manner> manner; ///< by account
    bool one_server = false;    ///< both accounts are on it, and share what it lets strangers ask
    Pace pace = Pace::plain;    ///< of the second feed
    bool follows = false;       ///< published posts follow their items
    bool long_items = false;    ///< some items take several posts
    Agenda agenda;              ///< what the calendar has beside the reference world's entries
    std::vector<Fault> faults;  ///< by time
};

[[nodiscard]] Plan make_plan(std::uint64_t seed);

/// The reference world for speed: two faults, none of which makes more to do than two days have (a burst,
/// fifty deaths in a row) or less (a day in the dark).
[[nodiscard]] Plan make_reference_plan(std::uint64_t seed);

/// A morning with one fault of `kind` in it, for all the deaths that there are.
[[nodiscard]] Plan make_small_plan(Manner manner, FaultKind kind);

} // namespace crier::sim
