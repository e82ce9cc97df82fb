#include "simulation/several_machine.hpp"

#include "engine/difference.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <chrono>
#include <utility>

namespace crier::sim {

namespace asio = boost::asio;

using namespace std::chrono_literals;

namespace {

class FixedToken final : public TokenSource {
public:
    Result<Secret> read() override { return Secret{std::string{"token-0"}}; }
};

/// A connection is made before the first byte is sent, and the process may stand still meanwhile: what the
/// HTTP client does about that (net/client: Awake).
class ConnectingPublisher final : public Publisher {
public:
    ConnectingPublisher(std::unique_ptr<Publisher> behind, Time& time, Dice& dice, bool checks)
        : behind_(std::move(behind))
        , time_(time)
        , dice_(dice)
        , checks_(checks) {}

    void know(const ServerProfile& profile) override { behind_->know(profile); }
    asio::awaitable<Result<ServerProfile>> profile() override { return behind_->profile(); }
    asio::awaitable<Reply> upload(const Media& media) override { return behind_->upload(media); }
    asio::awaitable<Reply> media_state(const std::string& id) override { return behind_->media_state(id); }
    asio::awaitable<Reply> publish(const PostContent& content, const std::string& key) override {
        const Mono begun = time_.mono();
        co_await time_.pass(dice_.one_in(10) ? dice_.between(1s, 59s) : dice_.between(2ms, 80ms),
                            &connecting_);
        if (checks_ && time_.mono() - begun >= 60s)
            co_return Reply{Verdict::not_sent, 0, "the request was not sent within 60s"};
        co_return co_await behind_->publish(content, key);
    }
    asio::awaitable<Reply> edit(const std::string& id, const PostContent& content) override {
        return behind_->edit(id, content);
    }
    asio::awaitable<Reply> remove(const std::string& id) override { return behind_->remove(id); }
    asio::awaitable<Reply> pin(const std::string& id, bool pin) override { return behind_->pin(id, pin); }
    asio::awaitable<Reply> probe() override { return behind_->probe(); }
    asio::awaitable<AccountSight> find_account(const std::string& handle) override {
        return behind_->find_account(handle);
    }
    asio::awaitable<Timeline> timeline(const std::string& account, Instant since) override {
        return behind_->timeline(account, since);
    }
    asio::awaitable<StatusSight> status(const std::string& id) override { return behind_->status(id); }

private:
    /// Where a process is struck between its look at the lease and its first byte.
    class Connecting final : public Effect {
    public:
        void happen() override {}
        [[nodiscard]] Label label() const noexcept override { return Label::connecting; }
    };

    std::unique_ptr<Publisher> behind_;
    Time& time_;
    Dice& dice_;
    Connecting connecting_;
    bool checks_;
};

} // namespace

void Several::Machine::start() {
    ++world_.outcome_.lives;
    world_.trace_.say("plan", "daemon ", std::to_string(number_), " starts");
    stopping.reset();
    ending_ = false;
    running_ = true;
    way_.life = 0;
    context_ = std::make_unique<asio::io_context>(BOOST_ASIO_CONCURRENCY_HINT_UNSAFE);
    const bool checks = world_.mutant_ != SharedMutant::late_first_byte;
    const auto account = [this, checks](const AccountSettings& settings) {
        engine::AccountPorts ports;
        ports.token = std::make_unique<FixedToken>();
        const std::size_t index = std::stoul(settings.name.substr(1));
        ports.publisher = std::make_unique<ConnectingPublisher>(
            world_.servers_[index]->publisher(*ports.token), world_.time_, dice_, checks);
        return ports;
    };
    const auto source = [this](const SourceSettings& settings,
                               const std::string&) -> Result<std::unique_ptr<Source>> {
        return world_.feeds_[std::stoul(settings.name.substr(1))]->source();
    };
    ports_.reset(
        new engine::World{store_, world_.time_, dice_, world_.trace_, *world_.media_, account, source});
    work([this] {
        asio::co_spawn(*context_, main(), [this](std::exception_ptr error) {
            running_ = false;
            if (error)
                std::rethrow_exception(error);
        });
    });
}

asio::awaitable<bool> Several::Machine::go_by(engine::Configuration part) {
    if (world_.mutant_ == SharedMutant::stale_memory && part->accounts.empty())
        co_return true;
    bool done = false;
    engine::Difference difference = engine::difference_of(engine_->settings(), *part);
    const std::function<void()> taken_up = [this, &done] {
        done = true;
        taken_up_->ring();
    };
    engine_->reload(std::move(part), std::move(difference), nullptr, taken_up);
    while (!done && !ending_)
        co_await taken_up_->wait();
    if (!done)
        engine_->forget_reload();
    co_return done;
}

asio::awaitable<void> Several::Machine::main() {
    taken_up_ = world_.time_.make_alarm();
    tenure_ = std::make_unique<engine::Tenure>(leases_, world_.time_, world_.trace_);
    tenure_->go_by = [this](engine::Configuration part, const engine::Configuration&) {
        return go_by(std::move(part));
    };
    const Result<engine::Configuration> part = co_await tenure_->begin(world_.settings_);
    if (!part)
        co_return; // and is started again
    if (world_.mutant_ != SharedMutant::no_lease_check)
        ports_->ours_for = [this](Duration length) { return tenure_->ours_for(length); };
    engine_ = std::make_unique<engine::Engine>(context_->get_executor(), *part, *ports_);
    const Result<> begun = co_await engine_->begin();
    if (!begun)
        co_return;
    const auto bug = [this](std::exception_ptr error) {
        if (error)
            std::rethrow_exception(error);
    };
    asio::co_spawn(*context_, tenure_->renew(), bug);
    asio::co_spawn(*context_, tenure_->move(), bug);
    co_await engine_->run();
    co_await tenure_->end();
}

asio::awaitable<void> Several::Machine::pause_all(bool on, std::function<void()> taken) {
    Result<> done;
    if (on)
        done = co_await engine_->pause(engine::Target{}, std::nullopt, "a person");
    else
        done = co_await engine_->resume(engine::Target{});
    if (done)
        taken();
}

bool Several::Machine::ask_to_pause(bool on, std::function<void()> taken) {
    if (!engine_ || !running_ || world_.time_.stands_still(number_) || !engine_->ready())
        return false;
    work([&] { asio::co_spawn(*context_, pause_all(on, std::move(taken)), asio::detached); });
    return true;
}

void Several::Machine::stop() {
    if (!running_)
        return;
    work([this] {
        ending_ = true;
        taken_up_->ring();
        tenure_->stop();
        if (engine_)
            engine_->stop();
    });
}

void Several::Machine::kill() {
    if (!context_)
        return;
    const ProcessNumber before = world_.time_.process();
    world_.time_.work_as(number_);
    world_.time_.drop_waiters();
    do
        context_->restart();
    while (context_->poll() > 0);
    engine_.reset();
    tenure_.reset();
    taken_up_.reset();
    ports_.reset();
    context_.reset();
    running_ = false;
    way_.life = 0;
    world_.time_.work_as(before);
}

} // namespace crier::sim
