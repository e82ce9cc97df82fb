#include "simulation/life.hpp"

#include "simulation/time.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace crier::sim {

namespace asio = boost::asio;

Life::Life(engine::Configuration settings, engine::World& world, Time& time)
    : time_(time)
    , settings_(std::move(settings))
    , context_(std::make_unique<asio::io_context>(BOOST_ASIO_CONCURRENCY_HINT_UNSAFE))
    , engine_(std::make_unique<engine::Engine>(context_->get_executor(), settings_, world)) {
    asio::co_spawn(*context_, main(), [this](std::exception_ptr error) {
        running_ = false;
        if (error)
            std::rethrow_exception(error);
    });
    context_->poll();
}

Life::~Life() {
    kill();
}

asio::awaitable<void> Life::main() {
    if (const Result<> begun = co_await engine_->begin(); begun)
        co_await engine_->run();
}

void Life::reload(engine::Configuration next, std::function<void()> done) {
    engine::Difference difference = engine::difference_of(*settings_, *next);
    settings_ = next;
    engine_->reload(std::move(next), std::move(difference), nullptr, std::move(done));
    context_->restart();
    context_->poll();
}

void Life::ask(asio::awaitable<void> request) {
    asio::co_spawn(*context_, std::move(request), asio::detached);
    context_->restart();
    context_->poll();
}

/// The frames are destroyed by the context, one layer after the other, while the engine is still there.
void Life::kill() {
    if (!engine_)
        return;
    time_.drop_waiters();
    do
        context_->restart();
    while (context_->poll() > 0);
    engine_.reset();
    context_.reset();
    running_ = false;
}

} // namespace crier::sim
