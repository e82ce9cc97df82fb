#pragma once

#include <string>
#include <string_view>

namespace crier::kit {

/// Whether it is an http or https address with a host.
[[nodiscard]] bool is_http(std::string_view text);

/// Where `reference` leads from `base` (RFC 3986, 5.2): an http(s) address or nothing. What is no address
/// that a reader could follow (mailto:, javascript:), or a longer one than any server takes, is nothing.
[[nodiscard]] std::string absolute_address(std::string_view reference, std::string_view base);

} // namespace crier::kit
