#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace crier {

/// HMAC-SHA-256 (RFC 2104, RFC 4231): by which a request proves that its sender knows `key`.
[[nodiscard]] std::array<std::uint8_t, 32> hmac_sha256(std::string_view key, std::string_view message);

/// Takes as long for two texts of one length wherever they differ: how far a guess was right does not show.
/// That their lengths differ does.
[[nodiscard]] bool same_in_constant_time(std::string_view a, std::string_view b) noexcept;

/// Bytes as text, byte for byte: "0aff".
[[nodiscard]] std::string to_hex(std::span<const std::uint8_t> bytes);

} // namespace crier
