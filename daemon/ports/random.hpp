#pragma once

#include <cstdint>

namespace crier {

/// Randomness as an argument: the system's in the daemon, a seeded one in tests.
class Random {
public:
    virtual ~Random() = default;
    [[nodiscard]] virtual std::uint64_t next() = 0;

    /// Evenly in [0, bound); 0 when bound is 0.
    [[nodiscard]] std::uint64_t below(std::uint64_t bound) { return bound == 0 ? 0 : next() % bound; }
};

} // namespace crier
