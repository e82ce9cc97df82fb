#include "simulation/several.hpp"

#include "simulation/several_judge.hpp"
#include "simulation/several_machine.hpp"
#include "simulation/world.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace crier::sim {

using namespace std::chrono_literals;

namespace {

constexpr Duration lease_length = 90s;
constexpr Duration time_to_end = 8h;
constexpr Duration restart_pause = 5s; ///< of a service manager
constexpr std::uint64_t most_steps_of_several = 8000000;

constexpr std::array<std::string_view, shared_mutants> shared_mutant_names{
    "none", "no_fence", "no_lease_check", "late_first_byte", "stale_memory"};

class NoFiles final : public MediaFetcher {
public:
    boost::asio::awaitable<FetchedMedia> fetch(std::string, std::string, bool, std::uint64_t) override {
        FetchedMedia none;
        none.reply = Reply{Verdict::refused, 404, "there is no such address"};
        co_return none;
    }
    boost::asio::awaitable<Result<std::string>> keep(std::string file, std::string) override {
        co_return file;
    }
    boost::asio::awaitable<Result<std::string>> keep_bytes(std::string, std::string name,
                                                           std::string) override {
        co_return name;
    }
    boost::asio::awaitable<Result<std::string>> read(std::string file, std::uint64_t) override {
        co_return Failure{Cause::not_found, file + ": there are no files in this world"};
    }
    boost::asio::awaitable<Result<std::string>> head(std::string) override { co_return std::string{}; }
    void forget(const std::string&) override {}
    boost::asio::awaitable<std::vector<Kept>> all_kept() override { co_return std::vector<Kept>{}; }
};

} // namespace

std::string_view to_text(SharedMutant mutant) noexcept {
    return shared_mutant_names[static_cast<std::size_t>(mutant)];
}

void SeveralOutcome::add(const SeveralOutcome& other) {
    posts += other.posts;
    published += other.published;
    held += other.held;
    lives += other.lives;
    fenced += other.fenced;
    steps += other.steps;
}

Several::Several(std::uint64_t seed, SharedMutant mutant, bool trace)
    : dice_(seed)
    , mutant_(mutant)
    , start_(world_start())
    , time_(start_, dice_.next())
    , trace_(time_, trace)
    , database_(lease_length)
    , settings_(shared_settings())
    , media_(std::make_unique<NoFiles>()) {
    database_.fences = mutant != SharedMutant::no_fence;
    for (std::size_t i = 0; i < shared_accounts; ++i) {
        manners_.push_back(static_cast<Manner>(dice_.below(manners)));
        servers_.push_back(std::make_unique<SimServer>(time_, trace_, manners_.back(), dice_.next(),
                                                       "s" + std::to_string(i)));
    }
    for (std::size_t i = 0; i < 2; ++i)
        feeds_.push_back(std::make_unique<SimFeed>(time_, "f" + std::to_string(i), dice_.next(), 10, false));
    for (std::size_t i = 0; i < machine_count; ++i) {
        const auto number = static_cast<ProcessNumber>(i);
        machines_.push_back(std::make_unique<Machine>(*this, number, dice_));
        // Clocks that nobody sets: minutes are much for machines that are asked for the time.
        time_.work_as(number);
        time_.jump(dice_.between(0s, 200s) - 100s);
        time_.at(start_ + dice_.between(0s, 30min), [this, i] { machines_[i]->start(); });
    }
    // Hints, which may be missed.
    database_.on_written = [this](std::uint64_t life, const std::string& account) {
        const std::uint64_t holder = database_.leases.holder("account:" + account);
        if (holder == life)
            return;
        time_.at(time_.world() + 1ms, [this, holder, account] {
            for (const auto& machine : machines_)
                if (machine->way().life == holder && machine->way().open())
                    machine->hear_of(account);
        });
    };
    database_.on_wished = [this] {
        time_.at(time_.world() + 1ms, [this] {
            for (const auto& machine : machines_)
                if (machine->way().open())
                    machine->hear_of_wishes();
        });
    };
    database_.on_free = [this] {
        time_.at(time_.world() + 1ms, [this] {
            for (const auto& machine : machines_)
                if (machine->way().open())
                    machine->hear_of_free();
        });
    };
    for (const Blow& blow : draw_blows(dice_))
        time_.at(start_ + blow.at, [this, blow] { meet(blow); });
}

Several::~Several() = default;

