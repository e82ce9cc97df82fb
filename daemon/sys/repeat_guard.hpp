#pragma once

#include "sys/log_format.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace crier::sys {

/// Keeps a line that says the same again and again from drowning the rest: after so many within a minute
/// the others are counted, and told of in one line. Needs no timer: what is owed comes with the next line
/// that is written after the minute, or at the end.
class RepeatGuard {
public:
    static constexpr int most = 10;
    static constexpr Duration window = std::chrono::minutes{1};
    static constexpr std::size_t most_kinds = 256; ///< of lines in one minute; beyond it none is held back

    /// What to write now: owed counts of other lines, then the line itself unless it is held back.
    [[nodiscard]] std::vector<LogLine> admit(LogLine line);

    /// What is still owed.
    [[nodiscard]] std::vector<LogLine> finish(Instant now);

private:
    struct Kind {
        Instant since{};
        int count = 0;
        LogLine line;
    };
    void settle(Instant now, bool all, std::vector<LogLine>& out);

    std::map<std::string, Kind> kinds_; ///< by everything in the line but its time
    Instant oldest_{};
};

} // namespace crier::sys
