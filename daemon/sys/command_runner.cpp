#include "sys/command_runner.hpp"

#include "sys/command_pool.hpp"

#include <utility>

namespace crier::sys {

namespace asio = boost::asio;

namespace {

/// "1 MiB", or in bytes what is no whole number of them.
std::string size_in_words(std::size_t bytes) {
    constexpr std::size_t mebibyte = std::size_t{1} << 20U;
    return bytes >= mebibyte && bytes % mebibyte == 0 ? std::to_string(bytes / mebibyte) + " MiB"
                                                      : std::to_string(bytes) + " bytes";
}

class PooledRunner final : public CommandRunner {
public:
    PooledRunner(WorkerPool& pool, const Environment& environment)
        : commands_(pool, environment) {}

    asio::awaitable<Result<ProgramEnd>> run(ProgramRun program) override {
        const std::size_t most_output = program.most_output;
        const std::string path = program.arguments.front();
        Command command;
        command.arguments = std::move(program.arguments);
        command.environment = std::move(program.environment);
        command.input = std::move(program.input);
        command.timeout = std::chrono::duration_cast<std::chrono::milliseconds>(program.timeout);
        command.most_output = most_output;
        command.most_memory = program.most_memory;
        command.surplus = Surplus::end;
        command.errors_apart = true;
        Result<Ended> ended = co_await commands_.run(std::move(command));
        if (!ended)
            co_return ended.error();
        if (ended->over)
            co_return Failure{Cause::server, path + " wrote more than " + size_in_words(most_output)};
        ProgramEnd end;
        end.code = ended->code;
        end.late = ended->late;
        end.output = std::move(ended->output);
        end.errors = std::move(ended->errors);
        co_return end;
    }

private:
    CommandPool commands_;
};

} // namespace

std::unique_ptr<CommandRunner> make_command_runner(WorkerPool& pool, const Environment& environment) {
    return std::make_unique<PooledRunner>(pool, environment);
}

} // namespace crier::sys