void Several::meet(const Blow& blow) {
    trace_.say("plan", to_text(blow));
    Machine& machine = *machines_[blow.machine];
    switch (blow.kind) {
    case Blow::Kind::die:
    case Blow::Kind::stand_still:
        armed_.push_back(blow);
        break;
    case Blow::Kind::stop:
        machine.stopping = blow.length;
        machine.stop();
        break;
    case Blow::Kind::cut_off:
        machine.way().cut_until = std::max(machine.way().cut_until, time_.world() + blow.length);
        break;
    case Blow::Kind::not_renewed: {
        machine.way().not_renewed_until = time_.world() + blow.length;
        Fault slow;
        slow.kind = FaultKind::slow;
        slow.length = 118s;
        for (const auto& server : servers_)
            server->meet(slow);
        break;
    }
    case Blow::Kind::database_down:
        database_.down_until = std::max(database_.down_until, time_.world() + blow.length);
        break;
    case Blow::Kind::pause:
        if (!pauses_.empty() && pauses_.back().to == Instant::max())
            break; // it is
        ask_to_pause(true);
        time_.at(time_.world() + blow.length, [this] { ask_to_pause(false); });
        break;
    case Blow::Kind::server:
        servers_[blow.account]->meet(blow.fault);
        break;
    }
}

/// A person asks the first daemon that answers, until one has taken it.
void Several::ask_to_pause(bool on) {
    const std::size_t first = dice_.below(machine_count);
    if (!on && !pauses_.empty())
        pauses_.back().over = std::min(pauses_.back().over, time_.world());
    for (std::size_t i = 0; i < machine_count; ++i) {
        Machine& machine = *machines_[(first + i) % machine_count];
        const bool asked = machine.ask_to_pause(on, [this, on] {
            trace_.say("plan", on ? "all is to be paused" : "all is to go on");
            if (on)
                pauses_.push_back({time_.world(), Instant::max(), Instant::max()});
            else if (!pauses_.empty())
                pauses_.back().to = time_.world();
        });
        if (asked)
            break;
    }
    // Not taken yet: asked again.
    time_.at(time_.world() + 20s, [this, on] {
        const bool paused = !pauses_.empty() && pauses_.back().to == Instant::max();
        if (paused != on && time_.world() < start_ + run_length + 1h)
            ask_to_pause(on);
    });
}

/// Is this completion the one that a blow means? The first of those that mean this machine.
Cut Several::strike(Label label) {
    if (time_.world() > start_ + run_length)
        return Cut::none;
    for (auto blow = armed_.begin(); blow != armed_.end(); ++blow) {
        if (blow->machine != time_.process())
            continue;
        const bool meant =
            blow->where == Label::any || blow->where == label ||
            (blow->where == Label::commit && label != Label::any && label != Label::connecting);
        if (!meant || blow->nth-- > 0)
            return Cut::none;
        const Blow struck = *blow;
        armed_.erase(blow);
        if (struck.kind == Blow::Kind::die) {
            machines_[struck.machine]->stopping = struck.length;
            return struck.cut;
        }
        trace_.say("plan", "daemon ", std::to_string(struck.machine), " stands still");
        time_.at(time_.world() + struck.length, [this, number = struck.machine] {
            trace_.say("plan", "daemon ", std::to_string(number), " goes on");
            time_.let_go(number);
        });
        return Cut::stand_still;
    }
    return Cut::none;
}

void Several::down(ProcessNumber machine, Duration length) {
    trace_.say("plan", "daemon ", std::to_string(machine), " is down for ", crier::to_text(length));
    machines_[machine]->kill();
    time_.at(time_.world() + length, [this, machine] { machines_[machine]->start(); });
}

/// False: a bug.
bool Several::look_after_machines() {
    for (std::size_t i = 0; i < machine_count; ++i) {
        Machine& machine = *machines_[i];
        if (!machine.exists())
            continue;
        if (const auto* failure = machine.failure(); failure != nullptr && *failure) {
            outcome_.wrong.push_back("a bug: " + **failure);
            return false;
        }
        if (!machine.running()) // told to, or it could not begin
            down(static_cast<ProcessNumber>(i), machine.stopping.value_or(restart_pause));
    }
    if (time_.steps() > most_steps_of_several)
        outcome_.wrong.push_back("it spins: " + std::to_string(time_.steps()) + " steps");
    return outcome_.wrong.empty();
}

SeveralOutcome Several::run() {
    const std::function<Cut(Label)> struck = [this](Label label) { return strike(label); };
    const std::function<boost::asio::io_context&(ProcessNumber)> contexts =
        [this](ProcessNumber number) -> boost::asio::io_context& { return machines_[number]->context(); };
    for (;;) {
        const Step step = time_.step(contexts, start_ + run_length + time_to_end, struck);
        if (step == Step::nothing)
            break;
        if (step == Step::death) {
            const ProcessNumber dead = time_.process();
            trace_.say("plan", "daemon ", std::to_string(dead), " is killed");
            down(dead, machines_[dead]->stopping.value_or(restart_pause));
        }
        if (!look_after_machines())
            break;
    }
    for (const auto& machine : machines_)
        machine->kill();
    SeveralJudge{*this}.judge();
    outcome_.steps = time_.steps();
    outcome_.fenced = database_.fenced;
    outcome_.trace = trace_.lines();
    return std::move(outcome_);
}

SeveralOutcome run_several(std::uint64_t seed, SharedMutant mutant, bool trace) {
    return Several{seed, mutant, trace}.run();
}

} // namespace crier::sim
