#pragma once

#include "net/deadline.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <vector>

namespace crier::net {

constexpr Duration race_stagger = std::chrono::milliseconds{250};

/// Connects to the first address that answers: the next one is tried when one fails, or is silent for
/// `stagger` while the earlier ones go on (RFC 8305, "Happy Eyeballs"). At most eight addresses.
///
/// Errors: in `error`; timed_out when `until` came first, else that of the last address that failed.
[[nodiscard]] boost::asio::awaitable<boost::asio::ip::tcp::socket>
connect_first(boost::asio::any_io_executor executor, std::vector<boost::asio::ip::tcp::endpoint> endpoints,
              Steady::time_point until, boost::system::error_code& error, Duration stagger = race_stagger);

} // namespace crier::net
