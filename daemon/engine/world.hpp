#pragma once

#include "core/settings.hpp"
#include "engine/tally.hpp"
#include "ports/alerter.hpp"
#include "ports/clock.hpp"
#include "ports/command_runner.hpp"
#include "ports/http_client.hpp"
#include "ports/log.hpp"
#include "ports/media_fetcher.hpp"
#include "ports/media_preparer.hpp"
#include "ports/publisher.hpp"
#include "ports/random.hpp"
#include "ports/source.hpp"
#include "ports/store.hpp"
#include "ports/token_source.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace crier::engine {

/// One account as the world offers it.
struct AccountPorts {
    std::unique_ptr<TokenSource> token;
    std::unique_ptr<TokenSource> evidence; ///< a second token, which reads; null: there is none
    std::unique_ptr<Publisher> publisher;  ///< reads `token`, or `evidence`, for every call
};

/// Of a store that several daemons share: what this one has of it, and who has the rest.
struct Sharing {
    std::size_t daemons = 0;                      ///< that are alive
    std::size_t shares = 0;                       ///< of the configuration
    std::size_t held = 0;                         ///< by this one
    std::string trouble;                          ///< why its leases cannot be renewed; empty: they are
    std::map<std::string, std::string> elsewhere; ///< by account: the name of the daemon that works on it

    Sharing() = default;
};

/// All that the engine knows of the world: made by main for the daemon, by tests for a simulated one. The
/// engine names no clock, socket, file, thread or random source besides these.
///
/// Ownership: everything referred to outlives the engine.
struct World {
    Store& store;
    Clock& clock;
    Random& random;
    Log& log;
    MediaFetcher& media;
    std::function<AccountPorts(const AccountSettings&)> account;
    /// `moved_to` is where the source went for good, when it has said so before; else empty.
    std::function<Result<std::unique_ptr<Source>>(const SourceSettings&, const std::string& moved_to)> source;
    std::vector<Alerter*> alerters = {}; ///< the ways to tell a person; none: nobody is told
    /// Those of a changed configuration; whoever asks is at none of the ones before, which may go. Null: they
    /// stay the same.
    std::function<std::vector<Alerter*>(const AlertSettings&)> alerters_for = {};
    HttpClient* http = nullptr;        ///< for the heartbeat and hubs; null: there is none
    CommandRunner* commands = nullptr; ///< for conditions; null: none can be asked
    MediaPreparer* preparer = nullptr; ///< null: files are sent as they are
    /// Whether what this daemon works on is nobody else's for so long (delivery rule 21); null: it is for
    /// ever.
    std::function<bool(Duration)> ours_for = {};
    /// For people: `accounts` are those elsewhere. Null: the store has one owner.
    std::function<boost::asio::awaitable<Sharing>(std::vector<std::string> accounts)> sharing = {};
    Tally tally = {}; ///< what happens is counted here; it outlives the engine, too
};

} // namespace crier::engine
