#include "sys/log.hpp"

#include "core/text/plain.hpp"
#include "sys/journal.hpp"
#include "sys/redactor.hpp"
#include "sys/repeat_guard.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <chrono>
#include <mutex>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace crier::sys {
namespace {

constexpr const char* journal_socket = "/run/systemd/journal/socket";

/// One file, one line at a time, flushed.
class FileSink final : public spdlog::sinks::stdout_sink_base<spdlog::details::console_mutex> {
public:
    explicit FileSink(std::FILE* file)
        : stdout_sink_base(file) {}
};

/// $JOURNAL_STREAM is the device and inode of the journal's stream: systemd.exec(5) says to compare, for
/// the variable is inherited by children whose standard error goes elsewhere.
bool leads_to_journal(const Environment& environment, int file) {
    struct stat info {};
    const auto stream = environment.get("JOURNAL_STREAM");
    return stream && ::fstat(file, &info) == 0 &&
           *stream == std::to_string(info.st_dev) + ":" + std::to_string(info.st_ino);
}

LogPlace look(const Environment& environment, int file) {
    LogPlace place;
    place.journal_open = ::access(journal_socket, W_OK) == 0;
    place.to_journal = leads_to_journal(environment, file);
    place.terminal = ::isatty(file) == 1;
    place.no_color = !environment.get("NO_COLOR").value_or("").empty() || environment.get("TERM") == "dumb";
    return place;
}

LogOutput standard_error(const LogSettings& settings, const Environment& environment) {
    LogOutput output;
    const LogPlace place = look(environment, STDERR_FILENO);
    output.format = choose_format(settings.format, place);
    output.file_is_journal = place.to_journal;
    output.now = [] { return std::chrono::floor<Duration>(std::chrono::system_clock::now()); };
    output.journal = [journal = std::make_shared<Journal>(journal_socket)](const auto& fields) {
        return journal->send(fields);
    };
    return output;
}

spdlog::level::level_enum spdlog_level(LogLevel level) {
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

} // namespace

struct LogSink::State {
    State(LogLevel least, LogOutput where)
        : output(std::move(where))
        , logger("crier", std::make_shared<FileSink>(output.file)) {
        // The line is complete when it comes here: redacted, and made harmless for terminals.
        logger.set_pattern("%v");
        logger.set_level(spdlog_level(least));
    }

    void put(const LogLine& line) {
        if (output.format == LogFormat::journald && to_journal(line))
            return;
        const std::string text = output.format == LogFormat::color  ? color_line(line)
                                 : output.format == LogFormat::json ? json_line(line)
                                                                    : plain_line(line);
        logger.log(spdlog_level(line.level), spdlog::string_view_t{text});
    }

    /// False: the line is for the file.
    bool to_journal(const LogLine& line) {
        if ((lost == 0 || tell_lost(line.time)) && output.journal(journal_fields(line)))
            return true;
        if (!output.file_is_journal)
            return false;
        ++lost;
        return true;
    }

    bool tell_lost(Instant now) {
        LogLine notice;
        notice.time = now;
        notice.level = LogLevel::warning;
        notice.event = "log.lost";
        notice.message = text::counted(lost, "line was", "lines were") + " lost: the journal did not take " +
                         (lost == 1 ? "it" : "them");
        notice.fields.emplace_back("lost", std::to_string(lost));
        const bool told = output.journal(journal_fields(notice));
        if (told)
            lost = 0;
        return told;
    }

    std::mutex mutex;
    LogOutput output;
    std::size_t lost = 0; ///< lines that nobody took
    spdlog::logger logger;
    Redactor redactor;
    RepeatGuard guard;
};

LogSink::LogSink(const LogSettings& settings, const Environment& environment)
    : LogSink(settings.level, standard_error(settings, environment)) {}

LogSink::LogSink(std::string_view level, LogOutput output)
    : state_(std::make_unique<State>(read_level(level).value_or(LogLevel::info), std::move(output))) {}

LogSink::~LogSink() {
    for (const LogLine& line : state_->guard.finish(state_->output.now()))
        state_->put(line);
}

bool LogSink::takes(LogLevel level) const noexcept {
    return state_->logger.should_log(spdlog_level(level));
}

void LogSink::set_level(std::string_view level) {
    if (const auto least = read_level(level))
        state_->logger.set_level(spdlog_level(*least));
}

void LogSink::write(LogLevel level, std::string_view event, std::string_view message,
                    std::initializer_list<LogField> fields) {
    if (!takes(level))
        return;
    const std::lock_guard lock{state_->mutex};
    LogLine line;
    line.time = state_->output.now();
    line.level = level;
    line.event = state_->redactor.clean(event);
    line.message = state_->redactor.clean(message);
    for (const LogField& field : fields)
        if (!field.value.empty()) // what is not known, or does not apply
            line.fields.emplace_back(state_->redactor.clean(field.name), state_->redactor.clean(field.value));
    for (const LogLine& admitted : state_->guard.admit(std::move(line)))
        state_->put(admitted);
}

void LogSink::keep_out(Secret secret) {
    const std::lock_guard lock{state_->mutex};
    state_->redactor.keep_out(std::move(secret));
}

} // namespace crier::sys
