#include "sys/signals.hpp"

#include "sys/process.hpp"

#include <boost/asio/signal_set.hpp>

#include <utility>

namespace crier::sys {

struct Signals::State : std::enable_shared_from_this<State> {
    State(const boost::asio::any_io_executor& executor, std::function<void(int)> callback)
        : set(executor, SIGTERM, SIGINT, SIGHUP)
        , handler(std::move(callback)) {}
    void wait() {
        set.async_wait([self = shared_from_this()](boost::system::error_code error, int signal) {
            if (error || self->stopped)
                return;
            self->wait();
            self->handler(signal);
        });
    }
    boost::asio::signal_set set;
    std::function<void(int)> handler;
    bool stopped = false;
};

Signals::Signals(boost::asio::any_io_executor executor, std::function<void(int)> handler)
    : state_(std::make_shared<State>(executor, std::move(handler))) {
    outlive_readers();
    state_->wait();
}

Signals::~Signals() {
    stop();
}

void Signals::stop() {
    state_->stopped = true;
    boost::system::error_code ignored;
    state_->set.cancel(ignored);
}

} // namespace crier::sys
