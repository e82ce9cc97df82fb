#pragma once

#include "fediverse/profile.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace crier::fediverse {

/// What is remembered from look to look, as JSON.
struct Cursor {
    std::string id;         ///< the account's number on its server
    std::int64_t asked;     ///< when that was asked for, in microseconds since the epoch
    std::string newest;     ///< the number of the newest status that was there
    std::int64_t newest_at; ///< and when it was made; 0: not known

    [[nodiscard]] std::string written(const Profile& profile) const;
};

/// Nothing: it is empty, broken, or of another account.
[[nodiscard]] std::optional<Cursor> read_cursor(std::string_view text, const Profile& profile);

} // namespace crier::fediverse
