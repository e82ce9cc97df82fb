#pragma once

#include "ports/clock.hpp"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/cancellation_type.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

namespace crier::sim {

/// What a completion is, so that a death can be put there.
enum class Label {
    any,
    commit,         ///< a batch of the store's
    commit_posts,   ///< one that accepts posts
    commit_attempt, ///< one that records an attempt before it is made
    commit_picture, ///< an attempt with a picture
    connecting,     ///< of several daemons: a request that is about to be sent
};

/// Something that happens when a wait comes to its end, before its waiter goes on: what the outside world
/// does. Lives in the waiter's own frame, so a wait that is torn down has no effect.
class Effect {
public:
    virtual void happen() = 0;
    [[nodiscard]] virtual Label label() const noexcept = 0;

protected:
    ~Effect() = default;
};

/// What to do with the next completion.
enum class Cut {
    none,
    before_effect, ///< the process dies before the world has done anything
    before_reply,  ///< ... when the world has done it, and nobody in the process knows
    after_reply,   ///< ... when the process has taken note, as far as it goes without waiting
    stand_still,   ///< the world has done it, and the process stands still until let_go()
};

/// One of the processes of a world; most have one, the first.
using ProcessNumber = std::uint8_t;
inline constexpr std::size_t most_processes = 4;

/// What a step of time was.
enum class Step {
    nothing, ///< there was nothing before the end
    event,   ///< of the world
    waiter,  ///< of the process: a completion
    death,   ///< `strike` said so
};

/// Virtual time, and everything that waits on it: one heap, ordered by time, then by a number of the seed's.
///
/// There are two kinds of entries. A waiter is a coroutine of the process under test: it dies with the
/// process. An event belongs to the world (a server at work on a request): it happens whatever becomes of the
/// process.
///
/// Thread: one.
class Time final : public Clock {
public:
    Time(Instant start, std::uint64_t seed)
        : start_(start)
        , ties_(seed | 1U) {
        for (std::size_t i = 0; i < most_processes; ++i)
            processes_[i].boot = static_cast<std::int64_t>(i) + 1;
    }
    Time(const Time&) = delete;
    Time& operator=(const Time&) = delete;

    // The clock of the process that is at work.
    [[nodiscard]] Instant now() const override { return start_ + elapsed_ + at_work().set_by; }
    [[nodiscard]] Mono mono() const override { return Mono{elapsed_}; }
    [[nodiscard]] std::int64_t boot() const override { return at_work().boot; }
    [[nodiscard]] std::unique_ptr<Alarm> make_alarm() override;

    /// Whose code runs from now on, until step() says otherwise.
    void work_as(ProcessNumber process) noexcept { at_work_ = process; }
    [[nodiscard]] ProcessNumber process() const noexcept { return at_work_; }

    /// What the world goes by: never set.
    [[nodiscard]] Instant world() const noexcept { return start_ + elapsed_; }

    /// Sets the process's wall clock forward or back. Who waits for a wall time is woken, as the kernel does
    /// it.
    void jump(Duration by);
    /// The machine begins anew: what mono() said means nothing any more.
    void reboot() noexcept { at_work().boot += static_cast<std::int64_t>(most_processes); }
    [[nodiscard]] Duration set_by() const noexcept { return at_work().set_by; }

    /// For a model port: ends at `when` by the world's time; then `effect` happens (it may be null).
    [[nodiscard]] boost::asio::awaitable<void> until(Instant when, Effect* effect = nullptr);
    [[nodiscard]] boost::asio::awaitable<void> pass(Duration duration, Effect* effect = nullptr) {
        return until(world() + duration, effect);
    }

    /// The world's own doing.
    void at(Instant when, std::function<void()> event);

    /// Moves to the next entry that ends not later than `end`, lets it happen, and lets the process go as far
    /// as it comes. When there is none, time is then at `end`.
    ///
    /// `strike` is asked at each completion of the process's, before anything of it has happened.
    Step step(boost::asio::io_context& context, Instant end, const std::function<Cut(Label)>& strike);
    /// Of several processes: each has a context, and process() says whose completion `strike` is asked about,
    /// and whose death it was.
    Step step(const std::function<boost::asio::io_context&(ProcessNumber)>& contexts, Instant end,
              const std::function<Cut(Label)>& strike);

    /// What stood still goes on: all that came to an end meanwhile, in its order.
    void let_go(ProcessNumber process);
    [[nodiscard]] bool stands_still(ProcessNumber process) const { return processes_[process].still; }

    /// Forgets what waits of the process at work: it is dead. The coroutines' frames are then destroyed by
    /// its context.
    void drop_waiters();

    /// Rises with each death of the process at work: what still holds a thing of its compares it.
    [[nodiscard]] std::uint64_t life() const noexcept { return at_work().life; }
    [[nodiscard]] std::uint64_t life(ProcessNumber process) const noexcept {
        return processes_[process].life;
    }
    [[nodiscard]] std::uint64_t steps() const noexcept { return steps_; }

private:
    friend class SimAlarm;

