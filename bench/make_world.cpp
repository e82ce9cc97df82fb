// crier-bench-world DIRECTORY [NAME=VALUE...]: makes a large configuration and a store in that folder, to
// measure by hand: accounts, feeds, entries, posts, servers, port, seed (numbers); poll, often (durations).
// Then:
//
//   CACHE_DIRECTORY=DIRECTORY MASTODON_ACCESS_TOKEN=x crier run --config DIRECTORY/crier.yaml

#include "bench/world.hpp"

#include <cstdio>
#include <exception>
#include <map>
#include <stdexcept>
#include <string>

using namespace crier::bench;

namespace {

void set(World& world, const std::string& name, const std::string& value) {
    const std::map<std::string, std::size_t*> numbers{{"accounts", &world.accounts},
                                                      {"feeds", &world.feeds},
                                                      {"entries", &world.entries},
                                                      {"posts", &world.posts},
                                                      {"servers", &world.servers}};
    if (const auto number = numbers.find(name); number != numbers.end())
        *number->second = std::stoul(value);
    else if (name == "port")
        world.port = static_cast<std::uint16_t>(std::stoul(value));
    else if (name == "seed")
        world.seed = std::stoull(value);
    else if (name == "poll")
        world.poll = value;
    else if (name == "often")
        world.often = value;
    else
        throw std::runtime_error("there is no \"" + name + "\"");
}

} // namespace

int main(int argc, char** argv) {
    try {
        if (argc < 2)
            throw std::runtime_error("which folder?");
        World world;
        for (int i = 2; i < argc; ++i) {
            const std::string word = argv[i];
            const auto equals = word.find('=');
            if (equals == std::string::npos)
                throw std::runtime_error(word + " is no NAME=VALUE");
            set(world, word.substr(0, equals), word.substr(equals + 1));
        }
        write_configuration(argv[1], world);
        if (world.posts > 0)
            write_store(argv[1], world);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "crier-bench-world: %s\n", error.what());
        return 1;
    }
}
