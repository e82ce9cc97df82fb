#include "bench/lateness.hpp"

#include "bench/daemon.hpp"
#include "bench/entries.hpp"
#include "bench/limits/client.hpp"
#include "bench/null_server.hpp"
#include "bench/report.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace crier::bench {
namespace {

using namespace std::chrono_literals;
using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr std::size_t distant_entries = 100'000; ///< that are not due
constexpr std::size_t accounts_each = 200;       ///< that post alone, and as many that post ten at a time
constexpr milliseconds turn = 20s;               ///< of accounts_each account's entry: the first one connects
constexpr milliseconds watched_for = 30s;
constexpr std::size_t measured_commits = 100;

/// Alone: between the seconds, a tenth of one from the next. Ten at a time: on the seconds.
milliseconds offset(bool alone, std::size_t number) {
    return alone ? number * (turn / accounts_each) + turn / accounts_each / 2
                 : number % (turn / 1s) * milliseconds{1s};
}

std::string configuration(std::uint16_t port) {
    std::string text = accounts_yaml(2 * accounts_each, port) + schedule_yaml(distant_entries);
    const auto milli = [](milliseconds time) { return std::to_string(time.count()) + "ms"; };
    for (std::size_t i = 0; i < 2 * accounts_each; ++i) {
        const bool alone = i < accounts_each;
        const std::string number = std::to_string(i);
        text.append("  - {name: due-").append(number).append(", account: a").append(number);
        text.append(", every: ").append(milli(turn));
        text.append(", offset: ").append(milli(offset(alone, i % accounts_each)));
        text.append(", post: {status: \"").append(alone ? "alone " : "ten ");
        text.append(std::to_string(i % accounts_each)).append(" {{ counter }}\"}}\n");
    }
    return text;
}

struct Late {
    std::vector<double> alone; ///< milliseconds, ascending
    std::vector<double> ten;
};

Late read_arrivals(const std::string& text) {
    Late late;
    const boost::json::value arrivals = boost::json::parse(text);
    for (const boost::json::value& arrival : arrivals.as_array()) {
        std::istringstream status{std::string{arrival.at("status").at("status").as_string()}};
        std::string kind;
        std::size_t number = 0;
        status >> kind >> number;
        const bool alone = kind == "alone";
        const microseconds at{arrival.at("at").as_int64()};
        const microseconds after = (at - offset(alone, number)) % microseconds{turn};
        (alone ? late.alone : late.ten).push_back(static_cast<double>(after.count()) / 1000);
    }
    for (std::vector<double>* list : {&late.alone, &late.ten}) {
        std::sort(list->begin(), list->end());
        // What came in between two looks at its ends is not in it.
        const auto least = static_cast<std::size_t>(accounts_each * watched_for / turn) - 20;
        if (list->size() < least)
            throw std::runtime_error("only " + std::to_string(list->size()) + " of " + std::to_string(least) +
                                     " posts came");
    }
    return late;
}

double commit_milliseconds() {
    const test::TempDir directory;
    return 1000 / bare_commits(directory.path(), measured_commits, 20ms).rate();
}

constexpr const char* commit_peer = "one bare commit";

double quantile(const std::vector<double>& ascending, double share) {
    return ascending[static_cast<std::size_t>(share * static_cast<double>(ascending.size() - 1))];
}

/// Posts of one kind, and the commit that was measured meanwhile.
struct Lateness {
    std::string name;
    const std::vector<double>& ascending;
    double commit = 0;

    /// That of this share of the posts, with the whole curve.
    void print(double share, std::optional<double> most) const {
        Figure figure;
        figure.name = name + "p" + std::to_string(std::lround(100 * share));
        figure.value = quantile(ascending, share);
        figure.unit = "ms";
        figure.peer = commit_peer;
        figure.peer_value = commit;
        figure.target = most;
        figure.at_least = false;
        for (const double each : {0.0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 1.0})
            figure.curve.emplace_back(each, quantile(ascending, each));
        crier::bench::print(figure);
    }
};

} // namespace

void lateness() {
    say("lateness: 100,000 entries and 400 that are due, for a minute");
    const NullServer server;
    const test::TempDir directory;
    Daemon daemon{directory, configuration(server.port())};
    std::this_thread::sleep_for(turn);
    double commit = commit_milliseconds();
    std::this_thread::sleep_for(2s); // what that has kept waiting
    (void)get(server.port(), "/watch");
    std::this_thread::sleep_for(watched_for);
    const Late late = read_arrivals(get(server.port(), "/arrivals"));
    commit = (commit + commit_milliseconds()) / 2;
    daemon.stop();
    const Lateness one{"lateness: one at a time, ", late.alone, commit};
    one.print(0.5, 1 + commit);
    one.print(0.99, 10 + commit);
    const Lateness ten{"lateness: ten at the same second, ", late.ten, commit};
    ten.print(0.5, std::nullopt);
    ten.print(0.99, std::nullopt);
}

} // namespace crier::bench
