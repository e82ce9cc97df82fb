#include "sys/notify.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <systemd/sd-daemon.h>

#include <charconv>

namespace crier::sys {

namespace asio = boost::asio;

struct Notify::Feeder {
    std::unique_ptr<Alarm> alarm;
    Duration every{};
    bool stopping = false;

    static asio::awaitable<void> run(std::shared_ptr<Feeder> self) {
        while (!self->stopping) {
            sd_notify(0, "WATCHDOG=1");
            co_await self->alarm->wait_for(self->every);
        }
    }
};

Notify::Notify(const Environment& environment)
    : enabled_(environment.get("NOTIFY_SOCKET").has_value()) {
    const auto text = environment.get("WATCHDOG_USEC").value_or("");
    std::int64_t micros = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), micros);
    if (enabled_ && read.ec == std::errc{} && micros > 0)
        watchdog_ = Duration{micros};
}

Notify::~Notify() = default;

void Notify::ready(std::string_view status) const {
    if (enabled_)
        sd_notifyf(0, "READY=1\nSTATUS=%.*s", static_cast<int>(status.size()), status.data());
}

void Notify::status(std::string_view status) const {
    if (enabled_)
        sd_notifyf(0, "STATUS=%.*s", static_cast<int>(status.size()), status.data());
}

void Notify::stopping() const {
    if (enabled_)
        sd_notify(0, "STOPPING=1\nSTATUS=what is on its way ends first");
}

void Notify::feed_watchdog(asio::any_io_executor executor, Clock& clock) {
    if (!watchdog_)
        return;
    feeder_ = std::make_shared<Feeder>();
    feeder_->alarm = clock.make_alarm();
    feeder_->every = *watchdog_ / 2;
    asio::co_spawn(std::move(executor), Feeder::run(feeder_), asio::detached);
}

void Notify::end_watchdog() {
    if (!feeder_)
        return;
    feeder_->stopping = true;
    feeder_->alarm->ring();
}

} // namespace crier::sys
