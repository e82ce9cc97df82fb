#include "sys/notify.hpp"

#include "sys/descriptor.hpp"
#include "sys/unix_datagram.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <charconv>
#include <cstdint>
#include <ctime>
#include <unistd.h>

namespace crier::sys {

namespace asio = boost::asio;

namespace {

std::optional<std::int64_t> positive_number(std::optional<std::string_view> text) {
    std::int64_t value = 0;
    if (!text)
        return std::nullopt;
    const char* end = text->data() + text->size();
    const auto read = std::from_chars(text->data(), end, value);
    if (read.ec != std::errc{} || read.ptr != end || value <= 0)
        return std::nullopt;
    return value;
}

/// One datagram; what cannot be told does not stop the posts.
void send(const std::string& path, std::string_view text) {
    const auto to = unix_address(path);
    const Descriptor channel{::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    if (to && channel)
        (void)::sendto(channel.number(), text.data(), text.size(), MSG_NOSIGNAL, to->get(), to->size);
}

/// A line break in a status would begin another assignment.
std::string status_line(std::string_view status) {
    return "STATUS=" + std::string{status.substr(0, status.find('\n'))};
}

} // namespace

struct Notify::Feeder {
    std::string socket;
    std::unique_ptr<Alarm> alarm;
    Duration every{};
    bool stopping = false;

    static asio::awaitable<void> run(std::shared_ptr<Feeder> self) {
        while (!self->stopping) {
            send(self->socket, "WATCHDOG=1");
            co_await self->alarm->wait_for(self->every);
        }
    }
};

Notify::Notify(const Environment& environment)
    : socket_(environment.get("NOTIFY_SOCKET").value_or("")) {
    const auto micros = positive_number(environment.get("WATCHDOG_USEC"));
    const auto process = environment.get("WATCHDOG_PID");
    // The variables may have been inherited from a parent that they were meant for.
    const bool ours = !process || positive_number(process) == ::getpid();
    if (micros && ours && !socket_.empty())
        watchdog_ = Duration{*micros};
}

Notify::~Notify() {
    end_watchdog();
}

void Notify::ready(std::string_view status) const {
    send(socket_, "READY=1\n" + status_line(status));
}

void Notify::reloading() const {
    // systemd compares with its own CLOCK_MONOTONIC, which is not what Clock::mono() counts.
    timespec time{};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    const std::int64_t micros = time.tv_sec * 1'000'000 + time.tv_nsec / 1000;
    send(socket_, "RELOADING=1\nMONOTONIC_USEC=" + std::to_string(micros));
}

void Notify::status(std::string_view status) const {
    send(socket_, status_line(status));
}

void Notify::stopping() const {
    send(socket_, "STOPPING=1\nSTATUS=what is on its way ends first");
}

void Notify::feed_watchdog(asio::any_io_executor executor, Clock& clock) {
    if (!watchdog_ || feeder_)
        return;
    feeder_ = std::make_shared<Feeder>();
    feeder_->socket = socket_;
    feeder_->alarm = clock.make_alarm();
    feeder_->every = *watchdog_ / 2;
    asio::co_spawn(executor, Feeder::run(feeder_), asio::detached);
}

void Notify::end_watchdog() {
    if (!feeder_)
        return;
    feeder_->stopping = true;
    feeder_->alarm->ring();
    feeder_.reset();
}

} // namespace crier::sys
