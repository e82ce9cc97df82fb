#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

/// Large configurations for the benchmarks.
namespace crier::bench {

/// All but the schedule: accounts "a0", "a1" ... on the server at that port, a fuse that never trips, the
/// store and the socket beside the file.
[[nodiscard]] std::string accounts_yaml(std::size_t accounts, std::uint16_t port);

/// `schedule:` with so many entries of one account, each with a cron expression, a zone, what to do when it
/// is missed, and a template: some 240 bytes. None of them is due within five months.
[[nodiscard]] std::string schedule_yaml(std::size_t entries);

/// A month's number: the one in half a year.
[[nodiscard]] unsigned distant_month();

/// So many feeds on the server at that port, looked at once a day.
[[nodiscard]] std::string sources_yaml(std::size_t sources, std::uint16_t port);

} // namespace crier::bench
