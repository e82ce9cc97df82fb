#pragma once

#include "core/schedule/zone/zone.hpp"
#include "engine/compose.hpp"

#include <optional>
#include <string>

namespace crier::engine {

/// A post that would be made.
struct Planned {
    Instant nominal{};             ///< when its entry fires; of a source's, as `due`
    Instant due{};                 ///< after jitter and quiet times
    std::optional<Instant> leaves; ///< after the account's and the server's limits; nothing: it does not
    std::string what;
    std::string account;
    schedule::Zone zone;
    Composed post;
    int part = 1; ///< of a thread, from 1
    int parts = 1;
    std::string left_out;  ///< why it is not posted; empty: it is
    std::string restraint; ///< what keeps it from going out by itself (restraint_of); empty: nothing
};

/// "2026-11-24 09:00:00 CET": as a clock in the zone shows it.
[[nodiscard]] std::string local_text(Instant when, const schedule::Zone& zone);

/// What a person should know of it: that it is held, shortened, late or left out; empty: nothing.
[[nodiscard]] std::string note_of(const Planned& planned);

} // namespace crier::engine