    /// A coroutine's handler without its type, in place: allocated for each wait it would be half of all that
    /// a simulation does.
    class Waiter {
    public:
        Waiter() = default;
        Waiter(const Waiter&) = delete;
        Waiter& operator=(const Waiter&) = delete;
        ~Waiter() { release(nullptr, 0, false); }

        template <class Handler>
        void hold(Handler handler) {
            static_assert(sizeof(Handler) <= sizeof bytes_ && std::is_nothrow_move_constructible_v<Handler>);
            new (static_cast<void*>(bytes_)) Handler(std::move(handler));
            run_ = [](void* bytes, Time* time, std::uint32_t slot, bool resume) {
                auto* mine = static_cast<Handler*>(bytes);
                Handler moved{std::move(*mine)};
                mine->~Handler();
                if (time != nullptr)
                    time->free_slot(slot); // what it does next may want one
                if (resume)
                    std::move(moved)();
            };
        }
        /// Resumes it, or destroys it unresumed. At once: the driver is inside nothing of the process's, so
        /// that the way through the context's queue would change nothing but the time it takes.
        void release(Time* time, std::uint32_t slot, bool resume) {
            if (run_ != nullptr)
                std::exchange(run_, nullptr)(bytes_, time, slot, resume);
        }

    private:
        alignas(std::max_align_t) unsigned char bytes_[64];
        void (*run_)(void*, Time*, std::uint32_t, bool) = nullptr;
    };

    /// A place for one wait. The number rises with each use, so that a ticket of an earlier one is told.
    struct Slot {
        Waiter waiter;
        Effect* effect = nullptr;
        std::uint32_t use = 0;
        bool wall = false;
        bool taken = false;
        ProcessNumber process = 0;
    };
    struct Process {
        std::uint64_t life = 0;
        std::int64_t boot = 1;
        Duration set_by{};
        bool still = false;
    };
    struct Ticket {
        std::uint32_t slot = 0;
        std::uint32_t use = 0;
    };
    struct Entry {
        Duration when{};
        std::uint64_t tie = 0;
        Ticket ticket; ///< of a waiter; or the place of an event of the world
        [[nodiscard]] bool is_event() const noexcept { return ticket.use == event_mark; }
        [[nodiscard]] bool operator>(const Entry& other) const noexcept {
            return when != other.when ? when > other.when : tie > other.tie;
        }
    };
    static constexpr std::uint32_t event_mark = static_cast<std::uint32_t>(-1); ///< no slot is used so often
    /// Nobody waits that long: such a wait ends by ring() alone and needs no entry.
    static constexpr Duration for_ever = std::chrono::hours{24 * 365 * 100};

    template <class Handler>
    Ticket insert(Duration when, bool wall, Effect* effect, Handler handler) {
        const Ticket ticket = take_slot(when, wall, effect);
        auto slot = boost::asio::get_associated_cancellation_slot(handler);
        if (slot.is_connected())
            slot.assign([this, ticket](boost::asio::cancellation_type) { (void)ring(ticket); });
        slots_[ticket.slot].waiter.hold(std::move(handler));
        return ticket;
    }
    [[nodiscard]] Ticket take_slot(Duration when, bool wall, Effect* effect);
    [[nodiscard]] bool alive(Ticket ticket) const noexcept {
        return slots_[ticket.slot].taken && slots_[ticket.slot].use == ticket.use;
    }
    /// Ends that wait now; false when it is over already.
    bool ring(Ticket ticket);
    void push(Duration when, Ticket ticket);
    template <class ContextOf>
    Step go(const ContextOf& context_of, Instant end, const std::function<Cut(Label)>& strike);
    [[nodiscard]] bool complete(Ticket ticket, boost::asio::io_context& context,
                                const std::function<Cut(Label)>& strike);
    [[nodiscard]] Process& at_work() noexcept { return processes_[at_work_]; }
    [[nodiscard]] const Process& at_work() const noexcept { return processes_[at_work_]; }
    [[nodiscard]] std::uint64_t next_tie() noexcept;
    void free_slot(std::uint32_t slot) noexcept;

    Instant start_;
    Duration elapsed_{};
    std::array<Process, most_processes> processes_;
    ProcessNumber at_work_ = 0;
    std::vector<Entry> held_back_; ///< of processes that stand still
    std::vector<Entry> heap_;
    std::deque<Slot> slots_; ///< stays in place while it grows
    std::vector<std::uint32_t> free_;
    std::vector<std::function<void()>> events_;
    std::vector<std::uint32_t> free_events_;
    std::uint64_t ties_;
    std::uint64_t steps_ = 0;
};

} // namespace crier::sim
