#pragma once

#include <optional>
#include <string>

namespace crier::bench {

/// One figure, as scripts/bench prints it.
struct Figure {
    std::string name;
    double value = 0;
    std::string unit;
    std::string peer; ///< what it is held against; empty: nothing
    std::optional<double> peer_value;
    std::optional<double>
        target;           ///< in the unit of the value; nothing: none is set, and none is met or missed
    bool at_least = true; ///< or the value is to be at most the target
};

/// A line of JSON on standard output.
void print(const Figure& figure);

/// The same of a value that is to be at most the target.
void print_at_most(const std::string& name, double value, const std::string& unit,
                   std::optional<double> target, const std::string& peer = {},
                   std::optional<double> peer_value = std::nullopt);

/// On standard error.
void say(const std::string& text);

/// The middle one; of an even number, the lower of the two.
template <class List>
[[nodiscard]] auto median(List list);

} // namespace crier::bench

#include <algorithm>

template <class List>
auto crier::bench::median(List list) {
    std::sort(list.begin(), list.end());
    return list[(list.size() - 1) / 2];
}
