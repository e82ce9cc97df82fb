#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace crier::kit {

/// Signs in a row that may be emphasis: * and _, and ~ in pairs.
struct Run {
    std::size_t at = 0; ///< in what was put out
    std::size_t count = 0;
    char sign = '\0';
    bool opens = false;
    bool closes = false;
};

/// What a run of `count` signs at `at` of a text may be, by what stands before and after it.
[[nodiscard]] Run run_at(std::string_view text, std::size_t at, std::size_t count);

/// Takes out of `out` the signs of runs[first...] that belong together; what has no counterpart stays. The
/// runs are forgotten then.
void strip_emphasis(std::string& out, std::vector<Run>& runs, std::size_t first);

} // namespace crier::kit
