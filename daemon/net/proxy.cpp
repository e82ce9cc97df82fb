#include "net/proxy.hpp"

#include "core/ascii.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

#include <algorithm>
#include <utility>

namespace crier::net {

namespace ip = boost::asio::ip;
using boost::system::error_code;

namespace {

/// "10.0.0.0/8" and the address 10.1.2.3, "fd00::/8" and fd00::1.
bool network_covers(const std::string& network, const ip::address& address) {
    error_code error;
    if (address.is_v4()) {
        const auto range = ip::make_network_v4(network, error);
        return !error &&
               ip::make_network_v4(address.to_v4(), range.prefix_length()).canonical() == range.canonical();
    }
    const auto range = ip::make_network_v6(network, error);
    return !error &&
           ip::make_network_v6(address.to_v6(), range.prefix_length()).canonical() == range.canonical();
}

/// "example.org:8443" in its two parts. A bare IPv6 address has colons and no port.
std::pair<std::string, std::string> split_port(const std::string& rule) {
    const auto bracket = rule.rfind(']');
    const auto colon = rule.rfind(':');
    const bool one_colon = colon != std::string::npos && rule.find(':') == colon;
    const bool behind_bracket = bracket != std::string::npos && colon == bracket + 1;
    std::string host = rule;
    std::string port;
    if (one_colon || behind_bracket) {
        host = rule.substr(0, colon);
        port = rule.substr(colon + 1);
    }
    if (host.size() >= 2 && host.front() == '[' && host.back() == ']')
        host = host.substr(1, host.size() - 2);
    return {host, port};
}

/// Does one part of NO_PROXY speak of this address?
bool covers(std::string_view rule, const Url& url) {
    if (rule == "*")
        return true;
    auto [name, port] = split_port(ascii::lower(rule));
    if (!port.empty() && port != url.port)
        return false;
    error_code no_address;
    const ip::address address = ip::make_address(url.host, no_address);
    if (!no_address) {
        error_code error;
        const ip::address named = ip::make_address(name, error);
        return error ? network_covers(name, address) : named == address;
    }
    while (!name.empty() && name.front() == '.')
        name.erase(0, 1);
    if (name.empty() || name.size() > url.host.size())
        return false;
    const auto rest = url.host.size() - name.size();
    return url.host.compare(rest, name.size(), name) == 0 && (rest == 0 || url.host[rest - 1] == '.');
}

bool goes_directly(const Url& url, std::string_view none) {
    constexpr std::string_view between = ", \t";
    for (auto begin = none.find_first_not_of(between); begin != std::string_view::npos;) {
        const auto end = std::min(none.find_first_of(between, begin), none.size());
        if (covers(none.substr(begin, end - begin), url))
            return true;
        begin = none.find_first_not_of(between, end);
    }
    return false;
}

} // namespace

Result<std::optional<Proxy>> proxy_for(const Url& url, const ProxySettings& settings) {
    const std::string& address = url.tls ? settings.https : settings.http;
    if (address.empty() || is_loopback_name(url.host) || goes_directly(url, settings.none))
        return std::optional<Proxy>{};
    const Result<Url> parsed =
        parse_url(address.find("://") == std::string::npos ? "http://" + address : address);
    // The address itself stays out of the words: it may hold a password.
    if (!parsed || parsed->tls)
        return Failure{Cause::config,
                       std::string{"the proxy's address in "} + (url.tls ? "HTTPS_PROXY" : "HTTP_PROXY") +
                           " is not understood",
                       "write http://host:port, without a user name; or name " + url.host + " in NO_PROXY"};
    std::optional<Proxy> proxy{Proxy{}};
    proxy->host = parsed->host;
    proxy->port = parsed->port;
    return proxy;
}

} // namespace crier::net
