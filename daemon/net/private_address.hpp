#pragma once

#include <string>

namespace crier::net {

/// Loopback, private, link-local, shared, multicast, unspecified and metadata addresses, also as IPv4 inside
/// IPv6 (mapped, NAT64, 6to4): what a feed has no business with. Everything that does not read as an address
/// too.
[[nodiscard]] bool is_private_address(const std::string& address);

} // namespace crier::net
