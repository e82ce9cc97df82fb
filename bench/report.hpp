#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace crier::bench {

/// One figure, as scripts/bench prints it.
struct Figure {
    std::string name;
    double value = 0;
    std::string unit;
    std::string peer; ///< what it is held against; empty: nothing
    std::optional<double> peer_value;
    std::optional<double>
        target;                 ///< in the unit of the value; nothing: none is set, and none is met or missed
    bool at_least = true;       ///< or the value is to be at most the target
    std::string why;            ///< that it could not be measured; empty: it was
    std::vector<double> values; ///< of all rounds, of which the value is the middle one
    std::vector<double> ratios; ///< likewise, each within its round
    std::vector<std::pair<double, double>> curve; ///< share of the cases, and what no more than these exceed
};

/// A line of JSON on standard output.
void print(const Figure& figure);

/// The same of a value that is to be at most the target.
void print_at_most(const std::string& name, double value, const std::string& unit,
                   std::optional<double> target, const std::string& peer = {},
                   std::optional<double> peer_value = std::nullopt);

/// Each round of `values` is held against the peer of the same round (`ratios`), and the middle one of each
/// is told with the lowest and the highest: the machine's disk and its other users change from minute to
/// minute. `target`: of the ratio; nothing: none is set.
void print_ratio(const std::string& name, const std::string& unit, const std::string& peer,
                 std::vector<double> values, std::vector<double> ratios, std::optional<double> target,
                 bool at_least);

/// A figure that was not to be had, and why: "met" is null.
void print_unmeasured(const std::string& name, const std::string& why);

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
