#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Three daemons on one database: any of them dies, stands still for hours and goes on where it was, is cut
/// off from the database, has a clock of its own; the database goes away. The servers' logs are the judge.
namespace crier::sim {

/// What a daemon or database that is wrong would do: the simulation must tell each.
enum class SharedMutant {
    none,
    no_fence,        ///< the database takes late writes
    no_lease_check,  ///< whoever sends does not look whether the lease outlasts the request
    late_first_byte, ///< a request that is late is sent all the same
    stale_memory,    ///< whoever lost its leases and got them again goes on with what it knew
};
[[nodiscard]] std::string_view to_text(SharedMutant mutant) noexcept;
inline constexpr std::size_t shared_mutants = 5;

struct SeveralOutcome {
    std::vector<std::string> wrong;
    std::size_t posts = 0;
    std::size_t published = 0;
    std::size_t held = 0;
    std::size_t lives = 0;
    std::size_t fenced = 0; ///< late writes that were refused
    std::uint64_t steps = 0;
    std::vector<std::string> trace;

    SeveralOutcome() = default;
    void add(const SeveralOutcome& other);
};

/// Two days under the plan of a seed.
[[nodiscard]] SeveralOutcome run_several(std::uint64_t seed, SharedMutant mutant, bool trace);

} // namespace crier::sim
