#include "bench/feed_steady.hpp"

#include "bench/daemon.hpp"
#include "bench/entries.hpp"
#include "bench/limits/client.hpp"
#include "bench/null_server.hpp"
#include "bench/report.hpp"
#include "bench/usage.hpp"
#include "programs/process.hpp"

#include <boost/json/parse.hpp>

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <thread>

namespace crier::bench {
namespace {

constexpr std::size_t steady_feeds = 1000;
constexpr std::chrono::seconds settling{3}; ///< after the last first look
constexpr std::chrono::seconds steady{15};

/// Each a path of its own, of twenty items.
std::string feeds_yaml(std::uint16_t port) {
    std::string text = "sources:\n";
    for (std::size_t i = 0; i < steady_feeds; ++i)
        text +=
            "  feed-" + std::to_string(i) +
            ": {plugin: feed, url: 'http://127.0.0.1:" + std::to_string(port) + "/tagged/20/" +
            std::to_string(i) +
            "', allow_private: true, poll: 1s, account: a0, post: {status: \"{{ title }} {{ link }}\"}}\n";
    return text;
}

struct Shelf {
    double looks = 0;
    double unchanged = 0;
    double bodies = 0;
    double again_bytes = 0;
};

Shelf look_at_shelf(std::uint16_t port) {
    const auto said = boost::json::parse(get(port, "/shelf"));
    return {said.at("looks").to_number<double>(), said.at("unchanged").to_number<double>(),
            said.at("bodies").to_number<double>(), said.at("again_bytes").to_number<double>()};
}

} // namespace

void feed_steady() {
    say("feed: a thousand feeds, looked at each second for " + std::to_string(steady.count()) + " s");
    const NullServer server;
    const test::TempDir directory;
    Daemon daemon{directory, accounts_yaml(1, server.port()) + feeds_yaml(server.port())};
    const auto all_known = [&] {
        return look_at_shelf(server.port()).bodies >= static_cast<double>(steady_feeds);
    };
    if (!test::eventually(all_known, std::chrono::seconds{30}))
        throw std::runtime_error("not all feeds were looked at:\n" + daemon.process().output());
    std::this_thread::sleep_for(settling);
    const Spent before = spent(daemon.process().pid());
    const Shelf first = look_at_shelf(server.port());
    const auto begun = std::chrono::steady_clock::now();
    std::this_thread::sleep_for(steady);
    const Spent after = spent(daemon.process().pid());
    const Shelf last = look_at_shelf(server.port());
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    const double memory = resident(daemon.process().pid());
    daemon.stop();
    const double looks = last.unchanged - first.unchanged;
    if (looks == 0)
        throw std::runtime_error("no look was answered with 304");
    const double cpu = after.cpu - before.cpu;
    say("feed: " + std::to_string(static_cast<int>(100 * (after.kernel - before.kernel) / cpu)) +
        " % of the processor's time was the kernel's");
    const std::string name = "feed: 1,000 feeds, each 304";
    print_at_most(name + ", CPU", cpu / looks * 1e6, "us/look", 50);
    print_at_most(name + ", downloaded twice", last.again_bytes, "bytes", 0);
    print_at_most(name + ", memory", memory, "MiB", std::nullopt);
    Figure rate;
    rate.name = name + ", of 1,000 a second asked for";
    rate.unit = "looks/s";
    rate.value = looks / seconds;
    print(rate);
}

} // namespace crier::bench
