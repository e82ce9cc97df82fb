#include "sys/log_format.hpp"

#include "sys/printable.hpp"

#include <algorithm>
#include <array>

namespace crier::sys {
namespace {

std::string quoted(std::string_view value) {
    std::string shown = printable(value);
    if (!shown.empty() && shown.find_first_of(" \"=") == std::string::npos)
        return shown;
    std::string out = "\"";
    for (const char c : shown) {
        if (c == '"')
            out += '\\';
        out += c;
    }
    return out + '"';
}

/// ANSI SGR; dim for what is there to be searched and not to be read.
struct Colors {
    std::string_view level;
    std::string_view dim;
    std::string_view off;
};

Colors colors(LogLevel level) {
    switch (level) {
    case LogLevel::error:
        return {"\x1b[31m", "\x1b[2m", "\x1b[0m"};
    case LogLevel::warning:
        return {"\x1b[33m", "\x1b[2m", "\x1b[0m"};
    case LogLevel::info:
        return {"\x1b[32m", "\x1b[2m", "\x1b[0m"};
    case LogLevel::debug:
        break;
    }
    return {"\x1b[36m", "\x1b[2m", "\x1b[0m"};
}

void append(std::string& out, std::string_view before, std::string_view text, std::string_view after) {
    out += before;
    out += text;
    out += after;
}

std::string line_text(const LogLine& line, const Colors& color) {
    std::string out;
    append(out, color.dim, to_rfc3339(line.time), color.off);
    out += ' ';
    append(out, color.level, to_text(line.level), color.off);
    out += ' ';
    append(out, {}, printable(line.event), {});
    append(out, ": ", printable(line.message), {});
    for (const auto& [name, value] : line.fields) {
        out += ' ';
        append(out, color.dim, printable(name) + '=' + quoted(value), color.off);
    }
    return out;
}

/// syslog(3)'s numbers.
std::string_view priority(LogLevel level) {
    switch (level) {
    case LogLevel::error:
        return "3";
    case LogLevel::warning:
        return "4";
    case LogLevel::info:
        return "6";
    case LogLevel::debug:
        break;
    }
    return "7";
}

std::string journal_name(std::string_view name) {
    std::string out = "CRIER_";
    for (const char c : name) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        const bool digit = c >= '0' && c <= '9';
        out += letter ? static_cast<char>(c & ~0x20) : (digit ? c : '_');
    }
    return out.substr(0, 64); // the journal takes no longer names
}

} // namespace

LogFormat choose_format(std::string_view wanted, const LogPlace& place) {
    if (wanted == "json")
        return LogFormat::json;
    if (wanted == "color")
        return LogFormat::color;
    if (wanted == "journald")
        return place.journal_open ? LogFormat::journald : LogFormat::plain;
    if (wanted == "auto" && place.to_journal && place.journal_open)
        return LogFormat::journald;
    if (wanted == "auto" && place.terminal && !place.no_color)
        return LogFormat::color;
    return LogFormat::plain;
}

std::optional<LogLevel> read_level(std::string_view text) {
    if (text == "debug" || text == "trace") // nothing is said below debug
        return LogLevel::debug;
    if (text == "info")
        return LogLevel::info;
    if (text == "warning" || text == "warn")
        return LogLevel::warning;
    if (text == "error")
        return LogLevel::error;
    return std::nullopt;
}

std::string_view to_text(LogLevel level) noexcept {
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

std::string plain_line(const LogLine& line) {
    return line_text(line, Colors{});
}

std::string color_line(const LogLine& line) {
    return line_text(line, colors(line.level));
}

std::string json_line(const LogLine& line) {
    constexpr std::array<std::string_view, 4> own{"time", "level", "event", "message"};
    std::string out = "{\"time\":" + json_string(to_rfc3339(line.time));
    append(out, ",\"level\":\"", to_text(line.level), "\"");
    append(out, ",\"event\":", json_string(line.event), {});
    append(out, ",\"message\":", json_string(line.message), {});
    for (const auto& [name, value] : line.fields) {
        const bool taken = std::find(own.begin(), own.end(), name) != own.end();
        append(out, ",", json_string(taken ? name + "_" : name), ":");
        out += json_string(value);
    }
    return out + '}';
}

std::vector<std::string> journal_fields(const LogLine& line) {
    std::vector<std::string> out{"MESSAGE=" + printable(line.message),
                                 "PRIORITY=" + std::string{priority(line.level)}, "SYSLOG_IDENTIFIER=crier",
                                 "CRIER_EVENT=" + printable(line.event)};
    for (const auto& [name, value] : line.fields)
        out.push_back(journal_name(name) + "=" + printable(value));
    return out;
}

} // namespace crier::sys
