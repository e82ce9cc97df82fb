#include "sys/clock.hpp"

#include "core/digest.hpp"
#include "sys/wait_queue.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace crier::sys {

namespace asio = boost::asio;

namespace {

Duration read_clock(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return std::chrono::duration_cast<Duration>(std::chrono::seconds{now.tv_sec} +
                                                std::chrono::nanoseconds{now.tv_nsec});
}

class SystemClock;

class SystemAlarm final : public Alarm {
public:
    explicit SystemAlarm(SystemClock& clock)
        : clock_(clock) {}

    asio::awaitable<void> wait_until(Instant when) override;
    asio::awaitable<void> wait_for(Duration duration) override;
    asio::awaitable<void> wait() override { return wait_until(Instant::max()); }
    void ring() override;

private:
    asio::awaitable<void> wait_in(WaitQueue& queue, Duration when);

    SystemClock& clock_;
    WaitQueue::Ticket ticket_; ///< of the wait that is on, if any
    bool rung_ = false;
};

class SystemClock final : public Clock {
public:
    SystemClock(asio::any_io_executor executor, std::int64_t boot)
        : wall_(executor, CLOCK_REALTIME)
        , boot_(std::move(executor), CLOCK_BOOTTIME)
        , boot_number_(boot) {}

    Instant now() const override { return Instant{read_clock(CLOCK_REALTIME)}; }
    Mono mono() const override { return Mono{read_clock(CLOCK_BOOTTIME)}; }
    std::int64_t boot() const override { return boot_number_; }
    std::unique_ptr<Alarm> make_alarm() override { return std::make_unique<SystemAlarm>(*this); }

    WaitQueue& wall() { return wall_; }
    WaitQueue& boot_time() { return boot_; }

private:
    WaitQueue wall_;
    WaitQueue boot_;
    std::int64_t boot_number_;
};

asio::awaitable<void> SystemAlarm::wait_until(Instant when) {
    return wait_in(clock_.wall(), when.time_since_epoch());
}

asio::awaitable<void> SystemAlarm::wait_for(Duration duration) {
    const Duration now = read_clock(CLOCK_BOOTTIME);
    return wait_in(clock_.boot_time(), duration > Duration::max() - now ? Duration::max() : now + duration);
}

asio::awaitable<void> SystemAlarm::wait_in(WaitQueue& queue, Duration when) {
    if (std::exchange(rung_, false))
        co_return;
    co_await queue.wait(when, ticket_);
    ticket_.reset();
}

void SystemAlarm::ring() {
    if (!ticket_.end())
        rung_ = true;
}

} // namespace

std::unique_ptr<Clock> make_system_clock(asio::any_io_executor executor, std::int64_t boot) {
    return std::make_unique<SystemClock>(std::move(executor), boot);
}

std::int64_t boot_of_machine(const Environment& environment) {
    std::string id;
    if (!(std::ifstream{"/proc/sys/kernel/random/boot_id"} >> id))
        id = environment.get("CRIER_BOOT_ID").value_or("");
    // The kernel writes it with hyphens, systemd without.
    id.erase(std::remove(id.begin(), id.end(), '-'), id.end());
    if (id.size() != 32)
        return 0;
    std::uint64_t number = 0;
    const Digest digest = digest_of(id);
    for (const std::uint8_t byte : std::span{digest.bytes}.first<8>())
        number = number << 8 | byte;
    return static_cast<std::int64_t>(number >> 1 | 1U);
}

} // namespace crier::sys
