#include "bench/entries.hpp"
#include "bench/world.hpp"
#include "core/digest.hpp"
#include "programs/process.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <functional>

namespace crier::bench {
namespace {

constexpr std::size_t lines_a_file = 1000;

std::string place(const World& world, std::size_t number) {
    return "http://127.0.0.1:" + std::to_string(world.port + number % world.servers);
}

std::string account(const World& world, std::size_t number) {
    return "  a" + std::to_string(number) + ": {server: '" + place(world, number) +
           "', token: {file: ../tokens/a" + std::to_string(number) +
           "}, defaults: {visibility: public, language: en}}\n";
}

std::string feed(const World& world, std::size_t number) {
    return "  feed-" + std::to_string(number) + ": {plugin: feed, url: '" + place(world, number) +
           "/feed', allow_private: true, poll: " + world.poll + ", account: a" +
           std::to_string(number % world.accounts) + ", post: {status: \"{{ title }} {{ link }}\"}}\n";
}

std::string entry(const World& world, std::size_t number) {
    const unsigned month = distant_month();
    char text[512];
    const int size =
        std::snprintf(text, sizeof text,
                      "  - name: entry-%06zu\n    account: a%zu\n    cron: \"%zu %zu * %u MON\"\n"
                      "    timezone: Europe/Berlin\n    missed: {policy: latest, within: 2h}\n    post:\n"
                      "      status: \"Entry %zu of the schedule: it is {{ now | date('%%A, %%-d %%B') }}, "
                      "good morning.\"\n",
                      number, number % world.accounts, number % 60, number / 60 % 24, month, number);
    return {text, static_cast<std::size_t>(size)};
}

/// Spread over the time, so that not all are due at once.
std::string often(const World& world, std::size_t number) {
    return "  - {name: often-" + std::to_string(number) + ", account: a" + std::to_string(number) +
           ", every: " + world.often + ", offset: " + std::to_string(number * 3600 / world.accounts) +
           "s, missed: {policy: skip}, post: {status: \"Number {{ counter }} of often-" +
           std::to_string(number) + "\"}}\n";
}

void write_parts(const std::string& directory, const std::string& kind, const std::string& file,
                 std::size_t count, const std::function<std::string(std::size_t)>& one) {
    std::filesystem::create_directories(directory + "/" + file);
    for (std::size_t from = 0; from < count; from += lines_a_file) {
        std::string text = kind + ":\n";
        for (std::size_t i = from; i < std::min(count, from + lines_a_file); ++i)
            text += one(i);
        char name[32];
        std::snprintf(name, sizeof name, "/%05zu.yaml", from / lines_a_file);
        test::write_file(directory + "/" + file + name, text);
    }
}

} // namespace

void write_configuration(const std::string& directory, const World& world) {
    using namespace std::placeholders;
    std::filesystem::create_directories(directory + "/tokens");
    for (std::size_t i = 0; i < world.accounts; ++i) {
        const std::string number = std::to_string(i);
        test::write_file(directory + "/tokens/a" + number,
                         digest_of("token " + std::to_string(world.seed) + ' ' + number).hex().substr(0, 43) +
                             '\n');
    }
    std::string include = "accounts/*.yaml";
    write_parts(directory, "accounts", "accounts", world.accounts, std::bind(account, std::cref(world), _1));
    const auto add = [&](const char* kind, const char* file, std::size_t count, auto one) {
        if (count == 0)
            return;
        include += std::string{", "} + file + "/*.yaml";
        write_parts(directory, kind, file, count, std::bind(one, std::cref(world), _1));
    };
    add("sources", "sources", world.feeds, feed);
    add("schedule", "schedule", world.entries, entry);
    add("schedule", "often", world.often.empty() ? 0 : world.accounts, often);
    test::write_file(
        directory + "/crier.yaml",
        "version: 1\ninclude: [" + include +
            "]\nfuse: {posts: 1000000, within: 1h, same_link: 1000000, same_text: 1000000}\n"
            "store: crier.db\nadmin: {socket: crier.sock}\nlog: {level: warning, format: plain}\n");
}

} // namespace crier::bench
