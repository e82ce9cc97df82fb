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
    void wishes_are_done(std::size_t account);
    void threads_are_whole(std::size_t account);
    void part_is_in_its_place(std::size_t account, const Post& head, const Post& part, const Post& before);
    void everything_was_accepted();
    void entry_was_accepted(const struct EntryFact& entry, std::size_t account);
    void feed_was_followed(std::size_t index, std::size_t account);
    void feed_was_accepted(std::size_t index, std::size_t account);
    void limits_were_kept(std::size_t account);
    [[nodiscard]] bool was_planned(const struct EntryFact& entry, Instant when) const;
    [[nodiscard]] bool was_away_for_long(Instant until) const;
    /// Could nothing be written in all that time?
    [[nodiscard]] bool was_full(Instant from, Instant to) const;
    [[nodiscard]] bool was_down(Instant from, Instant to) const;
    void wrong(std::size_t account, const std::string& what);

    const Simulation& run_;
    Outcome outcome_;
    [[nodiscard]] const SimServer::Status* status_of(std::size_t account, const Post& post) const;
    [[nodiscard]] const Post* part_of(std::size_t account, const std::string& name, int part) const;

    std::vector<std::unordered_map<std::string, const Post*>> rows_; ///< by account, by name
};

} // namespace crier::sim
