#pragma once

#include "crash/bed.hpp"
#include "crash/plan.hpp"

#include <cstdint>

namespace crier::crash {

/// Where kills fell, by what the sandbox had in hand and by what the next start found.
struct Tally {
    int kills = 0;
    int publishing = 0; ///< between a request's first byte and its recorded outcome
    int uploading = 0;
    int starting = 0;       ///< before the daemon was ready
    int disk = 0;           ///< while the disk took nothing
    int elsewhere = 0;      ///< nothing was at the server: idle, or between two requests
    int found_sending = 0;  ///< posts that the next start found without an outcome
    int refused_starts = 0; ///< by the store: a command was just at it, or the disk was full
};

/// One life of the daemon, from its start to its kill.
class Executioner {
public:
    explicit Executioner(Bed& bed)
        : bed_(bed) {}

    /// Starts the daemon, lets it live as the life says, and kills it.
    void live(const Life& life);
    /// Starts the daemon for good: the server and the disk are well.
    void resurrect();
    [[nodiscard]] const Tally& tally() const noexcept { return tally_; }

private:
    void start();
    void prepare(const Life& life);
    void await_place(const Life& life);
    void wait_for_stalled(const char* path, const Stall& stall);
    void kill(bool disk_bad);
    void count_sending();
    [[nodiscard]] std::int64_t last_request();

    Bed& bed_;
    Tally tally_;
    std::int64_t born_ = 0; ///< the last request before this life
};

} // namespace crier::crash
