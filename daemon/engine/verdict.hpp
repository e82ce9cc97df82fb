#pragma once

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
inline constexpr std::string_view adopted = "adopted: ";                      ///< another bot posted it

[[nodiscard]] inline std::string because(std::string_view verdict, std::string_view reason) {
    return std::string{verdict}.append(reason);
}

} // namespace crier::engine::verdict
