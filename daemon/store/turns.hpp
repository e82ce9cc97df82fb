#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <list>
#include <memory>
#include <utility>

namespace crier::store {

/// One at a time, in the order in which they came.
///
/// Ownership: who waits or has the turn may outlive it.
/// Thread: the engine's.
class Turns {
    struct Waiting {
        explicit Waiting(const boost::asio::any_io_executor& executor)
            : timer(executor, boost::asio::steady_timer::time_point::max()) {}
        boost::asio::steady_timer timer; ///< never runs out
        bool granted = false;
    };
    struct State {
        std::list<std::shared_ptr<Waiting>> waiting;
        bool taken = false;

        void pass_on();
    };

public:
    /// Whose turn it is; passes it on at its end.
    class Turn {
    public:
        explicit Turn(std::shared_ptr<State> state)
            : state_(std::move(state)) {}
        Turn(Turn&&) = default;
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        ~Turn() {
            if (state_)
                state_->pass_on();
        }

    private:
        std::shared_ptr<State> state_;
    };

    /// Cancellation: terminal; whoever waits no longer is passed over.
    [[nodiscard]] boost::asio::awaitable<Turn> take();

private:
    std::shared_ptr<State> state_ = std::make_shared<State>();
};

} // namespace crier::store
