#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

/// Eight bytes of a text looked at at once. The answers may be yes where they should be no, never the other
/// way round: who hears yes looks at each byte.
namespace crier::kit {

class EightBytes {
public:
    static constexpr std::size_t size = sizeof(std::uint64_t);

    /// At least eight bytes must follow.
    explicit EightBytes(const char* text) { std::memcpy(&bytes_, text, size); }

    [[nodiscard]] bool any_beyond_ascii() const { return (bytes_ & highs) != 0; }
    [[nodiscard]] bool any_below(unsigned char bound) const {
        return ((bytes_ - ones * bound) & ~bytes_ & highs) != 0;
    }
    [[nodiscard]] bool any(char c) const { return zeros(bytes_ ^ repeated(c)) != 0; }
    [[nodiscard]] bool any_twice_in_a_row(char c) const {
        const std::uint64_t found = zeros(bytes_ ^ repeated(c));
        return (found & (found << 8U)) != 0;
    }

private:
    static constexpr std::uint64_t ones = 0x0101010101010101U;
    static constexpr std::uint64_t highs = 0x8080808080808080U;

    static constexpr std::uint64_t repeated(char c) { return ones * static_cast<unsigned char>(c); }
    /// The upper bit of each byte that is zero (and perhaps of bytes above such a one).
    static constexpr std::uint64_t zeros(std::uint64_t x) { return (x - ones) & ~x & highs; }

    std::uint64_t bytes_ = 0;
};

} // namespace crier::kit
