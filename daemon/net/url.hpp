#pragma once

#include "core/failure.hpp"

#include <string>
#include <string_view>

namespace crier::net {

/// An http or https address in the parts that a request needs.
struct Url {
    bool tls = false;
    std::string host; ///< lower case, without brackets; numbers in their usual form ("127.0.0.1", "::1")
    std::string port;
    std::string target; ///< path and query, at least "/"

    /// "example.org", "example.org:8080", "[::1]:80": as the Host header wants it.
    [[nodiscard]] std::string authority() const;
    [[nodiscard]] std::string text() const;
    /// For words that people and logs see: without the query, which may hold somebody's key.
    [[nodiscard]] std::string shown() const;
    [[nodiscard]] bool same_origin(const Url& other) const noexcept {
        return tls == other.tls && host == other.host && port == other.port;
    }
};

/// Reads an address as people and feeds write them: blanks and letters beyond ASCII in the path are escaped,
/// user names are refused, and so are hosts beyond ASCII (they have an "xn--" form).
///
/// Errors: Cause::config. The words leave out what may be a password.
[[nodiscard]] Result<Url> parse_url(std::string_view text);

/// Where `reference` leads from `base`.
///
/// Errors: Cause::server, for it is the server that said it.
[[nodiscard]] Result<Url> resolve_url(const Url& base, std::string_view reference);

/// localhost, 127.0.0.0/8 and ::1 as a Url has them.
[[nodiscard]] bool is_loopback_name(std::string_view host);

} // namespace crier::net
