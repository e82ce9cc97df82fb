#include "support/virtual_time.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace crier::test {

namespace asio = boost::asio;

class VirtualAlarm final : public Alarm {
public:
    explicit VirtualAlarm(VirtualTime& time)
        : time_(time) {}

    asio::awaitable<void> wait_until(Instant when) override {
        // Bounded, or Instant::max() would overflow.
        const auto far = std::chrono::duration_cast<Duration>(std::chrono::hours{24 * 365 * 200});
        const Duration left = when > time_.now() + far ? far : when - time_.now();
        return wait_entry(time_.elapsed_ + std::max(left, Duration::zero()), true);
    }
    asio::awaitable<void> wait_for(Duration duration) override {
        return wait_entry(time_.elapsed_ + std::max(duration, Duration::zero()), false);
    }
    asio::awaitable<void> wait() override { return wait_until(Instant::max()); }

    void ring() override {
        if (!ticket_ || !time_.resume(*ticket_))
            rung_ = true;
    }

private:
    asio::awaitable<void> wait_entry(Duration when, bool wall) {
        if (rung_) {
            rung_ = false;
            co_return;
        }
        co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(
            [this, when, wall](auto handler) {
                using Handler = decltype(handler);
                auto slot_source = std::make_unique<VirtualTime::WaiterOf<Handler>>(std::move(handler));
                auto* waiter = slot_source.get();
                ticket_ = time_.insert(when, wall, std::move(slot_source));
                time_.bind_cancellation(waiter->handler, *ticket_);
            },
            asio::use_awaitable);
        ticket_.reset();
    }

    VirtualTime& time_;
    std::optional<VirtualTime::Ticket> ticket_;
    bool rung_ = false;
};

std::unique_ptr<Alarm> VirtualTime::make_alarm() {
    return std::make_unique<VirtualAlarm>(*this);
}

asio::awaitable<void> VirtualTime::pass(Duration duration) {
    VirtualAlarm alarm{*this};
    co_await alarm.wait_for(duration);
}

VirtualTime::Ticket VirtualTime::insert(Duration when, bool wall, std::unique_ptr<Waiter> waiter) {
    const Key key{when, sequence_++};
    Entry entry;
    entry.waiter = std::move(waiter);
    entry.wall = wall;
    queue_.emplace(key, std::move(entry));
    times_.emplace(key.second, when);
    return key.second;
}

bool VirtualTime::resume(Ticket ticket) {
    const auto time = times_.find(ticket);
    if (time == times_.end())
        return false;
    auto node = queue_.extract(Key{time->second, ticket});
    times_.erase(time);
    node.mapped().waiter->complete(context_);
    return true;
}

void VirtualTime::jump(Duration by) {
    step_ += by;
    std::vector<Ticket> woken;
    for (const auto& [key, entry] : queue_)
        if (entry.wall)
            woken.push_back(key.second);
    for (const Ticket ticket : woken)
        resume(ticket);
}

bool VirtualTime::step(Instant until) {
    context_.restart();
    context_.poll();
    if (queue_.empty())
        return false;
    const Key next = queue_.begin()->first;
    if (until != Instant::max() && next.first > until - start_ - step_)
        return false;
    elapsed_ = std::max(elapsed_, next.first);
    resume(next.second);
    context_.restart();
    context_.poll();
    return true;
}

void VirtualTime::run_for(Duration duration) {
    const Instant end = now() + duration;
    while (step(end)) {
    }
    elapsed_ = std::max(elapsed_, end - start_ - step_);
}

void VirtualTime::run_while(const std::function<bool()>& condition) {
    while (condition() && step()) {
    }
}

} // namespace crier::test
