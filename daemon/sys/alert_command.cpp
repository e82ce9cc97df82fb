#include "sys/alert_command.hpp"

#include "sys/command_pool.hpp"
#include "sys/printable.hpp"

#include <string_view>
#include <utility>

namespace crier::sys {

namespace asio = boost::asio;

namespace {

class CommandAlerter final : public Alerter {
public:
    CommandAlerter(WorkerPool& pool, std::vector<std::string> command, const Environment& environment,
                   std::chrono::milliseconds timeout)
        : commands_(pool, environment)
        , command_(std::move(command))
        , timeout_(timeout) {}

    std::string name() const override { return "the command " + command_.front(); }

    asio::awaitable<Result<>> deliver(Alert alert) override {
        Command command = command_for(alert);
        const Result<Ended> ended = co_await commands_.run(std::move(command));
        if (!ended)
            co_return ended.error();
        co_return judge(*ended);
    }

private:
    [[nodiscard]] Command command_for(const Alert& alert) const {
        Command command;
        command.arguments = command_;
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

    CommandPool commands_;
    std::vector<std::string> command_;
    std::chrono::milliseconds timeout_;
};

} // namespace

std::unique_ptr<Alerter> make_command_alerter(WorkerPool& pool, std::vector<std::string> command,
                                              const Environment& environment,
                                              std::chrono::milliseconds timeout) {
    return std::make_unique<CommandAlerter>(pool, std::move(command), environment, timeout);
}

} // namespace crier::sys
