#include "bench/feed_polls.hpp"

#include "bench/daemon.hpp"
#include "bench/entries.hpp"
#include "bench/limits/client.hpp"
#include "bench/null_server.hpp"
#include "bench/peers/feed2exec.hpp"
#include "bench/peers/feed2toot.hpp"
#include "bench/report.hpp"
#include "programs/process.hpp"

#include <boost/json/parse.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace crier::bench {
namespace {

constexpr int poll_rounds = 5;
constexpr std::size_t peer_looks_at = 10; ///< of the newest: its default

/// A look is due again after a second and a twentieth.
constexpr std::chrono::milliseconds until_due{1100};

struct WholeRun {
    double milliseconds = 0;
    double peak = 0; ///< MiB
};

WholeRun run_to_end(std::vector<std::string> command, const test::Process::Environment& environment,
                    const test::TempDir& directory) {
    command.insert(command.begin(), {CRIER_BENCH_PROCESS, "--end"});
    const test::Finished finished = test::run_command(command, environment, directory.path());
    if (finished.code != 0)
        throw std::runtime_error(command.at(2) + ": " + finished.err);
    const auto said = boost::json::parse(finished.out);
    return {said.at("run_ms").to_number<double>(), said.at("peak_kb").to_number<double>() / 1024};
}

std::uint64_t shelf_count(std::uint16_t port, const char* field) {
    return boost::json::parse(get(port, "/shelf")).at(field).to_number<std::uint64_t>();
}

/// crier on one feed, which it has seen once.
class Once {
public:
    Once(std::uint16_t port, const std::string& kind)
        : port_(port) {
        test::write_file(
            directory_.file("crier.yaml"),
            accounts_yaml(1, port) + "sources:\n  feed: {plugin: feed, url: 'http://127.0.0.1:" +
                std::to_string(port) + "/" + kind +
                "/1000/feed', allow_private: true, poll: 1s, account: a0, post: {status: \"{{ title "
                "}} {{ link }}\"}}\n");
        (void)look();
    }

    WholeRun look() {
        std::this_thread::sleep_until(due_);
        const std::uint64_t before = shelf_count(port_, "looks");
        const WholeRun cost = run_to_end({CRIER, "run", "--once", "--config", directory_.file("crier.yaml")},
                                         {{"MASTODON_ACCESS_TOKEN", token}}, directory_);
        due_ = std::chrono::steady_clock::now() + until_due;
        if (shelf_count(port_, "looks") != before + 1)
            throw std::runtime_error("crier run --once did not look at its feed");
        return cost;
    }

private:
    test::TempDir directory_;
    std::uint16_t port_;
    std::chrono::steady_clock::time_point due_{};
};

struct PollRound {
    WholeRun peer;
    WholeRun other; ///< feed2exec, where it is installed
    WholeRun plain;
    WholeRun tagged;
};

/// A peer, and of what it takes crier is to take this share at most.
struct Against {
    const char* name;
    WholeRun PollRound::*side;
    std::optional<double> time;
    std::optional<double> memory;
};

/// The middle one of all rounds, held against the peer of the same round.
void print_middle(const std::string& name, const std::string& unit, const std::vector<PollRound>& list,
                  WholeRun PollRound::*side, double WholeRun::*figure, const Against& peer,
                  std::optional<double> target) {
    std::vector<double> values;
    std::vector<double> ratios;
    for (const PollRound& round : list) {
        values.push_back(round.*side.*figure);
        ratios.push_back(round.*side.*figure / (round.*peer.side.*figure));
    }
    print_ratio(name, unit, peer.name, std::move(values), std::move(ratios), target, false);
}

} // namespace

void feed_polls() {
    say("feed: 1,000 items and nothing new, five looks by feed2toot and feed2exec each, ten by crier run "
        "--once");
    const NullServer server;
    const std::string address = "http://127.0.0.1:" + std::to_string(server.port());
    const test::TempDir directory;
    const FeedToTootSetup peer{directory, address, address + "/plain/1000/feed", peer_looks_at, token};
    std::vector<std::string> first = peer.command();
    first.emplace_back("--populate-cache");
    (void)run_to_end(std::move(first), peer.environment(), directory);
    const FeedToExecSetup other{directory, address + "/plain/1000/other"};
    if (FeedToExecSetup::installed()) {
        first = other.command();
        first.emplace_back("--catchup");
        (void)run_to_end(std::move(first), other.environment(), directory);
    }
    Once plain{server.port(), "plain"};
    Once tagged{server.port(), "tagged"};
    std::vector<PollRound> list;
    for (int i = 0; i < poll_rounds; ++i) {
        PollRound round;
        round.peer = run_to_end(peer.command(), peer.environment(), directory);
        if (FeedToExecSetup::installed())
            round.other = run_to_end(other.command(), other.environment(), directory);
        round.plain = plain.look();
        round.tagged = tagged.look();
        list.push_back(round);
    }
    if (boost::json::parse(get(server.port(), "/stats")).at("statuses").to_number<std::size_t>() != 0)
        throw std::runtime_error("something was posted, though nothing was new");
    if (shelf_count(server.port(), "unchanged") != poll_rounds)
        throw std::runtime_error("not every look at the feed with an ETag was conditional");
    std::vector<Against> peers{{"feed2toot", &PollRound::peer, 1.0 / 40, 0.25}};
    if (FeedToExecSetup::installed())
        peers.push_back({"feed2exec", &PollRound::other, std::nullopt, std::nullopt});
    else
        print_unmeasured("feed: nothing new, 1,000 items, beside feed2exec", "feed2exec is not installed");
    for (const Against& one : peers)
        for (const auto& [side, kind] :
             {std::pair{&PollRound::plain, "no validators"}, std::pair{&PollRound::tagged, "an ETag"}}) {
            const std::string name = std::string{"feed: nothing new, 1,000 items, "} + kind;
            const std::string beside = one.time ? "" : std::string{", beside "} + one.name;
            print_middle(name + ", a whole run" + beside, "ms", list, side, &WholeRun::milliseconds, one,
                         one.time);
            print_middle(name + ", memory at its peak" + beside, "MiB", list, side, &WholeRun::peak, one,
                         one.memory);
        }
}

} // namespace crier::bench
