#include "simulation/agenda_mutants.hpp"

#include "simulation/through.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace crier::sim {

namespace asio = boost::asio;

namespace {

/// The state of an entry as the store has it.
const EntryState* find_state(const States& states, const std::string& entry) {
    const auto found = std::find_if(states.entries.begin(), states.entries.end(),
                                    [&](const EntryState& state) { return state.entry == entry; });
    return found == states.entries.end() ? nullptr : &*found;
}

/// The number of a firing is durable before its posts are.
class CounterApart final : public Through {
public:
    using Through::Through;
    asio::awaitable<Result<Applied>> apply(Batch batch) override {
        if (batch.insert.empty() || batch.entries.empty())
            co_return co_await store_.apply(std::move(batch));
        const Result<States> before = co_await store_.load();
        Batch first;
        first.now = batch.now;
        for (const EntryState& state : batch.entries)
            if (const EntryState* known = before ? find_state(*before, state.entry) : nullptr) {
                first.entries.push_back(*known);
                first.entries.back().counter = state.counter;
            }
        (void)co_await store_.apply(std::move(first));
        co_return co_await store_.apply(std::move(batch));
    }
};

/// What was drawn is marked in a transaction of its own: before the posts, or after them.
class MarkApart final : public Through {
public:
    MarkApart(Store& store, bool first)
        : Through(store)
        , first_(first) {}
    asio::awaitable<Result<Applied>> apply(Batch batch) override {
        Batch marks;
        marks.now = batch.now;
        marks.drawn = std::exchange(batch.drawn, {});
        if (marks.empty())
            co_return co_await store_.apply(std::move(batch));
        Batch posts = std::move(batch);
        std::vector<Batch> in_order;
        in_order.push_back(first_ ? marks : posts);
        in_order.push_back(first_ ? std::move(posts) : std::move(marks));
        Result<Applied> first = co_await store_.apply(std::move(in_order[0]));
        if (!first)
            co_return first;
        Result<Applied> second = co_await store_.apply(std::move(in_order[1]));
        if (first_)
            co_return second;
        co_return first;
    }

private:
    bool first_;
};

/// An occurrence counts as settled when its condition is asked, not when it is answered.
class SettledEarly final : public CommandRunner {
public:
    SettledEarly(CommandRunner& programs, Store& store)
        : programs_(programs)
        , store_(store) {}
    asio::awaitable<Result<ProgramEnd>> run(ProgramRun program) override {
        const std::string entry = variable_of(program, "CRIER_ENTRY=");
        const std::optional<Instant> due = from_rfc3339(variable_of(program, "CRIER_DUE="));
        const Result<States> states = co_await store_.load();
        const EntryState* known = states ? find_state(*states, entry) : nullptr;
        if (known != nullptr && due) {
            Batch batch;
            batch.now = *due;
            batch.entries.push_back(*known);
            batch.entries.back().fired = *due;
            (void)co_await store_.apply(std::move(batch));
        }
        co_return co_await programs_.run(std::move(program));
    }

private:
    [[nodiscard]] static std::string variable_of(const ProgramRun& program, std::string_view begin) {
        for (const std::string& one : program.environment)
            if (one.starts_with(begin))
                return one.substr(begin.size());
        return {};
    }

    CommandRunner& programs_;
    Store& store_;
};

/// Takes a condition's no for a yes.
class RefusedPosted final : public CommandRunner {
public:
    explicit RefusedPosted(CommandRunner& programs)
        : programs_(programs) {}
    asio::awaitable<Result<ProgramEnd>> run(ProgramRun program) override {
        Result<ProgramEnd> end = co_await programs_.run(std::move(program));
        if (end && end->code == 1)
            end->code = 0;
        co_return end;
    }

private:
    CommandRunner& programs_;
};

} // namespace

std::unique_ptr<Store> mutate_agenda(Mutant mutant, Store& store) {
    switch (mutant) {
    case Mutant::counter_apart:
        return std::make_unique<CounterApart>(store);
    case Mutant::mark_first:
        return std::make_unique<MarkApart>(store, true);
    case Mutant::mark_last:
        return std::make_unique<MarkApart>(store, false);
    default:
        return nullptr;
    }
}

std::unique_ptr<CommandRunner> mutate(Mutant mutant, CommandRunner& programs, Store& store) {
    if (mutant == Mutant::settled_early)
        return std::make_unique<SettledEarly>(programs, store);
    if (mutant == Mutant::refused_posted)
        return std::make_unique<RefusedPosted>(programs);
    return nullptr;
}

} // namespace crier::sim
