#include "bench/feed_parse.hpp"

#include "bench/bare_xml.hpp"
#include "bench/feed_text.hpp"
#include "bench/report.hpp"
#include "feed/plugin.hpp"
#include "programs/process.hpp"

#include <boost/json/parse.hpp>

#include <array>
#include <chrono>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace crier::bench {
namespace {

constexpr std::size_t parsed_items = 10'000;
constexpr int parse_rounds = 3;
constexpr int readings = 5; ///< of a round; feedparser takes as long for one as they together, and longer

/// Imports are not counted.
constexpr const char* parse_peer = R"(import json, sys, time
import feedparser
data = open(sys.argv[1], "rb").read()
begun = time.perf_counter()
entries = len(feedparser.parse(data).entries)
print(json.dumps({"seconds": time.perf_counter() - begun, "items": entries}))
)";

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

double feedparser(const std::string& feed) {
    const test::TempDir directory;
    test::write_file(directory.file("feed.xml"), feed);
    test::write_file(directory.file("peer.py"), parse_peer);
    const test::Finished finished = test::run_command(
        {"/usr/bin/python3", directory.file("peer.py"), directory.file("feed.xml")}, {}, directory.path());
    if (finished.code != 0)
        throw std::runtime_error("feedparser: " + finished.err);
    const auto said = boost::json::parse(finished.out);
    if (said.at("items").to_number<std::size_t>() != parsed_items)
        throw std::runtime_error("feedparser did not read all items");
    return said.at("seconds").to_number<double>();
}

void print_speed(const std::string& peer, double megabytes, double seconds, double peer_seconds,
                 double target) {
    Figure figure;
    figure.name = "feed: RSS to items, 10,000 items";
    figure.unit = "MB/s";
    figure.value = megabytes / seconds;
    figure.peer = peer;
    figure.peer_value = megabytes / peer_seconds;
    figure.target = target * megabytes / peer_seconds;
    print(figure);
}

} // namespace

void feed_parse() {
    const std::string feed = rss_feed(parsed_items);
    const double megabytes = static_cast<double>(feed.size()) / 1e6;
    say("feed: " + std::to_string(feed.size()) + " bytes of RSS, three rounds with feedparser");
    std::vector<double> own;
    std::vector<double> to_bare; // within a round: the machine changes from second to second
    std::vector<double> to_feedparser;
    for (int i = 0; i < parse_rounds; ++i) {
        std::vector<double> mine;
        for (int j = 0; j < readings; ++j) {
            const double bare = timed([&] { return bare_xml_elements(feed, "item"); });
            mine.push_back(timed([&] { return plugin_items(feed); }));
            to_bare.push_back(mine.back() / bare);
        }
        to_feedparser.push_back(median(mine) / feedparser(feed));
        own.insert(own.end(), mine.begin(), mine.end());
    }
    const double seconds = median(own);
    print_speed("feedparser", megabytes, seconds, seconds / median(to_feedparser), 50);
    print_speed("libxml2, bare push parsing with recovery", megabytes, seconds, seconds / median(to_bare),
                0.25);
}

} // namespace crier::bench
