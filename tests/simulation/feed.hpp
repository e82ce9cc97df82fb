#pragma once

#include "ports/source.hpp"
#include "simulation/plan.hpp"
#include "simulation/random.hpp"
#include "simulation/time.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace crier::sim {

/// A feed that is written while the world goes on: its last ten items and all of the last hours, newest
/// first.
class SimFeed {
public:
    /// `long_items`: a third of its items take several posts.
    SimFeed(Time& time, std::string name, std::uint64_t seed, std::size_t a_day, bool long_items);

    [[nodiscard]] std::unique_ptr<Source> source();
    void meet(const Fault& fault);
    /// What a hub pushes now, as a source can read it.
    [[nodiscard]] Heard push(std::size_t how);

    struct Entry {
        std::string name; ///< "f0n17": what the judge knows it by; the first word of its title
        Instant published{};
        std::string id;
        std::string
            title; ///< of several posts: a paragraph each, "f0n17", "f0n17/2" and so on their first words
        bool gone = false;
        Instant changed{}; ///< when it last began to say something else
    };
    [[nodiscard]] const std::vector<Entry>& entries() const noexcept { return entries_; } ///< by time

private:
    friend class SimSource;
    [[nodiscard]] std::size_t visible() const;
    [[nodiscard]] std::size_t oldest_shown(std::size_t visible) const;
    [[nodiscard]] std::vector<Entry> shown_now() const;
    void burst(std::size_t items);
    [[nodiscard]] std::string title(std::size_t place, const std::string& words) const;

    Time& time_;
    std::string name_;
    bool long_items_;
    std::vector<Entry> entries_;
    bool turned_ = false;
    bool other_links_ = false;
    Instant empty_until_{};
    int edition_ = 0; ///< rises with each fault that changes what is shown
    Instant down_until_{};
    std::vector<Entry> before_; ///< what was shown before the last change
    std::vector<std::vector<Entry>> pushes_;
};

} // namespace crier::sim
