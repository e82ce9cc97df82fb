#include "bench/large.hpp"

#include "bench/apart.hpp"
#include "bench/daemon.hpp"
#include "bench/entries.hpp"
#include "bench/limits/client.hpp"
#include "bench/limits/yaml_events.hpp"
#include "bench/null_server.hpp"
#include "bench/report.hpp"
#include "config/load.hpp"

#include <boost/json/parse.hpp>

#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace crier::bench {
namespace {

constexpr int large_rounds = 3;
constexpr std::size_t some = 10'000;
constexpr std::size_t many = 100'000;
constexpr std::uint16_t nowhere = 9; ///< a port that nothing is sent to: nothing is due

struct Run {
    double start_ms = 0; ///< until it says that it is ready
    double memory = 0;   ///< MiB, after it has idled
};

/// So often, with a folder for what is parsed as under systemd; the middle start and the last memory.
Run run_daemon(const test::TempDir& directory, int times, int idle_seconds) {
    const std::string cache = directory.file("cache");
    std::filesystem::create_directory(cache);
    const test::Finished finished = test::run_command(
        {CRIER_BENCH_PROCESS, "--notify", std::to_string(times), std::to_string(idle_seconds), CRIER, "run",
         "--config", directory.file("crier.yaml")},
        {{"MASTODON_ACCESS_TOKEN", token}, {"CACHE_DIRECTORY", cache}}, directory.path());
    if (finished.code != 0)
        throw std::runtime_error(finished.err);
    const auto said = boost::json::parse(finished.out);
    return {said.at("start_ms").to_number<double>(), said.at("rss_kb").to_number<double>() / 1024};
}

Run run_without_store(const test::TempDir& directory) {
    for (const char* file : {"crier.db", "crier.db-wal", "crier.db-shm", "crier.db.lock"})
        std::filesystem::remove(directory.file(file));
    std::filesystem::remove_all(directory.file("cache"));
    return run_daemon(directory, 1, 0);
}

config::Loaded load(const test::TempDir& directory) {
    config::Loaded loaded = config::load(directory.file("crier.yaml"), {});
    if (!loaded.settings)
        throw std::runtime_error(config::format(loaded.problems.at(0)));
    return loaded;
}

/// What a person has written of them: names, rules, zones, texts.
double text_bytes(const Settings& settings) {
    std::size_t sum = 0;
    for (const EntrySettings& entry : settings.schedule)
        sum += entry.name.size() + std::get<schedule::Cron>(entry.when.rules.at(0)).text.size() +
               entry.targets.at(0).post->status.source().size();
    return static_cast<double>(sum);
}

constexpr const char* events_peer = "yaml-cpp, bare events";

void reading(const test::TempDir& directory, const std::string& text) {
    std::vector<double> ratios;
    std::vector<double> times;
    Apart own;
    Apart bare;
    for (int i = 0; i < large_rounds; ++i) {
        bare = apart([&] { yaml_events(text); });
        own = apart([&] { (void)load(directory); });
        times.push_back(own.seconds * 1000);
        ratios.push_back(own.seconds / bare.seconds);
    }
    const double time = median(times);
    const double peer = time / median(ratios);
    print_at_most("load: 10,000 entries", time, "ms", 1.3 * peer, events_peer, peer);
    print_at_most("load: 10,000 entries, memory at its peak", own.peak_mib, "MiB", 30, events_peer,
                  bare.peak_mib);
}

/// Returns the memory of a daemon with so many entries that idles, in MiB.
double starting(const test::TempDir& directory, const std::string& text, const std::string& entries) {
    say("large: " + entries + " entries, three starts without and three with a store");
    std::vector<double> ratios;
    std::vector<double> times;
    for (int i = 0; i < large_rounds; ++i) {
        const double bare = apart([&] { yaml_events(text); }).seconds * 1000;
        times.push_back(run_without_store(directory).start_ms);
        ratios.push_back(times.back() / bare);
    }
    const double time = median(times);
    const double peer = time / median(ratios);
    print_at_most("start: to ready, " + entries + " entries, no store yet", time, "ms", 1.5 * peer,
                  events_peer, peer);
    (void)run_daemon(directory, 1, 3); // all of it is in the store then
    const Run unchanged = run_daemon(directory, large_rounds, 3);
    print_at_most("start: to ready, " + entries + " entries, unchanged", unchanged.start_ms, "ms", 2000,
                  events_peer, peer);
    return unchanged.memory;
}

void with_feeds() {
    constexpr std::size_t feeds = 1000;
    say("large: 1,000 feeds, each looked at once, then idle");
    const NullServer server;
    const test::TempDir directory;
    test::write_file(directory.file("crier.yaml"), accounts_yaml(1, server.port()) + schedule_yaml(some) +
                                                       sources_yaml(feeds, server.port()));
    const Run run = run_daemon(directory, 1, 20);
    const auto looks = boost::json::parse(get(server.port(), "/stats")).at("feeds").to_number<std::size_t>();
    if (looks < feeds)
        throw std::runtime_error("only " + std::to_string(looks) + " feeds were looked at");
    print_at_most("idle: memory, 1,000 feeds and 10,000 entries", run.memory, "MiB", 60);
}

} // namespace

void large() {
    std::vector<double> memory;
    double texts = 0;
    for (const auto& [number, word] : {std::pair{some, "10,000"}, std::pair{many, "100,000"}}) {
        const test::TempDir directory;
        const std::string text = accounts_yaml(1, nowhere) + schedule_yaml(number);
        test::write_file(directory.file("crier.yaml"), text);
        if (number == some) {
            reading(directory, text);
            texts = text_bytes(*load(directory).settings) / static_cast<double>(some);
        }
        memory.push_back(starting(directory, text, word));
    }
    print_at_most("idle: memory, 100,000 entries", memory[1], "MiB", 250);
    const double each = (memory[1] - memory[0]) * 1024 * 1024 / static_cast<double>(many - some);
    print_at_most("idle: memory, an entry beside its text", each - texts, "bytes", 64, "its text", texts);
    with_feeds();
}

} // namespace crier::bench
