#pragma once

#include "core/time.hpp"
#include "net/byte_stream.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace crier::net {

struct PoolLimits {
    std::size_t per_key = 4;
    std::size_t all = 32;
    Duration idle_for = std::chrono::seconds{15};
};

/// Connections between two requests. They are closed soon: a server that closes one at the moment in which it
/// is used again leaves open what became of the request.
///
/// Thread: the executor's.
class Pool {
public:
    Pool(boost::asio::any_io_executor executor, PoolLimits limits);
    ~Pool();
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    /// One that is open and quiet, or null. What its server has closed meanwhile is dropped here, before the
    /// first byte of a request is written to it.
    [[nodiscard]] std::unique_ptr<ByteStream> take(const std::string& key);
    /// Keeps it, at most as long as the server says that it does. Of too many, the one that waits longest
    /// goes.
    void give(const std::string& key, std::unique_ptr<ByteStream> stream,
              std::optional<Duration> server_says);
    /// Closes them all; nothing of this class then keeps an io_context running.
    void clear();

private:
    struct State;
    std::shared_ptr<State> state_;
};

} // namespace crier::net
