#pragma once

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>

namespace crier::sys {

/// SIGTERM, SIGINT and SIGHUP as calls on the executor's thread, until stop(), which may be called in one.
/// Until then io_context::run() goes on. SIGPIPE is ignored.
class Signals {
public:
    Signals(boost::asio::any_io_executor executor, std::function<void(int)> handler);
    ~Signals();
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;
    void stop();

private:
    struct State;
    std::shared_ptr<State> state_;
};

} // namespace crier::sys
