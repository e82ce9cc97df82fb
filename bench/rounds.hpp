#pragma once

#include "bench/limits/client.hpp"
#include "bench/outbox_run.hpp"

#include <boost/json/value.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

/// Rounds in which peers, limits and crier alternate, so that each is held against what the machine could do
/// in the same minute.
namespace crier::bench {

/// All that is measured in one round, one after the other.
struct Round {
    std::optional<Cost> peer;  ///< Mastodon.py; nothing: it is not installed
    std::optional<Cost> masto; ///< likewise; nothing: not measured
    Cost bare;
    Cost commits;
    OutboxCost crier;
};

using OfRound = std::function<double(const Round&)>;

/// As many rounds as it takes to have `wanted` on a quiet disk (2,000 commits a second and more), but no more
/// than two beyond that: peers store nothing, so on a busy one it is the disk that is measured. Returns
/// those, or all when the disk was never so quiet.
[[nodiscard]] std::vector<Round> quiet_rounds(const std::string& name, std::size_t wanted,
                                              const std::function<Round()>& measure);

/// What the disk did in these rounds; no target.
void print_commits(const std::string& name, const std::vector<Round>& rounds);

/// Of what a peer's program said.
[[nodiscard]] Cost cost_of(const boost::json::value& said, std::size_t number);

/// crier's posts a second, held against what `other` says of the same round.
void print_rates(const std::string& name, const std::string& peer, const std::vector<Round>& rounds,
                 const OfRound& other, std::optional<double> target);

/// crier's CPU for each post, likewise; `other` in seconds, the target is the most.
void print_cpu(const std::string& name, const std::string& peer, const std::vector<Round>& rounds,
               const OfRound& other, std::optional<double> target);

} // namespace crier::bench
