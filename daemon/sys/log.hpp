#pragma once

#include "core/secret.hpp"
#include "core/settings.hpp"
#include "core/time.hpp"
#include "ports/log.hpp"
#include "sys/environment.hpp"
#include "sys/log_format.hpp"

#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace crier::sys {

/// Where lines go. The members are what a test replaces.
struct LogOutput {
    LogFormat format = LogFormat::plain;
    std::FILE* file = stderr; ///< not owned
    std::function<Instant()> now;
    /// Takes the NAME=value of one line; false: it did not get them, so the line goes to `file`.
    std::function<bool(const std::vector<std::string>&)> journal;
    /// `file` leads to the same journal, and would wait for it without end: what that refuses is only
    /// counted, and the number told with the next line that it takes.
    bool file_is_journal = false;

    LogOutput() = default;
};

/// The daemon's log. Each line passes, in this order: the level, the redaction, the guard against
/// repetition, the format.
///
/// Thread: any.
/// Errors: none; a log that cannot be written must not stop the posts.
class LogSink final : public Log {
public:
    /// To standard error, in the format of the settings; "auto" goes by what standard error is.
    LogSink(const LogSettings& settings, const Environment& environment);
    LogSink(std::string_view level, LogOutput output);
    LogSink(const LogSink&) = delete;
    LogSink& operator=(const LogSink&) = delete;
    ~LogSink() override;

    [[nodiscard]] bool takes(LogLevel level) const noexcept override;
    void write(LogLevel level, std::string_view event, std::string_view message,
               std::initializer_list<LogField> fields) override;

    /// As `log.level` has it; of a word that it does not know nothing comes.
    void set_level(std::string_view level);

    /// Never again shown, by no line.
    void keep_out(Secret secret);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace crier::sys
