#pragma once

#include "core/time.hpp"
#include "net/byte_stream.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace crier::net {

/// Connections between two requests. They are closed soon: a server that closes one at the moment in which it
/// is used again leaves open what became of the request.
///
/// Thread: the executor's.
class Pool {
public:
    Pool(boost::asio::any_io_executor executor, std::size_t most_per_key, Duration idle_for);
    ~Pool();

    /// One that is open and quiet, or null.
    [[nodiscard]] std::unique_ptr<ByteStream> take(const std::string& key);
    void give(const std::string& key, std::unique_ptr<ByteStream> stream, Duration server_says);

private:
    struct Idle {
        std::unique_ptr<ByteStream> stream;
        std::chrono::steady_clock::time_point until;
    };
    struct State;
    std::shared_ptr<State> state_;
};

} // namespace crier::net
