#include "admin/health.hpp"

#include "admin/answers.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace crier::admin {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

/// For the store to answer whoever asks: those who watch give up after a second, as a rule.
constexpr Duration at_once = std::chrono::milliseconds{500};
/// Its longest transactions take a second on a slow disk, and one that meets another program's waits for
/// five.
constexpr Duration slow = std::chrono::seconds{6};
/// A store that is silent for so long hangs, and a restart may help.
constexpr Duration hung = std::chrono::minutes{1};
/// Between two writes that are only to tell whether it can be written: one may keep it busy for five seconds.
constexpr Duration between_trials = std::chrono::seconds{10};

LocalResponse unwell(std::string_view what, std::string_view why) {
    json::object object;
    object[what] = false;
    object["why"] = why;
    return LocalResponse{503, json::serialize(object)};
}

json::object degraded(std::string_view kind, std::string_view name, std::string_view why) {
    json::object object;
    object[kind] = name;
    object["why"] = why;
    return object;
}

} // namespace

/// A question to the store that may be answered after those who asked have gone.
struct Health::Probe {
    explicit Probe(Mono now)
        : begun(now) {}
    Mono begun;
    std::vector<Alarm*> waiting; ///< of those who wait for its answer
    bool answered = false;
    std::optional<Failure> failure;

    static asio::awaitable<void> ask(std::shared_ptr<Probe> probe, Store& store) {
        const Result<std::optional<Amendment>> answer = co_await store.amendment(0);
        probe->answered = true;
        if (!answer)
            probe->failure = answer.error();
        for (Alarm* alarm : probe->waiting)
            alarm->ring();
    }
};

/// A write that changes nothing.
struct Health::Trial {
    explicit Trial(Mono now)
        : begun(now) {}
    Mono begun;
    bool over = false;

    static asio::awaitable<void> make(std::shared_ptr<Trial> trial, Store& store, Instant now) {
        Batch batch;
        batch.now = now;
        (void)co_await store.apply(std::move(batch)); // how it went is among the store's figures
        trial->over = true;
    }
};

/// The last question, when it was answered or there was a moment for that. One question at a time: a store
/// that hangs is not asked again by each of those who look every few seconds.
asio::awaitable<std::shared_ptr<Health::Probe>> Health::look() {
    if (!probe_ || probe_->answered) {
        probe_ = std::make_shared<Probe>(clock_.mono());
        asio::awaitable<void> asking = Probe::ask(probe_, engine_.store());
        const asio::any_io_executor executor = co_await asio::this_coro::executor;
        asio::co_spawn(executor, std::move(asking), asio::detached);
    }
    std::shared_ptr<Probe> probe = probe_;
    if (!probe->answered) {
        const std::unique_ptr<Alarm> alarm = clock_.make_alarm();
        probe->waiting.push_back(alarm.get());
        co_await alarm->wait_for(at_once);
        std::erase(probe->waiting, alarm.get());
    }
    co_return probe;
}

std::string Health::silence_of(const Probe& probe) const {
    const auto silent = std::chrono::floor<std::chrono::seconds>(clock_.mono() - probe.begun);
    return "the store has not answered for " + std::to_string(silent.count()) + " s";
}

asio::awaitable<LocalResponse> Health::live() {
    const std::shared_ptr<Probe> probe = co_await look();
    if (!probe->answered && clock_.mono() - probe->begun >= hung)
        co_return unwell("ok", silence_of(*probe));
    if (probe->failure)
        co_return unwell("ok", "the store cannot be read: " + probe->failure->message);
    json::object object;
    object["ok"] = true;
    if (!probe->answered)
        object["why"] = silence_of(*probe);
    co_return ok(object);
}

asio::awaitable<void> Health::heed_trouble() {
    if (engine_.store_trouble().empty())
        co_return;
    const Mono now = clock_.mono();
    if (trial_ && (!trial_->over || now - trial_->begun < between_trials))
        co_return;
    trial_ = std::make_shared<Trial>(now);
    asio::awaitable<void> trying = Trial::make(trial_, engine_.store(), engine_.now());
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    asio::co_spawn(executor, std::move(trying), asio::detached);
}

asio::awaitable<LocalResponse> Health::ready() {
    if (!engine_.posting())
        co_return unwell("ready", "crier is starting or stopping: nothing is posted");
    if (const std::string trouble = engine_.store_trouble(); !trouble.empty()) {
        co_await heed_trouble();
        co_return unwell("ready", trouble);
    }
    const std::shared_ptr<Probe> probe = co_await look();
    if (!probe->answered && clock_.mono() - probe->begun >= slow)
        co_return unwell("ready", silence_of(*probe));
    if (probe->failure)
        co_return unwell("ready", "the store cannot be read: " + probe->failure->message);
    json::array troubles;
    for (const engine::LaneView& lane : engine_.lanes()) {
        if (lane.state.state != "ok")
            troubles.push_back(
                degraded("account", lane.state.account, lane.state.state + ": " + lane.state.reason));
        else if (!lane.waits.empty())
            troubles.push_back(degraded("account", lane.state.account, lane.waits + ": " + lane.waits_why));
    }
    for (const SourceState& source : engine_.sources())
        if (source.failures > 0)
            troubles.push_back(degraded("source", source.source, source.error));
    json::object object;
    object["ready"] = true;
    object["degraded"] = std::move(troubles);
    co_return ok(object);
}

} // namespace crier::admin
