#pragma once

#include "core/failure.hpp"

#include <string>
#include <string_view>

namespace crier::net {

/// An http or https address in the parts that a request needs.
struct Url {
    bool tls = false;
    std::string host; ///< lower case, without brackets
    std::string port;
    std::string target; ///< path and query, at least "/"

    /// "example.org", "example.org:8080", "[::1]:80": as the Host header wants it.
    [[nodiscard]] std::string authority() const;
    [[nodiscard]] std::string text() const;
    [[nodiscard]] bool same_origin(const Url& other) const noexcept {
        return tls == other.tls && host == other.host && port == other.port;
    }
};

/// Reads an address as people and feeds write them: blanks and letters beyond ASCII in the path are escaped,
/// user names are refused.
[[nodiscard]] Result<Url> parse_url(std::string_view text);

/// Where `reference` leads from `base`.
[[nodiscard]] Result<Url> resolve_url(const Url& base, std::string_view reference);

/// localhost, 127.0.0.0/8, ::1 as they are written.
[[nodiscard]] bool is_loopback_name(std::string_view host);

} // namespace crier::net
