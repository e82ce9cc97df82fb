#pragma once

#include "core/time.hpp"
#include "ports/random.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace crier::sim {

/// splitmix64: a seed's numbers, the same on every machine.
class Dice final : public Random {
public:
    explicit Dice(std::uint64_t seed)
        : state_(seed) {}

    std::uint64_t next() override {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31U);
    }

    /// Once in so many times.
    [[nodiscard]] bool one_in(std::uint64_t times) { return below(times) == 0; }

    [[nodiscard]] Duration between(Duration least, Duration most) {
        return least + Duration{static_cast<std::int64_t>(
                           below(static_cast<std::uint64_t>((most - least).count()) + 1))};
    }

    template <class T>
    [[nodiscard]] const T& of(const std::vector<T>& choices) {
        return choices[below(choices.size())];
    }

private:
    std::uint64_t state_;
};

} // namespace crier::sim
