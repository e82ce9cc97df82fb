#pragma once

#include "engine/configuration.hpp"
#include "ports/clock.hpp"
#include "ports/leases.hpp"
#include "ports/log.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace crier::engine {

/// Which part of the configuration this daemon works on, where several share a store. It renews what is held,
/// claims what is free up to its part of the whole, and hands back what is more: a share is handed back when
/// the engine has stopped working on it, and worked on when it is held.
///
/// Two tasks: renew() talks with the database and never waits for the engine; move() has the engine go by
/// another part, which may take as long as a request does.
///
/// Ownership: the leases, clock and log outlive it. Thread: the engine's.
class Tenure {
public:
    /// `guest`: of a run that ends soon; it takes what is free.
    Tenure(Leases& leases, Clock& clock, Log& log, bool guest = false);

    /// What is ours of it at the start: perhaps nothing, where others have it all. Once, before the tasks.
    ///
    /// Errors: the leases'.
    [[nodiscard]] boost::asio::awaitable<Result<Configuration>> begin(Configuration whole);

    /// Has the engine go by this part of that configuration; true when it does. False: it is ending.
    std::function<boost::asio::awaitable<bool>(Configuration part, Configuration whole)> go_by;

    /// Until end().
    [[nodiscard]] boost::asio::awaitable<void> renew();
    /// Until stop().
    [[nodiscard]] boost::asio::awaitable<void> move();

    /// Another configuration: ends when the engine goes by its part of that. False: it is ending. One at a
    /// time.
    [[nodiscard]] boost::asio::awaitable<bool> follow(Configuration whole);

    /// The engine is ending: nothing more is claimed, and what is held is held until end().
    void stop();
    /// The engine has ended: what is held is free at once.
    [[nodiscard]] boost::asio::awaitable<void> end();

    /// Nobody else works on what is ours for so long, for certain.
    [[nodiscard]] bool ours_for(Duration length) const;
    /// Something that is ours was refused as another daemon's: look at once.
    void look_now() { renewal_->ring(); }

    // For people.
    [[nodiscard]] std::size_t held() const noexcept { return leased_.size(); }
    [[nodiscard]] std::size_t shares() const noexcept { return shares_->size(); }
    [[nodiscard]] std::size_t daemons() const noexcept { return daemons_; }
    /// Why the leases cannot be renewed; empty: they are.
    [[nodiscard]] const std::string& trouble() const noexcept { return trouble_; }

private:
    void take_up(Configuration whole);
    void heed(const LeaseTerm& term, const std::vector<std::string>& handed_back);
    void note_trouble(const Failure& failure);
    [[nodiscard]] LeaseOrder next_order() const;
    [[nodiscard]] std::vector<std::size_t> wanted() const;
    void goes_by(const std::vector<std::size_t>& places);
    void tell(const std::vector<std::size_t>& before, const std::vector<std::size_t>& now) const;

    Leases& leases_;
    Clock& clock_;
    Log& log_;
    std::unique_ptr<Alarm> renewal_;
    std::unique_ptr<Alarm> change_;  ///< rung when move() may have something to do
    std::unique_ptr<Alarm> settled_; ///< rung when the engine goes by another part, or never will
    Configuration whole_;
    Configuration next_whole_; ///< to be taken up; null: none
    Shares shares_;            ///< of whole_
    Duration pause_{};         ///< between two renewals
    // Places in shares_.
    std::vector<std::size_t> leased_;
    std::set<std::size_t> giving_;       ///< of those: more than our part
    std::vector<std::size_t> working_;   ///< what the engine goes by
    std::set<std::string> mine_;         ///< things that are leased, also by a configuration from before
    std::vector<std::string> hand_back_; ///< with the next order
    std::uint64_t edition_ = 0;          ///< of whole_
    std::uint64_t leased_of_ = 0;        ///< the edition whose places leased_ has
    std::uint64_t working_of_ = 0;
    Mono until_{};
    std::size_t daemons_ = 1;
    Duration look_again_{};
    std::string trouble_;
    bool guest_;
    bool over_ = false;   ///< the life is: nothing is ours, and the engine has still to hear of it
    bool moving_ = false; ///< the engine is taking up another part
    bool stopping_ = false;
    bool ended_ = false;
};

} // namespace crier::engine
