#include "core/schedule/rrule/ical_lines.hpp"

#include "core/ascii.hpp"

#include <algorithm>

namespace crier::schedule {

std::vector<std::string> unfolded(std::string_view text) {
    std::vector<std::string> lines;
    for (std::string_view line : ascii::split(text, "\n")) {
        if (!line.empty() && line.back() == '\r')
            line.remove_suffix(1);
        const bool goes_on = !line.empty() && (line.front() == ' ' || line.front() == '\t') && !lines.empty();
        if (goes_on)
            lines.back() += line.substr(1);
        else if (!ascii::trimmed(line).empty())
            lines.emplace_back(line);
    }
    for (std::string& line : lines)
        line = std::string{ascii::trimmed(line)};
    return lines;
}

ContentLine ContentLine::parse(std::string_view line) {
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '"')
            quoted = !quoted;
        if (line[i] != ':' || quoted)
            continue;
        const std::string_view head = line.substr(0, i);
        const std::size_t semicolon = std::min(head.find(';'), head.size());
        return {head.substr(0, semicolon), head.substr(std::min(semicolon + 1, head.size())),
                line.substr(i + 1)};
    }
    return {"RRULE", {}, line};
}

} // namespace crier::schedule
