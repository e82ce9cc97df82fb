#pragma once

#include "admin/exposition.hpp"
#include "engine/engine.hpp"
#include "ports/http_server.hpp"
#include "ports/process_figures.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace crier::admin {

/// What an operator's monitoring sees: GET /metrics. Everything is gathered when it is asked for, from the
/// engine's tally, its lanes and sources, and the store. Labels are names of the configuration and words of
/// crier's, so there are no more series than the configuration makes.
///
/// Ownership: what it is given outlives it. Thread: the engine's.
class Metrics {
public:
    Metrics(engine::Engine& engine, Clock& clock, ReadProcess read_process, std::string version)
        : engine_(engine)
        , clock_(clock)
        , read_process_(std::move(read_process))
        , version_(std::move(version)) {}

    [[nodiscard]] boost::asio::awaitable<LocalResponse> answer();

private:
    [[nodiscard]] boost::asio::awaitable<void> count_posts();
    [[nodiscard]] boost::asio::awaitable<void> look_at_queues();
    void tell_held(Exposition& out) const;
    void tell_queues(Exposition& out) const;
    void tell_posts(Exposition& out) const;
    void tell_delivery(Exposition& out) const;
    void tell_latencies(Exposition& out) const;
    void tell_accounts(Exposition& out) const;
    void tell_budgets(Exposition& out) const;
    void tell_sources(Exposition& out) const;
    void tell_schedule(Exposition& out) const;
    void tell_daemon(Exposition& out) const;
    void tell_process(Exposition& out) const;

    engine::Engine& engine_;
    Clock& clock_;
    ReadProcess read_process_;
    std::string version_;
    std::optional<UnsettledCounts> posts_; ///< nothing: the store did not say
    /// Of accounts that have any, why their posts are held; counted with `posts_`.
    std::map<std::string, std::map<ReasonCode, std::int64_t>> held_;
    std::map<std::string, Leaving> leaving_; ///< as of this look; empty: the store did not say
    Mono count_again_{};                     ///< until then `posts_` serves
};

} // namespace crier::admin
