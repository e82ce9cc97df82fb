#include "bench/rounds.hpp"

#include "bench/report.hpp"

namespace crier::bench {
namespace {

std::string whole(double value) {
    return std::to_string(static_cast<long>(value));
}

std::string both(const Cost& cost) {
    return whole(cost.rate()) + "/s at " + whole(cost.cpu_each() * 1e6) + " us";
}

/// All of one round on standard error.
void say_round(const std::string& name, std::size_t number, const Round& round) {
    const OutboxCost& crier = round.crier;
    std::string peers = round.peer ? "Mastodon.py " + both(*round.peer) + ", " : "";
    peers += round.masto ? "masto " + both(*round.masto) + ", " : "";
    say(name + ", round " + std::to_string(number) + " (posts a second, CPU each): " + peers +
        "bare client " + both(round.bare) + ", bare commits " + both(round.commits) + ", crier " +
        both(crier.cost) + ", " + whole(100 * crier.cpu_kernel / crier.cost.cpu) +
        " % of it in the kernel, " + whole(crier.memory) + " MiB, filled at " + whole(crier.accepted) + "/s");
}

struct Held {
    std::vector<double> values;
    std::vector<double> ratios;
};

Held hold(const std::vector<Round>& rounds, const OfRound& own, const OfRound& other) {
    Held held;
    for (const Round& round : rounds) {
        held.values.push_back(own(round));
        held.ratios.push_back(own(round) / other(round));
    }
    return held;
}

} // namespace

Cost cost_of(const boost::json::value& said, std::size_t number) {
    Cost cost;
    cost.seconds = said.at("seconds").to_number<double>();
    cost.cpu = said.at("cpu").to_number<double>();
    cost.number = number;
    return cost;
}

std::vector<Round> quiet_rounds(const std::string& name, std::size_t wanted,
                                const std::function<Round()>& measure) {
    constexpr double quiet = 2000; ///< commits a second
    std::vector<Round> all;
    std::vector<Round> on_quiet;
    while (on_quiet.size() < wanted && all.size() < wanted + 2) {
        all.push_back(measure());
        say_round(name, all.size(), all.back());
        if (all.back().commits.rate() >= quiet)
            on_quiet.push_back(all.back());
    }
    if (on_quiet.size() == wanted)
        return on_quiet;
    say(name + ": the disk was busy in most rounds; all of them count");
    return all;
}

void print_commits(const std::string& name, const std::vector<Round>& rounds) {
    Figure figure;
    figure.name = name + ", bare commits meanwhile";
    figure.unit = "commits/s";
    for (const Round& round : rounds)
        figure.values.push_back(round.commits.rate());
    figure.value = median(figure.values);
    print(figure);
}

void print_rates(const std::string& name, const std::string& peer, const std::vector<Round>& rounds,
                 const OfRound& other, std::optional<double> target) {
    Held held = hold(
        rounds, [](const Round& round) { return round.crier.cost.rate(); }, other);
    print_ratio(name, "posts/s", peer, std::move(held.values), std::move(held.ratios), target, true);
}

void print_cpu(const std::string& name, const std::string& peer, const std::vector<Round>& rounds,
               const OfRound& other, std::optional<double> target) {
    Held held = hold(
        rounds, [](const Round& round) { return round.crier.cost.cpu_each() * 1e6; },
        [&](const Round& round) { return other(round) * 1e6; });
    print_ratio(name, "us/post", peer, std::move(held.values), std::move(held.ratios), target, false);
}

} // namespace crier::bench
