#pragma once

#include "ports/worker_pool.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstddef>
#include <memory>
#include <string>

namespace crier::sys {

/// `threads` at most, made when there is work for them, joined at the end. `name` shows in ps and top (15
/// characters).
[[nodiscard]] std::unique_ptr<WorkerPool> make_worker_pool(boost::asio::any_io_executor engine,
                                                           std::size_t threads, std::string name);

} // namespace crier::sys
