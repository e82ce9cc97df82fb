#include "sys/command_pool.hpp"

#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <atomic>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>

namespace crier::sys {

namespace asio = boost::asio;

namespace {

/// A name stands once: which of two counts is for each program to say.
void add_missing(std::vector<std::string>& lines, const std::vector<std::string>& more) {
    const auto given = static_cast<std::ptrdiff_t>(lines.size());
    for (const std::string& line : more) {
        const std::string_view name = std::string_view{line}.substr(0, line.find('=') + 1);
        const bool known = std::any_of(lines.begin(), lines.begin() + given,
                                       [&](const std::string& other) { return other.starts_with(name); });
        if (!known)
            lines.push_back(line);
    }
}

} // namespace

asio::awaitable<Result<Ended>> CommandPool::run(Command command) const {
    add_missing(command.environment, environment_);
    std::atomic<bool> stop = false;
    std::optional<Result<Ended>> ended;
    std::function<void()> work = [&] { ended = run_command(command, stop); };
    // The program ends with whoever waits for it; its own end is waited for in any case.
    asio::cancellation_state state = co_await asio::this_coro::cancellation_state;
    if (state.slot().is_connected())
        state.slot().assign([&stop](asio::cancellation_type) { stop = true; });
    co_await pool_.run(std::move(work));
    state.slot().clear();
    co_return std::move(*ended);
}

} // namespace crier::sys
