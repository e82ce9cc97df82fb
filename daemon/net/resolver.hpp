#pragma once

#include "core/failure.hpp"
#include "core/time.hpp"
#include "net/name_lookup.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>
#include <string>

namespace crier::net {

/// How names become addresses; replaced in tests.
class Resolver {
public:
    virtual ~Resolver() = default;
    /// Numeric addresses, in the order in which they should be tried. Ends by `timeout` whatever the system's
    /// resolver does.
    [[nodiscard]] virtual boost::asio::awaitable<Result<Addresses>> resolve(std::string host,
                                                                            Duration timeout) = 0;
};

using NameLookup = std::function<Result<Addresses>(const std::string& host)>;

/// Asks in threads that come with the questions and go with the answers, so that a name whose servers are
/// silent holds up no other one, and nobody's end: at most eight at a time, later ones wait. (Asio's resolver
/// has one thread for all, and its end waits for it.)
///
/// Thread: the executor's. `lookup` runs on others, also after the resolver has gone.
/// Cancellation: terminal; the lookup goes on and its answer is dropped.
[[nodiscard]] std::unique_ptr<Resolver> make_system_resolver(boost::asio::any_io_executor executor,
                                                             NameLookup lookup = ask_system);

} // namespace crier::net
