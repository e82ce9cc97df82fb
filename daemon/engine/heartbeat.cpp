#include "engine/heartbeat.hpp"

#include "engine/webhook.hpp"

#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

Heartbeat::Heartbeat(const Configuration& settings, World& world, const Alerts& alerts)
    : settings_(settings, settings->alerts)
    , world_(world)
    , alerts_(alerts)
    , alarm_(world.clock.make_alarm()) {}

asio::awaitable<void> Heartbeat::run() {
    while (!stopping_) {
        (void)settings_.take_up();
        if (!configured()) {
            co_await alarm_->wait();
            continue;
        }
        co_await beat();
        if (!stopping_)
            co_await alarm_->wait_for(settings_->heartbeat_every);
    }
}

void Heartbeat::follow(const Configuration& settings) {
    settings_.follow(settings, settings->alerts);
    alarm_->ring();
}

void Heartbeat::stop() {
    stopping_ = true;
    alarm_->ring();
}

asio::awaitable<void> Heartbeat::beat() {
    if (!alerts_.well())
        co_return; // its silence is what tells
    HttpRequest request{"GET", settings_->heartbeat};
    request.follow_redirects = true;
    request.timeout = std::chrono::seconds{30};
    const HttpResult answer = co_await world_.http->send(std::move(request));
    const bool good = answer && answer->status >= 200 && answer->status < 300;
    // Once: the next beat may well arrive, and who watches notices when none does.
    if (!good && !failing_)
        world_.log.warning("heartbeat.failed", host_of(settings_->heartbeat) +
                                                   (answer ? " answered " + std::to_string(answer->status)
                                                           : " cannot be reached") +
                                                   ": is `alerts.heartbeat.url` right?");
    if (good && failing_)
        world_.log.info("heartbeat.recovered", host_of(settings_->heartbeat) + " hears the heartbeat again");
    failing_ = !good;
}

} // namespace crier::engine
