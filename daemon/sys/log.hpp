#pragma once

#include "core/settings.hpp"
#include "ports/log.hpp"
#include "sys/environment.hpp"
#include "sys/redactor.hpp"

#include <memory>
#include <string>

namespace crier::sys {

/// The daemon's log on standard error: journald with fields of its own, colour on a terminal, plain lines, or
/// JSON Lines. What goes out has passed the redactor, and holds no control characters but the line's end.
///
/// Thread: any.
class LogSink final : public Log {
public:
    /// `format` auto: journald when standard error goes to the journal, colour on a terminal (unless
    /// NO_COLOR), else plain.
    LogSink(const LogSettings& settings, const Environment& environment);
    ~LogSink() override;

    void write(LogLevel level, std::string_view event, std::string_view message,
               std::initializer_list<LogField> fields) override;

    /// This secret never shows from now on.
    void keep_out(Secret secret) { redactor_.keep_out(std::move(secret)); }

private:
    enum class Format { journald, color, plain, json };
    [[nodiscard]] static Format choose(const std::string& wanted, const Environment& environment);
    [[nodiscard]] std::string safe(std::string_view text) const;
    void write_journal(LogLevel level, std::string_view event, std::string_view message,
                       std::initializer_list<LogField> fields) const;
    [[nodiscard]] std::string as_json(LogLevel level, std::string_view event, std::string_view message,
                                      std::initializer_list<LogField> fields) const;

    struct Output;
    std::unique_ptr<Output> output_;
    Redactor redactor_;
    LogLevel least_ = LogLevel::info;
    Format format_ = Format::plain;
};

} // namespace crier::sys
