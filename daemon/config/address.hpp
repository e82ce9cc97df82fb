#pragma once

#include "core/failure.hpp"

#include <string>
#include <string_view>

namespace crier::config {

/// An http(s) address in its parts; views into the text.
struct Address {
    bool https = false;
    std::string_view host; ///< as written; an IPv6 address in its brackets
    std::string_view port; ///< digits, or empty
    std::string_view rest; ///< path, query and fragment
};

/// Failures never show the text: it may hold a password.
[[nodiscard]] Result<Address> parse_address(std::string_view text);

/// "https://host[:port]" of a Mastodon server: in lower case, without a default port; https, except for this
/// machine.
[[nodiscard]] Result<std::string> server_address(std::string_view text);

[[nodiscard]] bool is_loopback(std::string_view host);
/// As it is written: this machine, a private or a link-local network. Names are resolved later.
[[nodiscard]] bool is_private(std::string_view host);

} // namespace crier::config
