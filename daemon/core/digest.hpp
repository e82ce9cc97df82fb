#pragma once

#include "core/sha256.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace crier {

/// A SHA-256 digest as a value: a key in the store, in a set, in a log.
struct Digest {
    std::array<std::uint8_t, 32> bytes{};

    auto operator<=>(const Digest&) const = default;

    /// 64 lower-case hexadecimal digits.
    [[nodiscard]] std::string hex() const;
    /// The 32 bytes, for a BLOB column.
    [[nodiscard]] std::string_view view() const noexcept;
    /// From 32 bytes; anything else gives an all-zero digest.
    [[nodiscard]] static Digest from_bytes(std::string_view bytes) noexcept;
    /// From what hex() gives; anything else gives an all-zero digest.
    [[nodiscard]] static Digest from_hex(std::string_view digits) noexcept;
};

/// Digests a sequence of fields so that no two different sequences meet: each goes in behind its length
/// (8 bytes, little endian). Not thread-safe; one per digest.
class Digester {
public:
    Digester& field(std::string_view text);
    Digester& field(std::int64_t number);
    [[nodiscard]] Digest finish();

private:
    Sha256 hash_;
};

[[nodiscard]] Digest digest_of(std::string_view text);

} // namespace crier

template <>
struct std::hash<crier::Digest> {
    std::size_t operator()(const crier::Digest& digest) const noexcept {
        std::size_t value = 0;
        for (std::size_t i = 0; i < sizeof value; ++i)
            value = (value << 8) | digest.bytes[i];
        return value;
    }
};
