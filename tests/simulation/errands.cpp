#include "simulation/errands.hpp"

#include "simulation/agenda.hpp"
#include "simulation/plan.hpp"

#include <algorithm>
#include <utility>

namespace crier::sim {

namespace asio = boost::asio;

using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t fails_once_in = 12;

/// The longest that a provider waits before it tries again.
constexpr Duration longest_pause = std::chrono::minutes{5};

/// One of the environment that a program is given.
std::string variable(const ProgramRun& program, std::string_view name) {
    for (const std::string& one : program.environment)
        if (one.starts_with(name) && one.substr(name.size()).starts_with("="))
            return one.substr(name.size() + 1);
    return {};
}

} // namespace

Errands::Errands(Time& time, Trace& trace, std::uint64_t seed)
    : time_(time)
    , trace_(trace)
    , dice_(seed) {
    const auto span = [&](Duration least, Duration most) {
        const Instant from = time_.world() + dice_.between(1h, run_length - 4h);
        return Span{from, from + dice_.between(least, most)};
    };
    for (std::uint64_t i = dice_.below(3); i > 0; --i)
        away_.push_back(span(1min, 3h));
    for (std::uint64_t i = dice_.below(3); i > 0; --i)
        bare_.push_back(span(20min, 150min));
    for (std::uint64_t i = dice_.below(6); i > 0; --i)
        guests_.push_back({"guest" + std::to_string(i), span(1h, 20h)});
}

const std::vector<std::string>& Errands::always_there() {
    static const std::vector<std::string> names{"one", "two", "three", "four", "five", "six"};
    return names;
}

bool Errands::is_open(Instant due) {
    return std::chrono::floor<std::chrono::hours>(due).time_since_epoch() / 1h % 3 != 1;
}

bool Errands::within(const std::vector<Span>& spans) const {
    const Instant now = time_.world();
    return std::any_of(spans.begin(), spans.end(),
                       [now](const Span& span) { return span.from <= now && now < span.to; });
}

Duration Errands::pace() {
    return dice_.one_in(4) ? dice_.between(1s, 40s) : dice_.between(5ms, 900ms);
}

Failure Errands::fails(Instant since, const char* what) {
    trace_.say("world", what);
    troubles_.push_back({since, time_.world() + longest_pause});
    return Failure{Cause::temporary, what, "wait"};
}

asio::awaitable<Result<ProgramEnd>> Errands::run(ProgramRun program) {
    const Instant begun = time_.world();
    const Duration takes = pace();
    const std::uint64_t chance = dice_.below(3 * fails_once_in);
    co_await time_.pass(takes);
    if (chance == 0)
        co_return fails(begun, "no program can be started");
    ProgramEnd end;
    end.late = chance == 1;
    const std::string due = variable(program, "CRIER_DUE");
    end.code = chance == 2 ? 137 : is_open(from_rfc3339(due).value_or(Instant{})) ? 0 : 1;
    if (chance == 1 || chance == 2)
        (void)fails(begun, "a program did not come to its end");
    else
        trace_.say("world", "a program says ", end.code == 0 ? "yes" : "no", " to ", due);
    co_return end;
}

std::vector<std::string> Errands::in_the_hat() const {
    const Instant now = time_.world();
    std::vector<std::string> names;
    if (within(bare_))
        return names;
    for (const Guest& guest : guests_)
        if (guest.here.from <= now && now < guest.here.to)
            names.push_back(guest.name);
    names.insert(names.end(), always_there().rbegin(), always_there().rend());
    return names;
}

namespace {

Item item_of(const std::string& name) {
    Item item;
    item.id = name;
    item.title = name;
    item.link = "https://hat.example/" + name;
    return item;
}

} // namespace

class HatSource final : public Source {
public:
    explicit HatSource(Errands& world)
        : world_(world) {}

    asio::awaitable<Result<SourceYield>> poll(std::string cursor) override {
        const Instant begun = world_.time_.world();
        const Duration takes = world_.pace();
        const bool fails = world_.dice_.one_in(fails_once_in);
        co_await world_.time_.pass(takes);
        if (fails || world_.within(world_.away_))
            co_return world_.fails(begun, "the hat cannot be read");
        const std::vector<std::string> names = world_.in_the_hat();
        SourceYield yield;
        for (const std::string& name : names)
            yield.cursor += name + " ";
        if (names.empty()) {
            world_.trace_.say("world", "the hat is empty");
            world_.found_empty_.push_back(world_.time_.world());
        }
        yield.unchanged = !cursor.empty() && yield.cursor == cursor;
        if (!yield.unchanged)
            for (const std::string& name : names)
                yield.items.push_back(item_of(name));
        co_return yield;
    }

private:
    Errands& world_;
};

/// A command that is run for each occurrence.
class CommandSource final : public Source {
public:
    explicit CommandSource(Errands& world)
        : world_(world) {}

    asio::awaitable<Result<SourceYield>> poll(std::string) override {
        const Instant begun = world_.time_.world();
        const Duration takes = world_.pace();
        const bool fails = world_.dice_.one_in(fails_once_in);
        co_await world_.time_.pass(takes);
        if (fails)
            co_return world_.fails(begun, "the command fails");
        SourceYield yield;
        if (world_.within(world_.bare_)) {
            world_.trace_.say("world", "the command yields nothing");
            world_.found_empty_.push_back(world_.time_.world());
            co_return yield;
        }
        yield.items.push_back(item_of("yield" + std::to_string(++world_.yields_)));
        co_return yield;
    }

private:
    Errands& world_;
};

std::unique_ptr<Source> Errands::source(const SourceSettings& settings) {
    if (settings.on_demand)
        return std::make_unique<HatSource>(*this);
    return std::make_unique<CommandSource>(*this);
}

} // namespace crier::sim
