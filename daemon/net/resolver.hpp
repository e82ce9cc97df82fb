#pragma once

#include "core/failure.hpp"
#include "core/time.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <memory>
#include <string>
#include <vector>

namespace crier::net {

/// How names become addresses; replaced in tests.
class Resolver {
public:
    virtual ~Resolver() = default;
    /// Numeric addresses, in the order in which they should be tried. Ends by `timeout` whatever the system's
    /// resolver does.
    [[nodiscard]] virtual boost::asio::awaitable<Result<std::vector<std::string>>>
    resolve(std::string host, Duration timeout) = 0;
};

[[nodiscard]] std::unique_ptr<Resolver> make_system_resolver(boost::asio::any_io_executor executor);

/// Loopback, private, link-local, shared, multicast, unspecified and metadata addresses, also as IPv4 inside
/// IPv6: what a feed has no business with. Everything that does not read as an address too.
[[nodiscard]] bool is_private_address(const std::string& address);

} // namespace crier::net
