#include "sys/log.hpp"

#include "core/time.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/sinks/stdout_sinks.h>

#define SD_JOURNAL_SUPPRESS_LOCATION
#include <systemd/sd-journal.h>

#include <algorithm>
#include <cctype>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>
#include <vector>

namespace crier::sys {
namespace {

spdlog::level::level_enum spd_level(LogLevel level) {
    switch (level) {
    case LogLevel::debug:
        return spdlog::level::debug;
    case LogLevel::info:
        return spdlog::level::info;
    case LogLevel::warning:
        return spdlog::level::warn;
    case LogLevel::error:
        break;
    }
    return spdlog::level::err;
}

std::string_view word(LogLevel level) {
    switch (level) {
    case LogLevel::debug:
        return "debug";
    case LogLevel::info:
        return "info";
    case LogLevel::warning:
        return "warning";
    case LogLevel::error:
        break;
    }
    return "error";
}

/// Whether standard error is the stream that systemd named (sd-journal's own test).
bool goes_to_journal(const Environment& environment) {
    const auto stream = environment.get("JOURNAL_STREAM");
    struct stat info {};
    if (!stream || ::fstat(STDERR_FILENO, &info) != 0)
        return false;
    return *stream == std::to_string(info.st_dev) + ":" + std::to_string(info.st_ino);
}

void append_json(std::string& out, std::string_view text) {
    constexpr char digits[] = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            out += "\\u00";
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        } else {
            out += c;
        }
    }
    out += '"';
}

} // namespace

struct LogSink::Output {
    explicit Output(spdlog::sink_ptr sink)
        : logger("crier", std::move(sink)) {
        logger.set_level(spdlog::level::trace);
        logger.flush_on(spdlog::level::trace);
    }
    spdlog::logger logger;
};

LogSink::Format LogSink::choose(const std::string& wanted, const Environment& environment) {
    if (wanted == "journald")
        return Format::journald;
    if (wanted == "json")
        return Format::json;
    if (wanted == "plain")
        return Format::plain;
    if (wanted == "color")
        return Format::color;
    if (goes_to_journal(environment))
        return Format::journald;
    const auto no_color = environment.get("NO_COLOR");
    return ::isatty(STDERR_FILENO) == 1 && (!no_color || no_color->empty()) ? Format::color : Format::plain;
}

LogSink::LogSink(const LogSettings& settings, const Environment& environment)
    : format_(choose(settings.format, environment)) {
    if (settings.level == "debug")
        least_ = LogLevel::debug;
    else if (settings.level == "warning")
        least_ = LogLevel::warning;
    else if (settings.level == "error")
        least_ = LogLevel::error;
    spdlog::sink_ptr sink;
    if (format_ == Format::color) {
        auto colored = std::make_shared<spdlog::sinks::stderr_color_sink_mt>(spdlog::color_mode::always);
        sink = std::move(colored);
    } else {
        sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    }
    sink->set_pattern(format_ == Format::json    ? "%v"
                      : format_ == Format::color ? "%H:%M:%S %^%-7l%$ %v"
                                                 : "%Y-%m-%dT%H:%M:%S%z %-7l %v");
    output_ = std::make_unique<Output>(std::move(sink));
}

LogSink::~LogSink() = default;

/// One line without secrets, terminal escapes and other control characters.
std::string LogSink::safe(std::string_view text) const {
    std::string clean = redactor_.clean(text);
    for (std::size_t i = 0; i < clean.size(); ++i) {
        const auto byte = static_cast<unsigned char>(clean[i]);
        if (byte < 0x20 || byte == 0x7f)
            clean[i] = ' ';
        // C1 controls (U+0080 to U+009F) in UTF-8: some terminals obey them.
        else if (byte == 0xc2 && i + 1 < clean.size() && static_cast<unsigned char>(clean[i + 1]) < 0xa0)
            clean[i] = clean[i + 1] = ' ';
    }
    return clean;
}

std::string LogSink::as_json(LogLevel level, std::string_view event, std::string_view message,
                             std::initializer_list<LogField> fields) const {
    std::string line = "{\"time\":";
    append_json(line,
                to_rfc3339(std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now())));
    line += ",\"level\":";
    append_json(line, word(level));
    line += ",\"event\":";
    append_json(line, event);
    line += ",\"message\":";
    append_json(line, safe(message));
    for (const LogField& field : fields) {
        line += ',';
        append_json(line, field.name);
        line += ':';
        append_json(line, safe(field.value));
    }
    return line + '}';
}

void LogSink::write_journal(LogLevel level, std::string_view event, std::string_view message,
                            std::initializer_list<LogField> fields) const {
    std::vector<std::string> entries;
    entries.push_back("MESSAGE=" + safe(message));
    entries.push_back("PRIORITY=" + std::to_string(level == LogLevel::error     ? 3
                                                   : level == LogLevel::warning ? 4
                                                   : level == LogLevel::info    ? 6
                                                                                : 7));
    entries.push_back("SYSLOG_IDENTIFIER=crier");
    entries.push_back("CRIER_EVENT=" + std::string{event});
    for (const LogField& field : fields) {
        std::string name = "CRIER_";
        for (const char c : field.name)
            name += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        entries.push_back(name + "=" + safe(field.value));
    }
    std::vector<iovec> vectors;
    for (std::string& entry : entries)
        vectors.push_back(iovec{entry.data(), entry.size()});
    sd_journal_sendv(vectors.data(), static_cast<int>(vectors.size()));
}

void LogSink::write(LogLevel level, std::string_view event, std::string_view message,
                    std::initializer_list<LogField> fields) {
    if (level < least_)
        return;
    if (format_ == Format::journald)
        write_journal(level, event, message, fields);
    else if (format_ == Format::json)
        output_->logger.log(spd_level(level), spdlog::string_view_t{as_json(level, event, message, fields)});
    else
        output_->logger.log(spd_level(level), spdlog::string_view_t{safe(message)});
}

} // namespace crier::sys
