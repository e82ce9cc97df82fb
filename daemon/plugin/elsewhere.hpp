#pragma once

#include "core/failure.hpp"
#include "ports/worker_pool.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>
#include <utility>

namespace crier::plugin {

/// Does the work on the pool and waits for it. The work may outlive whoever waits: it must own what it needs.
template <class T>
boost::asio::awaitable<Result<T>> elsewhere(WorkerPool& pool, std::function<Result<T>()> work) {
    const auto result = std::make_shared<Result<T>>(Failure{Cause::internal, "not done"});
    std::function<void()> job = [result, work = std::move(work)] { *result = work(); };
    co_await pool.run(std::move(job));
    co_return std::move(*result);
}

} // namespace crier::plugin
