// crier's engine in a simulated world, from seeds: scripts/simulate says how to use it.

#include "simulation/campaign.hpp"
#include "simulation/every.hpp"
#include "simulation/several.hpp"
#include "simulation/shrink.hpp"
#include "simulation/world.hpp"
#include "support/temporary.hpp"

#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdio>
#include <string>
#include <sys/resource.h>
#include <vector>

namespace {

using namespace crier;
using namespace crier::sim;

void print_plan(const Plan& plan) {
    std::printf("seed %llu, servers", static_cast<unsigned long long>(plan.seed));
    for (const Manner manner : plan.manner)
        std::printf(" %s", std::string{to_text(manner)}.c_str());
    std::printf("%s, %zu faults\n", plan.one_server ? " (one)" : "", plan.faults.size());
    for (const Fault& fault : plan.faults)
        std::printf("  %s\n", to_text(fault).c_str());
}

/// One seed in full: its plan, and where it goes wrong, the shortest plan that still does, with all that
/// happened.
int show(std::uint64_t seed, const CampaignOptions& campaign, Mutant mutant, bool always_trace) {
    Settings settings = make_settings(campaign.picture);
    mutate(mutant, settings);
    RunOptions options;
    options.mutant = mutant;
    Plan plan = plan_of(campaign, seed);
    print_plan(plan);
    Outcome outcome = Simulation{plan, settings, options}.run();
    if (!outcome.wrong.empty()) {
        plan = shrink(plan, settings, options);
        std::printf("goes wrong; with as few faults as that takes:\n");
        print_plan(plan);
    }
    if (!outcome.wrong.empty() || always_trace) {
        options.trace = true;
        outcome = Simulation{plan, settings, options}.run();
        for (const std::string& line : outcome.trace)
            std::printf("%s\n", line.c_str());
    }
    for (const std::string& wrong : outcome.wrong)
        std::printf("WRONG: %s\n", wrong.c_str());
    std::printf("%zu posts, %zu published, %zu lives, %llu steps: %s\n", outcome.posts, outcome.published,
                outcome.lives, static_cast<unsigned long long>(outcome.steps),
                outcome.wrong.empty() ? "good" : "wrong");
    return outcome.wrong.empty() ? 0 : 1;
}

/// Of this process and those that it has waited for: what other programs take of the machine is not in it.
double cpu_seconds() {
    double seconds = 0;
    for (const auto who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
        rusage use{};
        ::getrusage(who, &use);
        for (const timeval& time : {use.ru_utime, use.ru_stime})
            seconds += static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    }
    return seconds;
}

int campaign(const CampaignOptions& options) {
    const auto begun = std::chrono::steady_clock::now();
    const double cpu_before = cpu_seconds();
    const Tally tally = run_campaign(options);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    const double cpu = cpu_seconds() - cpu_before;
    const double days =
        static_cast<double>(tally.seeds) * static_cast<double>(run_length / std::chrono::hours{24});
    std::printf("%zu seeds in %.1f s on %zu processes: %.0f simulated days a minute of one core's time, %.0f "
                "steps a second\n",
                tally.seeds, seconds, options.jobs, 60 * days / cpu, static_cast<double>(tally.steps) / cpu);
    std::printf("%zu posts, %zu published, %zu lives of the daemon\n", tally.posts, tally.published,
                tally.lives);
    bool good = tally.wrong.empty();
    for (const auto& [what, count] : tally.held) {
        const std::size_t of = tally.posts_of.at(what.first);
        const double rate = 1e6 * static_cast<double>(count) / static_cast<double>(of);
        const bool counts =
            what.second == ReasonCode::no_evidence || what.second == ReasonCode::two_candidates;
        const bool over = counts && of > 100000 && rate > static_cast<double>(held_bound(what.first));
        std::printf("held on %-13s %-17s %6zu, %.0f in a million%s\n",
                    std::string{to_text(what.first)}.c_str(), std::string{to_text(what.second)}.c_str(),
                    count, rate, over ? ": OVER THE BOUND" : "");
        good = good && !over;
    }
    for (const std::uint64_t seed : tally.wrong)
        std::printf("WRONG: seed %llu; `scripts/simulate --seed %llu` shows it\n",
                    static_cast<unsigned long long>(seed), static_cast<unsigned long long>(seed));
    return good ? 0 : 1;
}

/// Each broken engine must be told from the good one within so many seeds.
int mutants(const std::string& wanted, CampaignOptions options) {
    int missed = 0;
    for (std::size_t i = 1; i < mutant_count; ++i) {
        options.mutant = static_cast<Mutant>(i);
        if (wanted != "all" && wanted != to_text(options.mutant))
            continue;
        options.give_up_after = 1;
        options.jobs = 1;
        Tally tally = run_campaign(options);
        // It is the broken engine that is caught, and not the good one.
        if (!tally.wrong.empty() &&
            !Simulation{plan_of(options, tally.wrong.front()), make_settings(options.picture), RunOptions{}}
                 .run()
                 .wrong.empty())
            tally.wrong.clear();
        std::printf("%-15s %s", std::string{to_text(options.mutant)}.c_str(),
                    tally.wrong.empty() ? "NOT CAUGHT" : "caught");
        if (tally.wrong.empty()) {
            ++missed;
            std::printf(" in %zu seeds\n", tally.seeds);
        } else {
            std::printf(" by seed %llu\n", static_cast<unsigned long long>(tally.wrong.front()));
        }
    }
    return missed == 0 ? 0 : 1;
}

/// A morning with each of a few faults, with every death that there is.
int every(const std::string& picture) {
    const Settings settings = make_settings(picture);
    const EveryDeath deaths = die_everywhere(settings, RunOptions{});
    std::printf("%zu runs, each with a death at another completion, and one in its recovery: %s\n",
                deaths.runs, deaths.wrong.empty() ? "good" : "wrong");
    for (std::size_t i = 0; i < deaths.wrong.size() && i < 20; ++i)
        std::printf("WRONG: %s\n", deaths.wrong[i].c_str());
    return deaths.wrong.empty() ? 0 : 1;
}

/// Three daemons on one database.
int several(const CampaignOptions& options) {
    SeveralOutcome all;
    const double cpu_before = cpu_seconds();
    std::vector<std::uint64_t> wrong;
    for (std::uint64_t seed = options.first; seed < options.first + options.seeds; ++seed) {
        const SeveralOutcome one = run_several(seed, SharedMutant::none, false);
        all.add(one);
        if (!one.wrong.empty())
            wrong.push_back(seed);
    }
    const double cpu = cpu_seconds() - cpu_before;
    std::printf("%zu seeds of three daemons in %.1f s of one core's time\n", options.seeds, cpu);
    std::printf("%zu posts, %zu published, %zu held, %zu lives, %zu late writes refused\n", all.posts,
                all.published, all.held, all.lives, all.fenced);
    for (const std::uint64_t seed : wrong)
        std::printf("WRONG: seed %llu; `scripts/simulate --several --seed %llu` shows it\n",
                    static_cast<unsigned long long>(seed), static_cast<unsigned long long>(seed));
    return wrong.empty() ? 0 : 1;
}

int show_several(std::uint64_t seed, bool trace) {
    const SeveralOutcome one = run_several(seed, SharedMutant::none, true);
    if (trace || !one.wrong.empty())
        for (const std::string& line : one.trace)
            std::printf("%s\n", line.c_str());
    for (const std::string& wrong : one.wrong)
        std::printf("WRONG: %s\n", wrong.c_str());
    std::printf("%zu posts, %zu published, %zu held, %zu lives, %llu steps: %s\n", one.posts, one.published,
                one.held, one.lives, static_cast<unsigned long long>(one.steps),
                one.wrong.empty() ? "good" : "wrong");
    return one.wrong.empty() ? 0 : 1;
}

/// Each is to be told from what is right within so many seeds.
int several_mutants(const CampaignOptions& options) {
    int missed = 0;
    for (std::size_t i = 1; i < shared_mutants; ++i) {
        const auto mutant = static_cast<SharedMutant>(i);
        std::uint64_t seed = options.first;
        while (seed < options.first + options.seeds &&
               (run_several(seed, mutant, false).wrong.empty() ||
                !run_several(seed, SharedMutant::none, false).wrong.empty()))
            ++seed;
        const bool caught = seed < options.first + options.seeds;
        std::printf("%-15s %s seed %llu\n", std::string{to_text(mutant)}.c_str(),
                    caught ? "caught by" : "NOT CAUGHT before", static_cast<unsigned long long>(seed));
        missed += caught ? 0 : 1;
    }
    return missed == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app{"crier's engine in a simulated world"};
    CampaignOptions options;
    std::uint64_t seed = 0;
    std::string mutant;
    bool trace = false;
    bool three = false;
    app.add_flag("--several", three, "three daemons on one database");
    app.add_option("--seeds", options.seeds, "so many, from --first on")->capture_default_str();
    app.add_option("--first", options.first, "the first seed")->capture_default_str();
    app.add_option("--jobs", options.jobs, "processes")->capture_default_str()->check(CLI::Range(1, 256));
    const auto* one = app.add_option("--seed", seed, "this one alone, with its plan");
    app.add_flag("--trace", trace, "with --seed: all that happened, also where all is well");
    app.add_option(
        "--mutant", mutant,
        "a deliberately broken engine, or `all`: must be caught within --seeds (200 when not given)");
    app.add_flag("--wire", options.wire, "all through mastodon/ and exact HTTP, not one in fifty");
    app.add_flag("--reference", options.reference,
                 "the world that its speed is measured in: two plain faults in two days");
    bool all_deaths = false;
    app.add_flag("--every", all_deaths, "small plans, ended at every completion in every way");
    CLI11_PARSE(app, argc, argv);
    if (!mutant.empty() && mutant != "all" && !parse_mutant(mutant)) {
        std::fprintf(stderr, "simulate: there is no mutant %s\n", mutant.c_str());
        return 2;
    }
    if (three) {
        if (one->count() > 0)
            return show_several(seed, trace);
        return mutant.empty() ? several(options) : several_mutants(options);
    }
    const test::TemporaryDirectory folder;
    options.picture = folder.file("one.png", "no picture, and nobody looks");
    if (all_deaths)
        return every(options.picture);
    if (one->count() > 0)
        return show(seed, options,
                    mutant.empty() ? Mutant::none : parse_mutant(mutant).value_or(Mutant::none), trace);
    if (mutant.empty())
        return campaign(options);
    if (app.count("--seeds") == 0)
        options.seeds = 200;
    return mutants(mutant, options);
}
