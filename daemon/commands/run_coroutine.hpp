#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

namespace crier::commands {

/// Runs one coroutine to its end, for commands that do one thing.
template <class T>
T run_coroutine(boost::asio::io_context& context, boost::asio::awaitable<T> coroutine) {
    std::optional<T> result;
    std::exception_ptr error;
    boost::asio::co_spawn(context, std::move(coroutine), [&](std::exception_ptr e, T value) {
        error = e;
        result.emplace(std::move(value));
    });
    context.restart();
    while (!result && context.run_one() > 0) {
    }
    if (error)
        std::rethrow_exception(error);
    if (!result)
        throw std::logic_error("a command's work did not end");
    return std::move(*result);
}

} // namespace crier::commands
