#pragma once

#include "engine/configuration.hpp"
#include "engine/world.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>

namespace crier::engine {

/// Takes away what is no longer needed: old posts (their keys stay), items that left their feeds long ago,
/// pictures whose post has come to an end. After the start and then once a day, a little at a time, when an
/// account comes to rest and nothing else is in hand: an idle daemon is not woken for it.
///
/// Ownership: by the engine; the world outlives it.
/// Thread: the engine's. Cancellation: terminal, or stop(); what is not done then is done the next time.
class Trimmer {
public:
    /// `may`: nothing is on its way, and the clock is right: on one that is years ahead all would be old.
    Trimmer(Configuration settings, World& world, std::function<bool()> may);

    [[nodiscard]] boost::asio::awaitable<void> run();
    /// A few pieces at once: for `run --once`.
    [[nodiscard]] boost::asio::awaitable<void> some();
    /// An account has come to rest.
    void heed();
    /// The next round goes by another configuration.
    void follow(const Configuration& settings);
    void stop();

private:
    [[nodiscard]] bool wanted() const;
    [[nodiscard]] TrimQuery query() const;
    [[nodiscard]] boost::asio::awaitable<bool> piece(TrimQuery& at);
    [[nodiscard]] boost::asio::awaitable<void> round();
    [[nodiscard]] boost::asio::awaitable<void> forget_pictures();
    void tell();

    Followed<Settings> settings_;
    World& world_;
    std::function<bool()> may_;
    std::unique_ptr<Alarm> alarm_;
    Mono next_{};
    bool at_work_ = false;
    std::size_t posts_ = 0; ///< gone in this round
    std::size_t items_ = 0;
    bool stopping_ = false;
};

} // namespace crier::engine
