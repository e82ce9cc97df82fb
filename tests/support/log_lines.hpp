#pragma once

#include "ports/log.hpp"

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace crier::test {

/// Collects log lines as "event: message".
class LogLines final : public Log {
public:
    void write(LogLevel, std::string_view event, std::string_view message,
               std::initializer_list<LogField>) override {
        lines.push_back(std::string{event} + ": " + std::string{message});
    }
    [[nodiscard]] std::size_t count(std::string_view event) const {
        std::size_t n = 0;
        for (const std::string& line : lines)
            n += line.compare(0, event.size() + 1, std::string{event} + ":") == 0 ? 1U : 0U;
        return n;
    }
    [[nodiscard]] std::string first(std::string_view event) const {
        for (const std::string& line : lines)
            if (line.compare(0, event.size() + 1, std::string{event} + ":") == 0)
                return line.substr(event.size() + 2);
        return {};
    }
    std::vector<std::string> lines;
};

} // namespace crier::test
