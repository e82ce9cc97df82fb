// What a plugin of somebody else's may do, by its setting: to hang, to crash, to flood, to print rubbish.

#include "sdk/crier_plugin.hpp"

#include <cstdio>
#include <cstdlib>
#include <unistd.h>
#include <vector>

namespace {

constexpr crier_option options[] = {{"way", "in which it misbehaves"}};

class Misbehaving {
public:
    explicit Misbehaving(const crier::sdk::Settings& settings) {
        for (const auto& [name, value] : settings)
            if (name == "way")
                way_ = value;
        if (way_ == "refuse")
            throw crier::sdk::Error("it does not want to");
    }

    void parse(const crier::sdk::Input&, crier::sdk::Sink& sink) const {
        crier::sdk::Item item;
        item.id = "1";
        item.title = "One";
        if (way_ == "hang")
            for (;;)
                ::pause();
        if (way_ == "crash")
            ::abort();
        if (way_ == "exit")
            ::exit(0);
        if (way_ == "print")
            for (int i = 0; i < 1000; ++i)
                std::puts("{\"rubbish\": true}");
        if (way_ == "eat") {
            std::vector<std::vector<char>> all;
            for (;;)
                all.emplace_back(std::size_t{64} << 20U, 'x');
        }
        if (way_ == "flood") {
            item.content.assign(std::size_t{1} << 20U, 'x');
            while (sink.item(item)) {
            }
        }
        if (way_ == "file") {
            item.media.resize(2);
            item.media[0].file = "relative.jpg";
            item.media[1].file = "/srv/absolute.jpg";
        }
        if (way_ == "look") {
            const char* token = std::getenv("MASTODON_ACCESS_TOKEN");
            item.title = token == nullptr ? "no token here" : token;
        }
        sink.item(item);
    }

private:
    std::string way_;
};

constexpr crier_plugin table = crier::sdk::make_table<Misbehaving>(
    "misbehaving", "for tests", CRIER_PLUGIN_POLLS, options, std::size(options));

} // namespace

CRIER_EXPORT_PLUGIN(table)
