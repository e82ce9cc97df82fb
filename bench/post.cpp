// crier-bench-post: how fast the outbox is emptied, beside Mastodon.py and a bare client in the same minutes.

#include "bench/client.hpp"
#include "bench/null_server.hpp"
#include "bench/outbox_run.hpp"
#include "bench/report.hpp"
#include "programs/process.hpp"

#include <boost/json/parse.hpp>

#include <exception>
#include <stdexcept>
#include <string>
#include <sys/resource.h>
#include <vector>

using namespace crier::bench;
namespace test = crier::test;

namespace {

constexpr int rounds = 3;
constexpr std::size_t serial_posts = 2000;
constexpr std::size_t accounts = 1000;
constexpr std::size_t posts_each = 10;

/// Mastodon.py keeps its connection alive by itself.
constexpr const char* python = R"(import json, resource, sys, time
from mastodon import Mastodon
port, posts = int(sys.argv[1]), int(sys.argv[2])
api = Mastodon(access_token="0" * 43, api_base_url="http://127.0.0.1:%d" % port, version_check_mode="none")
api.status_post("the first one, which connects", idempotency_key="first")
def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
begun, used = time.monotonic(), cpu()
for number in range(posts):
    api.status_post("number %d of the benchmark" % number, visibility="public", language="en",
                    idempotency_key="bench %d" % number)
print(json.dumps({"seconds": time.monotonic() - begun, "cpu": cpu() - used}))
)";

Cost mastodon_py(const test::TempDir& directory, std::uint16_t port, std::size_t posts) {
    const std::string script = directory.file("peer.py");
    test::write_file(script, python);
    const test::Finished finished = test::run_command(
        {"/usr/bin/python3", script, std::to_string(port), std::to_string(posts)}, {}, directory.path());
    if (finished.code != 0)
        throw std::runtime_error("Mastodon.py: " + finished.err);
    const auto said = boost::json::parse(finished.out);
    Cost cost;
    cost.seconds = said.at("seconds").to_number<double>();
    cost.cpu = said.at("cpu").to_number<double>();
    cost.number = posts;
    return cost;
}

/// All that is measured in one round, one after the other.
struct Round {
    Cost peer;
    Cost bare;
    Cost commits;
    OutboxCost crier;
};

template <class Value>
double middle(const std::vector<Round>& list, Value value) {
    std::vector<double> values;
    for (const Round& round : list)
        values.push_back(value(round));
    return median(values);
}

std::string whole(double value) {
    return std::to_string(static_cast<long>(value));
}

/// "744/s at 820 us".
std::string both(const Cost& cost) {
    return whole(cost.rate()) + "/s at " + whole(cost.cpu_each() * 1e6) + " us";
}

void say_round(const std::string& name, int number, const Round& round) {
    const OutboxCost& crier = round.crier;
    say(name + ", " + std::to_string(number) + " of " + std::to_string(rounds) +
        " (posts a second, CPU each): Mastodon.py " + both(round.peer) + ", bare client " + both(round.bare) +
        ", bare commits " + both(round.commits) + ", crier " + both(crier.cost) + ", " +
        whole(100 * crier.cpu_kernel / crier.cost.cpu) + " % of it in the kernel, " + whole(crier.memory) +
        " MiB, filled at " + whole(crier.accepted) + "/s");
}

void serial(const test::TempDir& directory, std::uint16_t port) {
    std::vector<Round> list;
    for (int i = 1; i <= rounds; ++i) {
        Round round;
        round.peer = mastodon_py(directory, port, serial_posts);
        round.bare = bare_client(port, 1, serial_posts);
        const test::TempDir commits;
        round.commits = bare_commits(commits.path(), serial_posts);
        round.crier = outbox_run(port, 1, serial_posts);
        say_round("post, one account", i, round);
        list.push_back(round);
    }
    const auto rate = [](const Round& r) { return r.crier.cost.rate(); };
    const auto cpu = [](const Round& r) { return r.crier.cost.cpu_each() * 1e6; };
    print_ratio("post: one account, one commit a post", "posts/s", "Mastodon.py, nothing stored",
                middle(list, rate), middle(list, [&](const Round& r) { return rate(r) / r.peer.rate(); }),
                2.5, true);
    print_ratio(
        "post: one account, of what the machine can", "posts/s", "1 / (bare commit + bare round trip)",
        middle(list, rate),
        middle(list, [&](const Round& r) { return rate(r) * (1 / r.bare.rate() + 1 / r.commits.rate()); }),
        0.8, true);
    print_ratio("post: one account, CPU", "us/post", "Mastodon.py, nothing stored", middle(list, cpu),
                middle(list, [&](const Round& r) { return cpu(r) / (r.peer.cpu_each() * 1e6); }), 1.0 / 7,
                false);
}

void many(const test::TempDir& directory, std::uint16_t port) {
    std::vector<Round> list;
    for (int i = 1; i <= rounds; ++i) {
        Round round;
        round.peer = mastodon_py(directory, port, serial_posts);
        round.bare = bare_client(port, accounts, accounts * posts_each);
        const test::TempDir commits;
        round.commits = bare_commits(commits.path(), 500);
        round.crier = outbox_run(port, accounts, posts_each);
        say_round("post, 1,000 accounts", i, round);
        list.push_back(round);
    }
    const auto rate = [](const Round& r) { return r.crier.cost.rate(); };
    const auto cpu = [](const Round& r) { return r.crier.cost.cpu_each() * 1e6; };
    const std::string name = "post: 1,000 accounts, 4 rows written a post";
    print_ratio(name, "posts/s", "Mastodon.py, nothing stored", middle(list, rate),
                middle(list, [&](const Round& r) { return rate(r) / r.peer.rate(); }), 10, true);
    print_ratio(name, "posts/s", "bare Beast client, 1,000 connections, nothing stored", middle(list, rate),
                middle(list, [&](const Round& r) { return rate(r) / r.bare.rate(); }), 0.15, true);
    print_ratio(name + ", CPU", "us/post", "Mastodon.py, nothing stored", middle(list, cpu),
                middle(list, [&](const Round& r) { return cpu(r) / (r.peer.cpu_each() * 1e6); }), 0.1, false);
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
        const test::TempDir directory;
        const NullServer server;
        if (which != "many")
            serial(directory, server.port());
        if (which != "one")
            many(directory, server.port());
        return 0;
    } catch (const std::exception& error) {
        say(error.what());
        return 1;
    }
}
