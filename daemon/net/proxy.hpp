#pragma once

#include "core/failure.hpp"
#include "net/url.hpp"

#include <optional>
#include <string>

namespace crier::net {

/// HTTPS_PROXY, HTTP_PROXY and NO_PROXY as the environment has them.
struct ProxySettings {
    std::string https; ///< "http://host:port" or "host:port"; may be empty
    std::string http;
    /// Separated by commas or blanks: "*" for all, names ("example.org", also for what is below it),
    /// addresses and networks ("10.0.0.0/8"), each with ":port" where only that is meant.
    std::string none;
};

struct Proxy {
    std::string host;
    std::string port;
};

/// The proxy that this address is reached through, if any. Loopback is never asked of a proxy.
///
/// Errors: Cause::config for a proxy that is not understood: going round it in silence would be worse.
[[nodiscard]] Result<std::optional<Proxy>> proxy_for(const Url& url, const ProxySettings& settings);

} // namespace crier::net
