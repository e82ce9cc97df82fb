#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace crier::test {

/// One metric of a page in Prometheus's format.
struct PageFamily {
    std::string type;
    std::string help;
    std::set<std::string> labels; ///< names, without a histogram's `le`
};

using Families = std::map<std::string, PageFamily>;

[[nodiscard]] Families read_families(std::string_view page);

/// The metrics that an expression names, of crier and of its process; of a histogram its own name.
[[nodiscard]] std::set<std::string> metrics_in(std::string_view expression);

/// The families as the table of docs/MONITORING.md.
[[nodiscard]] std::string table_of(const Families& families);

} // namespace crier::test
