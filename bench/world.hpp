#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

/// A configuration and a store as a daemon has them that has run for long: what the figures at size are taken
/// of.
namespace crier::bench {

/// What the world is made of; the same numbers and the same `now` make the same world.
struct World {
    std::size_t accounts = 10'000;
    std::size_t feeds = 10'000;
    std::size_t entries = 100'000;
    std::size_t posts = 1'000'000; ///< rows of the outbox; 97 of 100 are published, within the last 90 days
    std::size_t servers = 1;       ///< ports from `port` on, which accounts and feeds take in turn
    std::uint16_t port = 9;        ///< 9: nobody is there, and nothing is due
    std::uint64_t seed = 1;
    std::string poll = "24h"; ///< of feeds: each was looked at within that time
    std::string often;        ///< "1h": each account has an entry more, which posts so often; empty: none
};

/// Writes a token for each account, and `crier.yaml`, which includes `accounts/*.yaml`, `sources/*.yaml` and
/// `schedule/*.yaml` of a thousand each, beside them what `often` asks for. None of the entries is due within
/// five months.
void write_configuration(const std::string& directory, const World& world);

/// Makes `crier.db` in that folder: the posts with an attempt for each that is published, what was seen of
/// the feeds, and the states of accounts and feeds, so that a daemon finds nothing new. What it knows of the
/// entries its first start adds. Throws where that fails.
void write_store(const std::string& directory, const World& world);

} // namespace crier::bench
