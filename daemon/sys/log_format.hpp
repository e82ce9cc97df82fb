#pragma once

#include "core/time.hpp"
#include "ports/log.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// How a line of the log looks. Pure; secrets are out of it already.
namespace crier::sys {

struct LogLine {
    Instant time{};
    LogLevel level = LogLevel::info;
    std::string event;
    std::string message;
    std::vector<std::pair<std::string, std::string>> fields;
};

enum class LogFormat { plain, color, json, journald };

/// What standard error is.
struct LogPlace {
    bool journal_open = false; ///< there is a journal to send to
    bool to_journal = false;   ///< standard error leads there ($JOURNAL_STREAM)
    bool terminal = false;
    bool no_color = false; ///< $NO_COLOR, or a terminal that has none
};

/// `wanted` is the config's word. What cannot be had becomes plain: a line must not be lost.
[[nodiscard]] LogFormat choose_format(std::string_view wanted, const LogPlace& place);

/// "debug" (or "trace"), "info", "warning" (or "warn"), "error".
[[nodiscard]] std::optional<LogLevel> read_level(std::string_view text);
[[nodiscard]] std::string_view to_text(LogLevel level) noexcept;

/// One line, without the line break at its end. Control characters, escapes for terminals and marks that
/// turn the writing direction are shown, never passed on.
[[nodiscard]] std::string plain_line(const LogLine& line);
[[nodiscard]] std::string color_line(const LogLine& line);
/// {"time","level","event","message"} and the fields beside them; a field of one of these names gets a "_".
[[nodiscard]] std::string json_line(const LogLine& line);
/// NAME=value for the journal: MESSAGE, PRIORITY, SYSLOG_IDENTIFIER, CRIER_EVENT, CRIER_<FIELD>.
[[nodiscard]] std::vector<std::string> journal_fields(const LogLine& line);

} // namespace crier::sys
