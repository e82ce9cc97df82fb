#include "simulation/time.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace crier::sim {

namespace asio = boost::asio;

class SimAlarm final : public Alarm {
public:
    explicit SimAlarm(Time& time)
        : time_(time)
        , process_(time.process())
        , life_(time.life()) {}

    asio::awaitable<void> wait_until(Instant when) override {
        const Instant now = time_.now();
        const Duration left = when <= now                                             ? Duration::zero()
                              : when - now > Time::for_ever || when == Instant::max() ? Time::for_ever
                                                                                      : when - now;
        return wait_entry(left, true);
    }
    asio::awaitable<void> wait_for(Duration duration) override {
        return wait_entry(std::clamp(duration, Duration::zero(), Time::for_ever), false);
    }
    asio::awaitable<void> wait() override { return wait_entry(Time::for_ever, false); }

    void ring() override {
        if (life_ != time_.life(process_))
            return; // the process is dead, and this is its unwinding
        if (!ticket_ || !time_.ring(*ticket_))
            rung_ = true;
    }

private:
    /// No coroutine, for most of what a simulation does is to wait. The ticket of a wait that is over rings
    /// nothing.
    asio::awaitable<void> wait_entry(Duration left, bool wall) {
        if (std::exchange(rung_, false))
            return no_wait();
        return asio::async_initiate<const asio::use_awaitable_t<>, void()>(
            [this, left, wall](auto handler) {
                ticket_ = time_.insert(left == Time::for_ever ? left : time_.elapsed_ + left, wall, nullptr,
                                       std::move(handler));
            },
            asio::use_awaitable);
    }
    static asio::awaitable<void> no_wait() { co_return; }

    Time& time_;
    ProcessNumber process_;
    std::uint64_t life_;
    std::optional<Time::Ticket> ticket_;
    bool rung_ = false;
};

std::unique_ptr<Alarm> Time::make_alarm() {
    return std::make_unique<SimAlarm>(*this);
}

asio::awaitable<void> Time::until(Instant when, Effect* effect) {
    const Duration at = std::max(when - start_, elapsed_);
    return asio::async_initiate<const asio::use_awaitable_t<>, void()>(
        [this, at, effect](auto handler) { (void)insert(at, false, effect, std::move(handler)); },
        asio::use_awaitable);
}

void Time::at(Instant when, std::function<void()> event) {
    auto place = static_cast<std::uint32_t>(events_.size());
    if (free_events_.empty()) {
        events_.push_back(std::move(event));
    } else {
        place = free_events_.back();
        free_events_.pop_back();
        events_[place] = std::move(event);
    }
    push(std::max(when - start_, elapsed_), Ticket{place, event_mark});
}

Time::Ticket Time::take_slot(Duration when, bool wall, Effect* effect) {
    if (free_.empty()) {
        free_.push_back(static_cast<std::uint32_t>(slots_.size()));
        slots_.emplace_back();
    }
    const std::uint32_t index = free_.back();
    free_.pop_back();
    Slot& slot = slots_[index];
    slot.taken = true;
    slot.wall = wall;
    slot.process = at_work_;
    slot.effect = effect;
    const Ticket ticket{index, slot.use};
    if (when < for_ever)
        push(when, ticket);
    return ticket;
}

void Time::free_slot(std::uint32_t index) noexcept {
    Slot& slot = slots_[index];
    slot.taken = false;
    slot.effect = nullptr;
    ++slot.use;
    free_.push_back(index);
}

void Time::push(Duration when, Ticket ticket) {
    Entry entry;
    entry.when = when;
    entry.tie = next_tie();
    entry.ticket = ticket;
    heap_.push_back(entry);
    std::push_heap(heap_.begin(), heap_.end(), std::greater<>{});
}

/// xorshift: what happens at the same moment happens in an order of the seed's.
std::uint64_t Time::next_tie() noexcept {
    ties_ ^= ties_ << 13U;
    ties_ ^= ties_ >> 7U;
    ties_ ^= ties_ << 17U;
    return ties_;
}

bool Time::ring(Ticket ticket) {
    if (!alive(ticket))
        return false;
    push(elapsed_, ticket);
    return true;
}

void Time::jump(Duration by) {
    at_work().set_by += by;
    for (std::size_t i = 0; i < slots_.size(); ++i)
        if (slots_[i].taken && slots_[i].wall && slots_[i].process == at_work_)
            (void)ring(Ticket{static_cast<std::uint32_t>(i), slots_[i].use});
}

Step Time::step(asio::io_context& context, Instant end, const std::function<Cut(Label)>& strike) {
    return go([&](ProcessNumber) -> asio::io_context& { return context; }, end, strike);
}

Step Time::step(const std::function<asio::io_context&(ProcessNumber)>& contexts, Instant end,
                const std::function<Cut(Label)>& strike) {
    return go(contexts, end, strike);
}

template <class ContextOf>
Step Time::go(const ContextOf& context_of, Instant end, const std::function<Cut(Label)>& strike) {
    for (;;) {
        if (heap_.empty() || heap_.front().when > end - start_) {
            elapsed_ = std::max(elapsed_, end - start_);
            return Step::nothing;
        }
        std::pop_heap(heap_.begin(), heap_.end(), std::greater<>{});
        const Entry entry = heap_.back();
        heap_.pop_back();
        const bool event = entry.is_event();
        if (!event && !alive(entry.ticket))
            continue; // rung before, or the process died
        elapsed_ = std::max(elapsed_, entry.when);
        ++steps_;
        if (!event)
            at_work_ = slots_[entry.ticket.slot].process;
        asio::io_context& context = context_of(at_work_);
        if (event) {
            const std::function<void()> happen = std::move(events_[entry.ticket.slot]);
            free_events_.push_back(entry.ticket.slot);
            happen();
        } else if (!complete(entry.ticket, context, strike)) {
            return Step::death;
        }
        context.restart();
        context.poll();
        return event ? Step::event : Step::waiter;
    }
}

/// False when the process has died of it.
bool Time::complete(Ticket ticket, asio::io_context& context, const std::function<Cut(Label)>& strike) {
    Slot& slot = slots_[ticket.slot];
    Process& process = processes_[slot.process];
    const Cut cut =
        process.still ? Cut::none : strike(slot.effect != nullptr ? slot.effect->label() : Label::any);
    if (cut == Cut::before_effect)
        return false;
    if (slot.effect != nullptr)
        std::exchange(slot.effect, nullptr)->happen();
    if (cut == Cut::before_reply)
        return false;
    process.still = process.still || cut == Cut::stand_still;
    if (process.still) {
        Entry entry;
        entry.ticket = ticket;
        held_back_.push_back(entry);
        return true;
    }
    slot.waiter.release(this, ticket.slot, true);
    if (cut == Cut::none)
        return true;
    context.restart();
    context.poll();
    return false;
}

void Time::let_go(ProcessNumber process) {
    processes_[process].still = false;
    for (const Entry& entry : std::exchange(held_back_, {}))
        if (!alive(entry.ticket))
            continue;
        else if (slots_[entry.ticket.slot].process == process)
            push(elapsed_, entry.ticket);
        else
            held_back_.push_back(entry);
}

void Time::drop_waiters() {
    ++at_work().life;
    at_work().still = false;
    for (std::uint32_t i = 0; i < slots_.size(); ++i)
        if (slots_[i].taken && slots_[i].process == at_work_)
            slots_[i].waiter.release(this, i, false);
}

} // namespace crier::sim
