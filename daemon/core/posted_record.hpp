#pragma once

#include "core/time.hpp"

#include <cstddef>
#include <optional>
#include <set>
#include <string>

namespace crier {

/// What another bot has posted, as far as its own files tell.
struct PostedRecord {
    std::string by;                    ///< the bot's name, for people
    std::set<std::string> ids;         ///< of items, or links of those without; the ends trimmed
    Instant until{};                   ///< it looked last then
    bool by_date = false;              ///< all that is dated until then counts as posted, whatever its id is
    std::optional<std::size_t> newest; ///< it looked at so many items of a source only, from the top
};

} // namespace crier
