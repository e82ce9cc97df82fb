// crier-bench-post [one|many]: how fast the outbox is emptied, beside Mastodon.py, masto and a bare client in
// the same minutes.

#include "bench/limits/client.hpp"
#include "bench/null_server.hpp"
#include "bench/outbox_run.hpp"
#include "bench/peers/program.hpp"
#include "bench/report.hpp"
#include "bench/rounds.hpp"
#include "programs/process.hpp"

#include <algorithm>
#include <exception>
#include <string>
#include <sys/resource.h>
#include <vector>

using namespace crier::bench;
namespace test = crier::test;

namespace {

constexpr std::size_t rounds = 3;
constexpr std::size_t serial_posts = 2000;
constexpr std::size_t accounts = 1000;
constexpr std::size_t posts_each = 10;

constexpr const char* nothing_stored = "Mastodon.py, nothing stored";

std::vector<std::string> arguments(std::uint16_t port) {
    return {std::to_string(port), std::to_string(serial_posts)};
}

Cost mastodon_py(std::uint16_t port) {
    return cost_of(run_peer("mastodon_post.py", arguments(port)), serial_posts);
}

/// All of one account, by one client that waits for each answer.
void serial(std::uint16_t port) {
    std::string no_masto;
    const auto measure = [&] {
        Round round;
        round.peer = mastodon_py(port);
        try {
            round.masto = cost_of(run_peer("masto_post.cjs", arguments(port)), serial_posts);
        } catch (const PeerMissing& missing) {
            no_masto = missing.what();
        }
        round.bare = bare_client(port, 1, serial_posts);
        const test::TempDir commits;
        round.commits = bare_commits(commits.path(), serial_posts);
        round.crier = outbox_run(port, 1, serial_posts);
        return round;
    };
    const std::vector<Round> list = quiet_rounds("post, one account", rounds, measure);
    const std::string name = "post: one account";
    print_commits(name, list);
    print_rates(
        name + ", one commit a post", nothing_stored, list, [](const Round& r) { return r.peer->rate(); },
        2.5);
    print_rates(
        name + ", of what the machine can", "1 / (bare commit + bare round trip)", list,
        [](const Round& r) { return 1 / (1 / r.bare.rate() + 1 / r.commits.rate()); }, 0.8);
    print_cpu(
        name + ", CPU", nothing_stored, list, [](const Round& r) { return r.peer->cpu_each(); }, 1.0 / 7);
    print_cpu(
        name + ", CPU, of what the machine can", "bare commit and bare round trip", list,
        [](const Round& r) { return r.bare.cpu_each() + r.commits.cpu_each(); }, std::nullopt);
    if (!no_masto.empty()) {
        print_unmeasured(name + ", beside masto", no_masto);
        return;
    }
    print_rates(
        name + ", beside masto", "masto on node, nothing stored", list,
        [](const Round& r) { return r.masto->rate(); }, std::nullopt);
    print_cpu(
        name + ", beside masto, CPU", "masto on node, nothing stored", list,
        [](const Round& r) { return r.masto->cpu_each(); }, std::nullopt);
}

void many(std::uint16_t port) {
    const auto measure = [&] {
        Round round;
        round.peer = mastodon_py(port);
        round.bare = bare_client(port, accounts, accounts * posts_each);
        const test::TempDir commits;
        round.commits = bare_commits(commits.path(), 500);
        round.crier = outbox_run(port, accounts, posts_each);
        return round;
    };
    const std::vector<Round> list = quiet_rounds("post, 1,000 accounts", rounds, measure);
    const std::string name = "post: 1,000 accounts, 4 rows written a post";
    print_commits(name, list);
    print_rates(
        name, nothing_stored, list, [](const Round& r) { return r.peer->rate(); }, 10);
    print_rates(
        name + ", of a bare client", "bare Beast client, 1,000 connections, nothing stored", list,
        [](const Round& r) { return r.bare.rate(); }, 0.15);
    print_cpu(
        name + ", CPU", nothing_stored, list, [](const Round& r) { return r.peer->cpu_each(); }, 0.1);
}

/// A thousand connections on each side, and some.
void allow_descriptors() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 8192);
        (void)::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

} // namespace

int main(int argc, char** argv) {
    const std::string which = argc > 1 ? argv[1] : "";
    try {
        allow_descriptors();
        const NullServer server;
        if (which != "many")
            serial(server.port());
        if (which != "one")
            many(server.port());
        return 0;
    } catch (const std::exception& error) {
        say(error.what());
        return 1;
    }
}
