#include "config/listen_address.hpp"

#include "config/address.hpp"
#include "config/words.hpp"

#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <netinet/in.h>
#include <optional>
#include <utility>

namespace crier::config {
namespace {

bool is_number(const std::string& host, int family) {
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    return ::inet_pton(family, host.c_str(), bytes.data()) == 1;
}

/// The number of a port at the end; nothing: there is none.
std::optional<std::uint16_t> port_of(std::string_view text) {
    unsigned port = 0;
    const auto [at, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc{} || at != text.data() + text.size() || port < 1 || port > 65535)
        return std::nullopt;
    return static_cast<std::uint16_t>(port);
}

} // namespace

Result<ListenAddress> listen_address(std::string_view text, std::string_view example) {
    const auto wrong = [&](std::string hint) {
        return Failure{Cause::config, quoted(text) + " is no address and port to listen at", std::move(hint)};
    };
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos)
        return wrong("for example 127.0.0.1:" + std::string{example});
    std::string_view host = text.substr(0, colon);
    const auto port = port_of(text.substr(colon + 1));
    if (!port)
        return wrong("it ends with a port, a number from 1 to 65535: 127.0.0.1:" + std::string{example});
    ListenAddress address;
    address.port = *port;
    const bool bracketed = host.starts_with('[') && host.ends_with(']');
    if (bracketed)
        host = host.substr(1, host.size() - 2);
    address.host = std::string{host};
    if (is_number(address.host, bracketed ? AF_INET6 : AF_INET))
        return address;
    const std::string end = ":" + std::to_string(*port);
    if (host.empty() || host == "*")
        return wrong("0.0.0.0" + end + " is all of IPv4, [::]" + end + " all of IPv6");
    if (host == "localhost")
        return wrong("names may mean several addresses: write 127.0.0.1" + end);
    return wrong("a number, no name: 127.0.0.1" + end + ", or [::1]" + end);
}

bool is_this_machine(const ListenAddress& address) {
    return is_loopback(address.host.find(':') == std::string::npos ? address.host : "[" + address.host + "]");
}

} // namespace crier::config
