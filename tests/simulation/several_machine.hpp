#pragma once

#include "simulation/several_world.hpp"

namespace crier::sim {

/// One daemon: what commands/run makes of the parts.
class Several::Machine {
public:
    Machine(Several& world, ProcessNumber number, Dice& dice)
        : world_(world)
        , number_(number)
        , dice_(dice)
        , way_(world.database_, world.time_, world.trace_)
        , store_(way_)
        , leases_(way_) {}
    ~Machine() { kill(); }

    void start();
    void kill();
    void stop();
    void hear_of(const std::string& account) {
        if (engine_ && running_)
            work([&] { engine_->heed_written(account); });
    }
    void hear_of_wishes() {
        if (engine_ && running_)
            work([&] { engine_->heed_wishes(); });
    }
    /// False: it cannot be asked now. `taken` is called when it has said yes.
    [[nodiscard]] bool ask_to_pause(bool on, std::function<void()> taken);
    void hear_of_free() {
        if (tenure_ && running_)
            work([&] { tenure_->look_now(); });
    }
    /// The process's own code, called from outside of it.
    template <class Do>
    void work(Do act) {
        const ProcessNumber before = world_.time_.process();
        world_.time_.work_as(number_);
        act();
        if (!world_.time_.stands_still(number_)) {
            context_->restart();
            context_->poll();
        }
        world_.time_.work_as(before);
    }

    [[nodiscard]] bool running() const noexcept { return running_; }
    [[nodiscard]] bool exists() const noexcept { return context_ != nullptr; }
    [[nodiscard]] boost::asio::io_context& context() { return context_ ? *context_ : nobody_; }
    [[nodiscard]] Way& way() noexcept { return way_; }
    [[nodiscard]] const std::optional<std::string>* failure() const {
        return engine_ ? &engine_->failure() : nullptr;
    }
    [[nodiscard]] boost::asio::awaitable<void> pause_all(bool on, std::function<void()> taken);
    std::optional<Duration> stopping; ///< down for so long when it has ended

private:
    [[nodiscard]] boost::asio::awaitable<void> main();
    [[nodiscard]] boost::asio::awaitable<bool> go_by(engine::Configuration part);

    Several& world_;
    ProcessNumber number_;
    Dice& dice_;
    Way way_;
    SharedStore store_;
    SharedLeases leases_;
    boost::asio::io_context nobody_;
    std::unique_ptr<boost::asio::io_context> context_;
    std::unique_ptr<engine::World> ports_;
    std::unique_ptr<engine::Tenure> tenure_;
    std::unique_ptr<engine::Engine> engine_;
    std::unique_ptr<Alarm> taken_up_;
    bool running_ = false;
    bool ending_ = false;
};

} // namespace crier::sim
