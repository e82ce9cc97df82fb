#include "sys/alert_command.hpp"

#include "sys/command.hpp"
#include "sys/printable.hpp"

#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/this_coro.hpp>

#include <array>
#include <atomic>
#include <optional>
#include <string_view>
#include <utility>

namespace crier::sys {

namespace asio = boost::asio;

namespace {

/// Named, and not "all but what holds a token": nobody knows the names of what else holds one.
constexpr std::array<std::string_view, 16> handed_on{
    "PATH",    "HOME", "USER",   "LOGNAME",         "SHELL",   "LANG",          "LC_ALL",   "LC_CTYPE",
    "LC_TIME", "TZ",   "TMPDIR", "XDG_RUNTIME_DIR", "DISPLAY", "XDG_DATA_HOME", "MAILNAME", "HOSTNAME",
};

class CommandAlerter final : public Alerter {
public:
    CommandAlerter(WorkerPool& pool, std::vector<std::string> command, const Environment& environment,
                   std::chrono::milliseconds timeout)
        : pool_(pool)
        , command_(std::move(command))
        , timeout_(timeout) {
        for (const std::string_view name : handed_on)
            if (const auto value = environment.get(name))
                environment_.push_back(std::string{name} + "=" + std::string{*value});
    }

    std::string name() const override { return "the command " + command_.front(); }

    asio::awaitable<Result<>> deliver(Alert alert) override {
        const Command command = command_for(alert);
        std::atomic<bool> stop = false;
        std::optional<Result<Ended>> ended;
        std::function<void()> work = [&] { ended = run_command(command, stop); };
        // The program ends with whoever waits for it; its own end is waited for in any case.
        asio::cancellation_state state = co_await asio::this_coro::cancellation_state;
        if (state.slot().is_connected())
            state.slot().assign([&stop](asio::cancellation_type) { stop = true; });
        co_await pool_.run(std::move(work));
        state.slot().clear();
        if (!*ended)
            co_return ended->error();
        co_return judge(**ended);
    }

private:
    [[nodiscard]] Command command_for(const Alert& alert) const {
        Command command;
        command.arguments = command_;
        command.environment = environment_;
        command.timeout = timeout_;
        command.input = alert.json + "\n";
        const bool test = alert.word == AlertWord::test;
        const std::pair<std::string_view, std::string> values[] = {
            {"KIND", std::string{test ? "test" : to_text(alert.what.kind)}},
            {"SUBJECT", alert.what.subject},
            {"TEXT", alert.what.text},
            {"ACTION", alert.what.action},
            {"SINCE", to_rfc3339(alert.what.since)},
            {"STATE", std::string{to_text(alert.word)}}};
        for (const auto& [name, value] : values)
            command.environment.push_back("CRIER_ALERT_" + std::string{name} + "=" +
                                          value.substr(0, value.find('\0')));
        return command;
    }

    [[nodiscard]] Result<> judge(const Ended& ended) const {
        if (ended.late)
            return Failure{Cause::temporary, "it took too long and was ended",
                           "it has " + to_text(std::chrono::duration_cast<Duration>(timeout_)) +
                               "; what takes longer it must do in the background"};
        if (ended.code == 0)
            return {};
        const std::string_view words =
            std::string_view{ended.output}.substr(0, ended.output.find_last_not_of(" \n") + 1);
        return Failure{Cause::temporary, "it ended with " + std::to_string(ended.code) +
                                             (words.empty() ? "" : ": " + printable(words))};
    }

    WorkerPool& pool_;
    std::vector<std::string> command_;
    std::vector<std::string> environment_;
    std::chrono::milliseconds timeout_;
};

} // namespace

std::unique_ptr<Alerter> make_command_alerter(WorkerPool& pool, std::vector<std::string> command,
                                              const Environment& environment,
                                              std::chrono::milliseconds timeout) {
    return std::make_unique<CommandAlerter>(pool, std::move(command), environment, timeout);
}

} // namespace crier::sys
