#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace crier {

enum class LogLevel { debug, info, warning, error };

struct LogField {
    std::string_view name;
    std::string value;

    LogField(std::string_view field, std::string text)
        : name(field)
        , value(std::move(text)) {}
};

/// What operators read and machines parse: a stable event name ("post.published"), a sentence, and fields.
/// Secrets are replaced before anything leaves the process, but must not be handed in knowingly.
///
/// Thread: any.
class Log {
public:
    virtual ~Log() = default;

    /// Is a line of this level kept? Where a line is costly to make and comes often, ask first.
    [[nodiscard]] virtual bool takes(LogLevel) const noexcept { return true; }

    virtual void write(LogLevel level, std::string_view event, std::string_view message,
                       std::initializer_list<LogField> fields) = 0;

    using Fields = std::initializer_list<LogField>;
    void debug(std::string_view event, std::string_view message, Fields fields = {}) {
        write(LogLevel::debug, event, message, fields);
    }
    void info(std::string_view event, std::string_view message, Fields fields = {}) {
        write(LogLevel::info, event, message, fields);
    }
    void warning(std::string_view event, std::string_view message, Fields fields = {}) {
        write(LogLevel::warning, event, message, fields);
    }
    void error(std::string_view event, std::string_view message, Fields fields = {}) {
        write(LogLevel::error, event, message, fields);
    }
};

} // namespace crier
