#pragma once

#include "core/settings.hpp"
#include "simulation/reconfigure.hpp"

#include <bitset>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// What a calendar can say, beside the plain entries of the reference world: some kinds of entries for each
/// plan.
namespace crier::sim {

enum class Kind {
    cron_fixed,    ///< by the local clock, in the hours in which that is changed
    cron_hours,    ///< at each hour: by elapsed time
    several,       ///< rules that meet at some moments
    spread_even,   ///< over the day
    spread_random, ///< over the night
    whole_days,    ///< `every: 1d`, at an hour that is left out or comes twice
    rrule,
    dated,        ///< only, except, weekdays, start and until around a rule
    jittered,     ///< posts wait in the outbox
    quiet_move,   ///< a night in which nothing leaves
    quiet_skip,   ///< the same, and what falls into it is left out
    turns,        ///< texts that take turns, with their number
    draw_turn,    ///< for both accounts
    draw_shuffle, ///< and only if a program says so
    draw_again,   ///< not before some hours have passed
    run,          ///< what a command yields
    condition,    ///< only if a program says so
};
inline constexpr std::size_t kinds = 17;
[[nodiscard]] std::string_view to_text(Kind kind) noexcept;

/// A zone, and the change of its clocks that falls into the run; by what is published of it, not by the
/// daemon's reading of the system's files.
struct ZoneFact {
    std::string name;
    Instant change = Instant::max(); ///< none
    std::chrono::minutes before{};   ///< to add to UTC until then
    std::chrono::minutes after{};    ///< and from then on
};
[[nodiscard]] const std::vector<ZoneFact>& zone_facts();

/// A plan's calendar.
struct Agenda {
    std::size_t zone = 0; ///< in zone_facts()
    std::bitset<kinds> has;

    [[nodiscard]] bool has_kind(Kind kind) const { return has[static_cast<std::size_t>(kind)]; }
    [[nodiscard]] const ZoneFact& zone_fact() const { return zone_facts()[zone]; }
};

/// What the judge needs to know of an entry, whatever its rule.
struct KindFact {
    std::vector<std::size_t> accounts;
    bool catches_up = true; ///< `missed: all`; else the latest, within an hour
    bool asks = false;      ///< a program, before anything is posted
    bool draws = false;     ///< from the hat
    bool runs = false;      ///< a program for the item
    Duration jitter{};

    /// Does it take time from the moment that it is due?
    [[nodiscard]] bool waits() const noexcept { return asks || draws || runs; }
};
[[nodiscard]] const KindFact& fact_of(Kind kind);

/// Does what is named so ("run@...") come of an entry that asks the world first?
[[nodiscard]] bool waits_for_the_world(std::string_view post);

/// What the entry of a kind is called by now.
[[nodiscard]] std::string entry_name(Kind kind, const Changes& made);

/// `draw_again` draws nothing twice within this.
inline constexpr Duration not_again_within = std::chrono::hours{4};
inline constexpr Duration most_jitter = std::chrono::minutes{25};
/// How long before it is due a post may be accepted, where the world is not asked.
inline constexpr Duration head_start = std::chrono::milliseconds{130};
/// Local hours in which `quiet_*` let nothing leave.
inline constexpr std::chrono::minutes quiet_from = std::chrono::hours{22};
inline constexpr std::chrono::minutes quiet_to = std::chrono::hours{6};
/// What `draw_*` draw from.
inline constexpr std::string_view hat_name = "hat";
/// How often that is looked at.
inline constexpr Duration hat_poll = std::chrono::minutes{20};

/// A day of the zone's calendar: 0 is the one before that on which a run begins, at `start`.
[[nodiscard]] std::chrono::local_days local_day(const Agenda& agenda, Instant start, int index);

/// Adds the entries, and what they draw from. `start`: of the run.
void add_agenda(Settings& settings, const Agenda& agenda, Instant start, const Changes& made);

} // namespace crier::sim
