#pragma once

#include "simulation/run.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace crier::sim {

/// What many runs came to.
struct Tally {
    std::size_t seeds = 0;
    std::size_t posts = 0;
    std::size_t published = 0;
    std::size_t lives = 0;
    std::uint64_t steps = 0;
    std::map<Manner, std::size_t> posts_of;
    std::map<std::pair<Manner, ReasonCode>, std::size_t> held;
    std::vector<std::uint64_t> wrong; ///< seeds

    void add(std::uint64_t seed, const Outcome& outcome);
    void add(const Tally& other);
};

struct CampaignOptions {
    std::string picture;
    bool wire = false;      ///< all of them through exact HTTP, not one in fifty
    bool reference = false; ///< the reference world's plans, for speed
    std::uint64_t first = 1;
    std::size_t seeds = 1000;
    std::size_t jobs = 1;
    Mutant mutant = Mutant::none;
    std::size_t give_up_after = 5; ///< seeds that went wrong
};

/// The plan of a seed in this campaign.
[[nodiscard]] Plan plan_of(const CampaignOptions& options, std::uint64_t seed);

/// Runs the seeds from `first` on, on `jobs` processes; says how far it is on standard error.
[[nodiscard]] Tally run_campaign(const CampaignOptions& options);

/// Posts that a person is asked about because nothing could tell, in a million of a kind of server's: over
/// this the run fails, or holding everything would pass.
[[nodiscard]] std::size_t held_bound(Manner manner) noexcept;

} // namespace crier::sim
