#include "bench/entries.hpp"

#include <chrono>
#include <cstdio>

namespace crier::bench {
namespace {

std::string address(std::uint16_t port) {
    return "http://127.0.0.1:" + std::to_string(port);
}

} // namespace

unsigned distant_month() {
    using namespace std::chrono;
    const year_month_day today{floor<days>(system_clock::now())};
    return static_cast<unsigned>((year_month{today.year(), today.month()} + months{6}).month());
}

std::string accounts_yaml(std::size_t accounts, std::uint16_t port) {
    std::string text = "version: 1\naccounts:\n";
    for (std::size_t i = 0; i < accounts; ++i)
        text += "  a" + std::to_string(i) + ": {server: '" + address(port) +
                "', defaults: {visibility: public, language: en}}\n";
    return text + "fuse: {posts: 1000000, within: 1h, same_link: 1000000, same_text: 1000000}\n"
                  "store: crier.db\nadmin: {socket: crier.sock}\nlog: {level: warning, format: plain}\n";
}

std::string schedule_yaml(std::size_t entries) {
    const unsigned month = distant_month();
    std::string text = "schedule:\n";
    for (std::size_t i = 0; i < entries; ++i) {
        char entry[512];
        const int size =
            std::snprintf(entry, sizeof entry,
                          "  - name: entry-%06zu\n    account: a0\n    cron: \"%zu %zu * %u MON\"\n"
                          "    timezone: Europe/Berlin\n    missed: {policy: latest, within: 2h}\n    post:\n"
                          "      status: \"Entry %zu of the schedule: it is {{ now | date('%%A, %%-d %%B') "
                          "}}, good morning.\"\n",
                          i, i % 60, i / 60 % 24, month, i);
        text.append(entry, static_cast<std::size_t>(size));
    }
    return text;
}

std::string sources_yaml(std::size_t sources, std::uint16_t port) {
    std::string text = "sources:\n";
    for (std::size_t i = 0; i < sources; ++i)
        text += "  feed-" + std::to_string(i) + ": {plugin: feed, url: '" + address(port) +
                "/feed', allow_private: true, poll: 24h, account: a0, post: {status: \"{{ title }} {{ link "
                "}}\"}}\n";
    return text;
}

} // namespace crier::bench
