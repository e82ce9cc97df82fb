#include "simulation/every.hpp"

#include "simulation/world.hpp"

#include <cstdio>
#include <utility>

namespace crier::sim {

using namespace std::chrono_literals;

namespace {

constexpr FaultKind morning_faults[] = {FaultKind::lost_after, FaultKind::error_before,
                                        FaultKind::media_slow};

Fault death(std::size_t nth, Cut cut, Duration at) {
    Fault fault;
    fault.kind = FaultKind::kill;
    fault.at = at;
    fault.nth = nth;
    fault.cut = cut;
    fault.length = 7s;
    return fault;
}

class Deaths {
public:
    Deaths(const Settings& settings, RunOptions options)
        : settings_(settings)
        , options_(options) {}

    void morning(const Plan& plan);
    [[nodiscard]] EveryDeath result() { return std::move(result_); }

private:
    Outcome run(const Plan& plan) {
        ++result_.runs;
        return Simulation{plan, settings_, options_}.run();
    }

    const Settings& settings_;
    RunOptions options_;
    EveryDeath result_;
};

/// Until a death comes too late to happen.
void Deaths::morning(const Plan& plan) {
    std::fprintf(stderr, "simulate: %s with %s, %zu runs so far\n",
                 std::string{to_text(plan.manner.front())}.c_str(),
                 std::string{to_text(plan.faults.front().kind)}.c_str(), result_.runs);
    for (const Cut cut : {Cut::before_effect, Cut::before_reply, Cut::after_reply})
        for (std::size_t nth = 0;; ++nth) {
            Plan deadly = plan;
            deadly.faults.push_back(death(nth, cut, 0s));
            // The second one wanders over the first dozens of completions of the recovery.
            const std::size_t second = (nth * 7) % 40;
            deadly.faults.push_back(death(second, cut, 1us));
            const Outcome outcome = run(deadly);
            for (const std::string& wrong : outcome.wrong)
                result_.wrong.push_back(std::string{to_text(plan.manner.front())} + ", " +
                                        to_text(deadly.faults.front()) + ", " + to_text(deadly.faults[1]) +
                                        ", " + to_text(deadly.faults[2]) + ": " + wrong);
            if (outcome.lives < 2)
                break;
        }
}

} // namespace

EveryDeath die_everywhere(const Settings& settings, RunOptions options) {
    Deaths deaths{settings, options};
    for (std::size_t manner = 0; manner < manners; ++manner)
        for (const FaultKind fault : morning_faults)
            deaths.morning(make_small_plan(static_cast<Manner>(manner), fault));
    return deaths.result();
}

} // namespace crier::sim
