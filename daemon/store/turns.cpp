#include "store/turns.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <utility>

namespace crier::store {

namespace asio = boost::asio;

void Turns::State::pass_on() {
    if (waiting.empty()) {
        taken = false;
        return;
    }
    const std::shared_ptr<Waiting> next = std::move(waiting.front());
    waiting.pop_front();
    next->granted = true;
    next->timer.cancel();
}

asio::awaitable<Turns::Turn> Turns::take() {
    const std::shared_ptr<State> state = state_;
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    if (!state->taken) {
        state->taken = true;
        co_return Turn{state};
    }
    const auto mine = std::make_shared<Waiting>(executor);
    /// However the wait ends: granted, it is this one's turn; else it is out of the queue.
    struct End {
        std::shared_ptr<State> state;
        std::shared_ptr<Waiting> mine;
        End(std::shared_ptr<State> s, std::shared_ptr<Waiting> m)
            : state(std::move(s))
            , mine(std::move(m)) {}
        End(const End&) = delete;
        End& operator=(const End&) = delete;
        ~End() {
            if (mine->granted)
                state->pass_on();
            else
                state->waiting.remove(mine);
        }
    };
    const End end{state, mine};
    state->waiting.push_back(mine);
    boost::system::error_code ignored;
    co_await mine->timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    if (!mine->granted)
        throw boost::system::system_error{asio::error::operation_aborted};
    mine->granted = false; // from here on the turn itself passes it on
    co_return Turn{state};
}

} // namespace crier::store
