#pragma once

#include "simulation/run.hpp"

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace crier::sim {

/// Compares what the servers have with what there was to post, by its own reckoning of both; the outbox is
/// only asked what it says of the rest.
class Judge {
public:
    explicit Judge(const Simulation& simulation)
        : run_(simulation) {}

    [[nodiscard]] Outcome judge();

private:
    void published_once(std::size_t account);
    void rows_are_true(std::size_t account);
    void everything_was_accepted();
    void entry_was_accepted(const struct EntryFact& entry, std::size_t account);
    void feed_was_followed(std::size_t index, std::size_t account);
    void feed_was_accepted(std::size_t index, std::size_t account);
    void limits_were_kept(std::size_t account);
    [[nodiscard]] bool was_planned(const struct EntryFact& entry, Instant when) const;
    [[nodiscard]] bool was_away_for_long(Instant until) const;
    [[nodiscard]] bool was_down(Instant from, Instant to) const;
    void wrong(std::size_t account, const std::string& what);

    const Simulation& run_;
    Outcome outcome_;
    std::vector<std::unordered_map<std::string, const Post*>> rows_; ///< by account, by name
};

} // namespace crier::sim
