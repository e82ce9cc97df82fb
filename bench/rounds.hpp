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

/// Of what a peer's program said.
[[nodiscard]] Cost cost_of(const boost::json::value& said, std::size_t number);

/// "744/s at 820 us".
[[nodiscard]] std::string both(const Cost& cost);

/// All of one round on standard error.
void say_round(const std::string& name, std::size_t number, std::size_t of, const Round& round);

/// crier's posts a second, held against what `other` says of the same round.
void print_rates(const std::string& name, const std::string& peer, const std::vector<Round>& rounds,
                 const OfRound& other, std::optional<double> target);

/// crier's CPU for each post, likewise; `other` in seconds, the target is the most.
void print_cpu(const std::string& name, const std::string& peer, const std::vector<Round>& rounds,
               const OfRound& other, std::optional<double> target);

} // namespace crier::bench
