#pragma once

#include "core/digest.hpp"

#include <optional>
#include <string>
#include <string_view>

/// The words in which the store keeps what an item came to when it was first seen: `engine/intake` writes
/// them, `crier why` reads them. Those that end in ": " go on with the reason.
namespace crier::engine::verdict {

inline constexpr std::string_view accepted = "accepted";
inline constexpr std::string_view held = "held: ";
inline constexpr std::string_view filtered = "filtered: ";
inline constexpr std::string_view too_old = "too old: ";
inline constexpr std::string_view dropped = "dropped: ";
inline constexpr std::string_view first_run = "noted: first run";
inline constexpr std::string_view before_first_look = "noted: older than the first look";
inline constexpr std::string_view too_late = "too late: "; ///< it was due, and is no longer worth posting
inline constexpr std::string_view told = "told: ";         ///< the same story came from another source
inline constexpr std::string_view rebased = "noted: items are known by something else since";
inline constexpr std::string_view gone = "taken back: ";                      ///< before it was posted
inline constexpr std::string_view other_name = "seen under another identity"; ///< of an item that is known
/// The same, with the one that it was first known by: what its post's key goes by.
inline constexpr std::string_view other_name_of = "seen under another identity than ";
inline constexpr std::string_view adopted = "adopted: "; ///< another bot posted it

[[nodiscard]] inline std::string because(std::string_view verdict, std::string_view reason) {
    return std::string{verdict}.append(reason);
}

[[nodiscard]] inline std::string name_of(const Digest& first) {
    return because(other_name_of, first.hex());
}

/// Of another name of an item: the first one. Nothing for all else, and for names that were noted without.
[[nodiscard]] inline std::optional<Digest> first_name(std::string_view verdict) {
    if (!verdict.starts_with(other_name_of))
        return std::nullopt;
    const Digest first = Digest::from_hex(verdict.substr(other_name_of.size()));
    return first == Digest{} ? std::nullopt : std::optional{first};
}

} // namespace crier::engine::verdict
