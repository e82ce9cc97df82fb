#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

namespace crier::test {

/// Runs one coroutine to its end on the context and returns what it returned, or throws what it threw.
template <class T>
T run(boost::asio::io_context& context, boost::asio::awaitable<T> coroutine) {
    std::optional<T> result;
    std::exception_ptr error;
    boost::asio::co_spawn(context, std::move(coroutine), [&](std::exception_ptr e, T value) {
        error = e;
        result.emplace(std::move(value));
    });
    context.restart();
    while (!result && !error && context.run_one() > 0) {
    }
    if (error)
        std::rethrow_exception(error);
    if (!result)
        throw std::runtime_error("the coroutine did not end: nothing left to run");
    return std::move(*result);
}

inline void run(boost::asio::io_context& context, boost::asio::awaitable<void> coroutine) {
    bool done = false;
    std::exception_ptr error;
    boost::asio::co_spawn(context, std::move(coroutine), [&](std::exception_ptr e) {
        error = e;
        done = true;
    });
    context.restart();
    while (!done && context.run_one() > 0) {
    }
    if (error)
        std::rethrow_exception(error);
    if (!done)
        throw std::runtime_error("the coroutine did not end: nothing left to run");
}

} // namespace crier::test
