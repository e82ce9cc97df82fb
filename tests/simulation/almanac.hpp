#pragma once

#include "simulation/agenda.hpp"

#include <functional>
#include <set>
#include <utility>
#include <vector>

namespace crier::sim {

/// The judge's own reckoning of when entries fire: each day's times of the local clock, written out, and a
/// zone as two offsets. Slow and plain, and nothing of it is the daemon's, but for the chance of a spread.
class Almanac {
public:
    /// `from`: a run's start, `to`: its end.
    Almanac(const Agenda& agenda, Instant from, Instant to)
        : agenda_(agenda)
        , zone_(agenda.zone_fact())
        , from_(from)
        , to_(to) {}

    /// All firings of the run under the configuration with these changes.
    [[nodiscard]] std::set<Instant> firings(Kind kind, const Changes& made) const;

    /// The parts of those nights of `spread_random` that lie in the run, of which each has one firing.
    [[nodiscard]] std::vector<std::pair<Instant, Instant>> shares_of_nights() const;

    /// Does the local clock show one of the quiet hours?
    [[nodiscard]] bool is_quiet(Instant when) const;
    /// When they are over that `when` lies in.
    [[nodiscard]] Instant end_of_quiet(Instant when) const;

private:
    using Day = std::chrono::local_days;
    void add(std::set<Instant>& to, const std::vector<std::chrono::minutes>& times,
             const std::function<bool(Day)>& admits = {}) const;
    void add_random(std::set<Instant>& to, const Changes& made) const;
    [[nodiscard]] std::set<Instant> all(Kind kind, const Changes& made) const;
    [[nodiscard]] Instant first_at(Day day, std::chrono::minutes time) const;
    [[nodiscard]] std::chrono::local_time<Duration> local(Instant when) const;

    const Agenda& agenda_;
    const ZoneFact& zone_;
    Instant from_;
    Instant to_;
};

} // namespace crier::sim
