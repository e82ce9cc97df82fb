#include "sys/repeat_guard.hpp"

#include <algorithm>
#include <utility>

namespace crier::sys {
namespace {

std::string key_of(const LogLine& line) {
    std::string key = line.event;
    key += '\0';
    key += static_cast<char>('0' + static_cast<int>(line.level));
    key += line.message;
    for (const auto& [name, value] : line.fields) {
        key += '\0';
        key += name;
        key += '\0';
        key += value;
    }
    return key;
}

} // namespace

std::vector<LogLine> RepeatGuard::admit(LogLine line) {
    std::vector<LogLine> out;
    settle(line.time, false, out);
    std::string key = key_of(line);
    const auto found = kinds_.find(key);
    if (found != kinds_.end()) {
        ++found->second.count;
        if (found->second.count > most)
            return out;
    } else if (kinds_.size() < most_kinds) {
        oldest_ = kinds_.empty() ? line.time : std::min(oldest_, line.time);
        kinds_.emplace(std::move(key), Kind{line.time, 1, line});
    }
    out.push_back(std::move(line));
    return out;
}

std::vector<LogLine> RepeatGuard::finish(Instant now) {
    std::vector<LogLine> out;
    settle(now, true, out);
    return out;
}

/// Ends the windows that are over (or began in the future, when the clock was set back).
void RepeatGuard::settle(Instant now, bool all, std::vector<LogLine>& out) {
    if (kinds_.empty() || (!all && now >= oldest_ && now - oldest_ < window))
        return;
    oldest_ = now;
    for (auto kind = kinds_.begin(); kind != kinds_.end();) {
        const Kind& entry = kind->second;
        if (!all && now >= entry.since && now - entry.since < window) {
            oldest_ = std::min(oldest_, entry.since);
            ++kind;
            continue;
        }
        if (entry.count > most) {
            LogLine owed = entry.line;
            owed.time = now;
            owed.message += " (repeated " + std::to_string(entry.count - most) + " more times)";
            out.push_back(std::move(owed));
        }
        kind = kinds_.erase(kind);
    }
}

} // namespace crier::sys
