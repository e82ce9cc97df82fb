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

/// For the store to answer: its longest transactions take a second on a slow disk.
constexpr Duration store_patience = std::chrono::seconds{5};

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

asio::awaitable<LocalResponse> Health::live() {
    // One question at a time: a store that hangs is not asked again by each of those who look every few
    // seconds.
    if (!probe_ || probe_->answered) {
        probe_ = std::make_shared<Probe>(clock_.mono());
        asio::awaitable<void> asking = Probe::ask(probe_, engine_.store());
        const asio::any_io_executor executor = co_await asio::this_coro::executor;
        asio::co_spawn(executor, std::move(asking), asio::detached);
    }
    const std::shared_ptr<Probe> probe = probe_;
    const Duration left = store_patience - (clock_.mono() - probe->begun);
    if (!probe->answered && left > Duration::zero()) {
        const std::unique_ptr<Alarm> alarm = clock_.make_alarm();
        probe->waiting.push_back(alarm.get());
        co_await alarm->wait_for(left);
        std::erase(probe->waiting, alarm.get());
    }
    if (!probe->answered)
        co_return unwell("ok", "the store does not answer");
    if (probe->failure)
        co_return unwell("ok", "the store cannot be read: " + probe->failure->message);
    json::object object;
    object["ok"] = true;
    co_return ok(object);
}

LocalResponse Health::ready() const {
    if (!engine_.posting())
        return unwell("ready", "crier is starting or stopping: nothing is posted");
    json::array troubles;
    for (const engine::LaneView& lane : engine_.lanes()) {
        if (lane.waits == "store")
            return unwell("ready", lane.waits_why);
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
    return ok(object);
}

} // namespace crier::admin
