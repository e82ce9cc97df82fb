#include "simulation/campaign.hpp"

#include "simulation/world.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace crier::sim {

void Tally::add(std::uint64_t seed, const Outcome& outcome) {
    ++seeds;
    posts += outcome.posts;
    published += outcome.published;
    lives += outcome.lives;
    steps += outcome.steps;
    for (const auto& [manner, count] : outcome.posts_of)
        posts_of[manner] += count;
    for (const auto& [what, count] : outcome.held)
        held[what] += count;
    if (!outcome.wrong.empty())
        wrong.push_back(seed);
}

void Tally::add(const Tally& other) {
    seeds += other.seeds;
    posts += other.posts;
    published += other.published;
    lives += other.lives;
    steps += other.steps;
    for (const auto& [manner, count] : other.posts_of)
        posts_of[manner] += count;
    for (const auto& [what, count] : other.held)
        held[what] += count;
    wrong.insert(wrong.end(), other.wrong.begin(), other.wrong.end());
    std::sort(wrong.begin(), wrong.end());
}

namespace {

/// Every `jobs`-th seed from `first` + `job` on.
Tally run_share(const CampaignOptions& options, std::size_t job) {
    Settings settings = make_settings(options.picture);
    mutate(options.mutant, settings);
    RunOptions run;
    run.mutant = options.mutant;
    Tally tally;
    auto told = std::chrono::steady_clock::now();
    for (std::size_t i = job; i < options.seeds && tally.wrong.size() < options.give_up_after;
         i += options.jobs) {
        const std::uint64_t seed = options.first + i;
        tally.add(seed, Simulation{plan_of(options, seed), settings, run}.run());
        if (job == 0 && std::chrono::steady_clock::now() - told > std::chrono::seconds{10}) {
            told = std::chrono::steady_clock::now();
            std::fprintf(stderr, "simulate: %zu of %zu\n", i + 1, options.seeds);
        }
    }
    return tally;
}

void write_tally(std::FILE* out, const Tally& tally) {
    std::fprintf(out, "%zu %zu %zu %zu %llu %zu %zu %zu\n", tally.seeds, tally.posts, tally.published,
                 tally.lives, static_cast<unsigned long long>(tally.steps), tally.posts_of.size(),
                 tally.held.size(), tally.wrong.size());
    for (const auto& [manner, count] : tally.posts_of)
        std::fprintf(out, "%d %zu\n", static_cast<int>(manner), count);
    for (const auto& [what, count] : tally.held)
        std::fprintf(out, "%d %d %zu\n", static_cast<int>(what.first), static_cast<int>(what.second), count);
    for (const std::uint64_t seed : tally.wrong)
        std::fprintf(out, "%llu\n", static_cast<unsigned long long>(seed));
}

/// Nothing when the other process died before it was done.
bool read_tally(std::FILE* in, Tally& tally) {
    unsigned long long steps = 0;
    std::size_t kinds = 0;
    std::size_t held = 0;
    std::size_t wrong = 0;
    if (std::fscanf(in, "%zu %zu %zu %zu %llu %zu %zu %zu", &tally.seeds, &tally.posts, &tally.published,
                    &tally.lives, &steps, &kinds, &held, &wrong) != 8)
        return false;
    tally.steps = steps;
    int first = 0;
    int second = 0;
    std::size_t count = 0;
    for (; kinds > 0; --kinds)
        if (std::fscanf(in, "%d %zu", &first, &count) == 2)
            tally.posts_of[static_cast<Manner>(first)] = count;
    for (; held > 0; --held)
        if (std::fscanf(in, "%d %d %zu", &first, &second, &count) == 3)
            tally.held[{static_cast<Manner>(first), static_cast<ReasonCode>(second)}] = count;
    unsigned long long seed = 0;
    for (; wrong > 0; --wrong)
        if (std::fscanf(in, "%llu", &seed) == 1)
            tally.wrong.push_back(seed);
    return true;
}

} // namespace

Plan plan_of(const CampaignOptions& options, std::uint64_t seed) {
    Plan plan = options.reference ? make_reference_plan(seed) : make_plan(seed);
    plan.wire = plan.wire || options.wire;
    return plan;
}

/// Processes and not threads: a seed then is the same whatever runs beside it.
Tally run_campaign(const CampaignOptions& options) {
    if (options.jobs <= 1)
        return run_share(options, 0);
    std::vector<std::pair<pid_t, std::FILE*>> children;
    std::fflush(nullptr);
    for (std::size_t job = 0; job < options.jobs; ++job) {
        int ends[2];
        if (::pipe(ends) != 0)
            break;
        const pid_t child = ::fork();
        if (child == 0) {
            ::close(ends[0]);
            std::FILE* out = ::fdopen(ends[1], "w");
            write_tally(out, run_share(options, job));
            std::fclose(out);
            ::_exit(0);
        }
        ::close(ends[1]);
        children.emplace_back(child, ::fdopen(ends[0], "r"));
    }
    Tally all;
    for (const auto& [child, in] : children) {
        Tally part;
        const bool whole = read_tally(in, part);
        std::fclose(in);
        int status = 0;
        ::waitpid(child, &status, 0);
        if (!whole || status != 0) {
            std::fprintf(stderr, "simulate: a process of its own died (status %d): run with --jobs 1\n",
                         status);
            part.wrong.push_back(0);
        }
        all.add(part);
    }
    return all;
}

/// A quarter of the Mastodons and half of the others show their pages to nobody whom they do not know; where
/// a repeat is always answered 500, or never recognized, nothing else may be left to tell.
std::size_t held_bound(Manner manner) noexcept {
    switch (manner) {
    case Manner::replay_500:
        return 2500;
    case Manner::no_keys:
        return 10000;
    default:
        return 1000;
    }
}

} // namespace crier::sim
