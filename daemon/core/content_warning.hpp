#pragma once

#include "core/item.hpp"
#include "core/patterns.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace crier {

/// A content warning for posts that are about something (`cw_rules`).
struct WarningRule {
    Patterns match;
    std::string warning; ///< "Politics"

    bool operator==(const WarningRule&) const = default;
};

/// `given` and the warnings of all rules that match, each once, with commas between. Looked at are the
/// finished text, and of an item (may be null) its title and categories.
[[nodiscard]] std::string with_warnings(std::string given, const std::vector<WarningRule>& rules,
                                        std::string_view text, const Item* item);

} // namespace crier
