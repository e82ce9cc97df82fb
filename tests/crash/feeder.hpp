#pragma once

#include "crash/bed.hpp"
#include "crash/plan.hpp"

#include <atomic>
#include <cstddef>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace crier::crash {

/// Hands in what the plan has, whatever state the daemon is in, as a careful script does: a command that did
/// not succeed is repeated with its key.
///
/// Thread: its own; all members from any other.
class Feeder {
public:
    Feeder(Bed& bed, const Plan& plan);
    ~Feeder();
    Feeder(const Feeder&) = delete;
    Feeder& operator=(const Feeder&) = delete;

    /// Up to this many jobs may be handed in from now on.
    void allow(std::size_t jobs) { allowed_ = jobs; }
    [[nodiscard]] std::size_t done() const { return done_; }
    /// Calls of `crier post` that were repeated.
    [[nodiscard]] std::size_t repeats() const { return repeats_; }
    /// Empty, or why it gave up.
    [[nodiscard]] std::string trouble() const;
    /// What was accepted so far.
    [[nodiscard]] std::vector<Wanted> accepted() const;

private:
    void work();
    void hand_in(const Job& job);
    void post(const Job& job);
    void add_item(const Job& job);

    Bed& bed_;
    const std::vector<std::string>& accounts_;
    const std::vector<Job>& jobs_;
    std::atomic<std::size_t> allowed_{0};
    std::atomic<std::size_t> done_{0};
    std::atomic<std::size_t> repeats_{0};
    std::atomic<bool> stop_{false};
    mutable std::mutex mutex_;
    std::vector<Wanted> accepted_;
    std::string trouble_;
    std::thread thread_; ///< last: it uses the others
};

} // namespace crier::crash
