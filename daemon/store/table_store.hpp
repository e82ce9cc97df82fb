#pragma once

#include "ports/store.hpp"
#include "store/tables.hpp"
#include "store/worker.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace crier::store {

/// What is behind a store: tables on an open database, and what belongs to an engine alone.
///
/// Thread: the store's, but for the destructor, which comes after it has ended.
class Backing {
public:
    virtual ~Backing() = default;
    /// Tables::apply, and what is to be done beside a commit.
    [[nodiscard]] virtual std::vector<Result<Applied>> apply(const std::vector<Batch*>& batches,
                                                             const std::vector<std::int64_t>& epochs) = 0;
    /// Calls it with the tables, once, or once more where the connection was lost under it.
    virtual void read(const std::function<void(Tables&)>& call) = 0;
    /// Nobody waits.
    virtual void pause() {}
    [[nodiscard]] virtual bool read_only() const noexcept = 0;
    /// Of the engine's thread: the life in which is written what is handed in now.
    [[nodiscard]] virtual std::int64_t epoch() const noexcept { return 0; }
    /// Of the engine's thread: the store is to end, so nothing is waited for any longer than it must be.
    virtual void stop() noexcept {}
};

/// The store over tables, whatever they are in: one thread that carries out what it is given in order, writes
/// that came together in one commit.
[[nodiscard]] std::unique_ptr<Store> make_table_store(boost::asio::any_io_executor engine,
                                                      std::unique_ptr<Backing> backing);

} // namespace crier::store
