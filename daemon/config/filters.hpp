#pragma once

#include "config/scope.hpp"
#include "core/filter.hpp"

#include <memory>
#include <optional>

namespace crier::config {

/// A filter as one layer says it.
struct FilterLayer {
    Filter filter;
};

/// Reads and checks a `filter`. `below` is the one that it goes over, if there is one: only there is
/// something that an empty list takes away. What filters nothing without saying so is a problem: it would
/// post everything.
[[nodiscard]] FilterLayer read_filter(Scope& scope, Ref given, const FilterLayer* below, const Path& path);

/// The source's filter with what is said for one account over it: fields merge, their conditions replace.
/// Null when there is nothing to filter.
[[nodiscard]] std::shared_ptr<const Filter> merged_filter(const std::optional<FilterLayer>& base,
                                                          const std::optional<FilterLayer>& over);

} // namespace crier::config
