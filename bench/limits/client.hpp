#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace crier::bench {

/// How long something took, on the wall and on the processor.
struct Cost {
    double seconds = 0;
    double cpu = 0;
    std::size_t number = 0;

    [[nodiscard]] double rate() const { return static_cast<double>(number) / seconds; }
    [[nodiscard]] double cpu_each() const { return cpu / static_cast<double>(number); }
};

/// What this process has used so far.
[[nodiscard]] double cpu_seconds();

/// A bare Beast client that posts statuses over so many connections at once, each as soon as the one before
/// is answered: what the machine can do.
[[nodiscard]] Cost bare_client(std::uint16_t port, std::size_t connections, std::size_t posts);

/// The same with an upload of so many bytes, sent from memory, before each status, on one connection.
[[nodiscard]] Cost bare_uploads(std::uint16_t port, std::size_t bytes, std::size_t posts);

/// One plain GET; the body.
[[nodiscard]] std::string get(std::uint16_t port, const std::string& target);

/// So many commits one after another, as the outbox makes them for a post: its row and that of the attempt
/// before updated, an attempt inserted. SQLite, WAL, synchronous=FULL, in this folder. With a pause between
/// two, which is not counted: a disk that has rested is slower.
[[nodiscard]] Cost bare_commits(const std::string& directory, std::size_t commits,
                                std::chrono::milliseconds between = {});

/// So many rows of a post and of an item that was seen, each kept by 32 random bytes, in one commit: the
/// least that taking up a feed can cost. The same settings, in this folder.
[[nodiscard]] Cost bare_rows(const std::string& directory, std::size_t rows);

} // namespace crier::bench
