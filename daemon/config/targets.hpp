#pragma once

#include "config/filters.hpp"
#include "config/posts.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace crier::config {

/// An account that an entry or source posts to, and what differs there.
struct Target {
    std::string_view account;
    std::optional<Layer> post;
    std::optional<FilterLayer> filter;
};

/// Reads `account` and `accounts`. `owner` is the entry or source; `section` says what may differ.
/// `filter` is the source's own, if it has one. Without an account nothing comes back, and a problem is
/// reported.
[[nodiscard]] std::vector<Target> read_targets(Scope& scope, const GivenText& account,
                                               const GivenNode& accounts, Ref owner, const Section& section,
                                               const Material& material, const Path& path,
                                               const FilterLayer* filter = nullptr);

} // namespace crier::config
