#include "bench/feed_parse.hpp"

#include "bench/feed_text.hpp"
#include "bench/limits/bare_xml.hpp"
#include "bench/peers/program.hpp"
#include "bench/report.hpp"
#include "feed/plugin.hpp"
#include "programs/process.hpp"

#include <boost/json/value.hpp>

#include <array>
#include <chrono>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace crier::bench {
namespace {

constexpr std::size_t parsed_items = 10'000;
constexpr int parse_rounds = 3;
constexpr int readings = 5; ///< of a round; feedparser takes as long for one as they together, and longer

crier_text text_of(const std::string& text) {
    return {text.data(), text.size()};
}

/// Through the C table, as the host does it; how many items the sink was given.
std::size_t plugin_items(const std::string& feed) {
    const crier_plugin& table = feed::table();
    std::array<char, 256> error{};
    void* instance = table.open(nullptr, 0, error.data(), error.size());
    if (instance == nullptr)
        throw std::runtime_error(error.data());
    std::size_t number = 0;
    crier_sink sink{};
    sink.size = sizeof sink;
    sink.host = &number;
    sink.item = [](void* host, const crier_item*) {
        ++*static_cast<std::size_t*>(host);
        return 1;
    };
    sink.warning = [](void*, crier_text) {};
    sink.wait = [](void*, int64_t) {};
    sink.cursor = [](void*, crier_text) {};
    sink.fetch = [](void*, crier_text) { return 1; };
    const std::string type = "application/rss+xml";
    const std::string url = "https://news.example.org/feed.xml";
    crier_input input{};
    input.size = sizeof input;
    input.bytes = text_of(feed);
    input.content_type = text_of(type);
    input.base_url = text_of(url);
    input.asked = text_of(url);
    input.now = CRIER_NO_TIME;
    const int failed = table.parse(instance, &input, &sink, error.data(), error.size());
    table.close(instance);
    if (failed != 0)
        throw std::runtime_error(error.data());
    return number;
}

/// Seconds, of a reading that must find all items.
double timed(const std::function<std::size_t()>& read) {
    const auto begun = std::chrono::steady_clock::now();
    const std::size_t found = read();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    if (found != parsed_items)
        throw std::runtime_error("of " + std::to_string(parsed_items) + " items " + std::to_string(found) +
                                 " were read");
    return seconds;
}

/// Seconds of a peer's reading.
double peer_reading(const std::string& script, const std::string& feed) {
    const test::TempDir directory;
    test::write_file(directory.file("feed.xml"), feed);
    const auto said = run_peer(script, {directory.file("feed.xml")});
    if (said.at("items").to_number<std::size_t>() != parsed_items)
        throw std::runtime_error(script + " did not read all items");
    return said.at("seconds").to_number<double>();
}

/// What a peer took, in seconds, over what crier took in the same round: how many times as fast crier is.
struct Speeds {
    std::vector<double> own; ///< MB/s
    std::vector<double> ratios;
};

void print_speeds(const std::string& beside, const std::string& peer, Speeds speeds,
                  std::optional<double> target) {
    print_ratio("feed: RSS to items, 10,000 items" + beside, "MB/s", peer, std::move(speeds.own),
                std::move(speeds.ratios), target, true);
}

} // namespace

void feed_parse() {
    const std::string feed = rss_feed(parsed_items);
    const double megabytes = static_cast<double>(feed.size()) / 1e6;
    say("feed: " + std::to_string(feed.size()) +
        " bytes of RSS, three rounds with feedparser and rss-parser");
    Speeds bare; // within a round: the machine changes from second to second
    Speeds python;
    Speeds node;
    std::string no_node;
    for (int i = 0; i < parse_rounds; ++i) {
        std::vector<double> mine;
        for (int j = 0; j < readings; ++j) {
            const double limit = timed([&] { return bare_xml_elements(feed, "item"); });
            mine.push_back(timed([&] { return plugin_items(feed); }));
            bare.own.push_back(megabytes / mine.back());
            bare.ratios.push_back(limit / mine.back());
        }
        python.own.push_back(megabytes / median(mine));
        python.ratios.push_back(peer_reading("feedparser_read.py", feed) / median(mine));
        try {
            node.ratios.push_back(peer_reading("rss_parser_read.cjs", feed) / median(mine));
            node.own.push_back(megabytes / median(mine));
        } catch (const PeerMissing& missing) {
            no_node = missing.what();
        }
    }
    print_speeds("", "feedparser", std::move(python), 50);
    print_speeds(", of bare libxml2", "libxml2, bare push parsing with recovery", std::move(bare), 0.25);
    if (no_node.empty())
        print_speeds(", beside rss-parser", "rss-parser on node", std::move(node), std::nullopt);
    else
        print_unmeasured("feed: RSS to items, 10,000 items, beside rss-parser", no_node);
}

} // namespace crier::bench
