#include "bench/rounds.hpp"

#include "bench/report.hpp"

namespace crier::bench {
namespace {

std::string whole(double value) {
    return std::to_string(static_cast<long>(value));
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

std::string both(const Cost& cost) {
    return whole(cost.rate()) + "/s at " + whole(cost.cpu_each() * 1e6) + " us";
}

void say_round(const std::string& name, std::size_t number, std::size_t of, const Round& round) {
    const OutboxCost& crier = round.crier;
    std::string peers = round.peer ? "Mastodon.py " + both(*round.peer) + ", " : "";
    peers += round.masto ? "masto " + both(*round.masto) + ", " : "";
    say(name + ", " + std::to_string(number) + " of " + std::to_string(of) + " (posts a second, CPU each): " +
        peers + "bare client " + both(round.bare) + ", bare commits " + both(round.commits) + ", crier " +
        both(crier.cost) + ", " + whole(100 * crier.cpu_kernel / crier.cost.cpu) +
        " % of it in the kernel, " + whole(crier.memory) + " MiB, filled at " + whole(crier.accepted) + "/s");
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
