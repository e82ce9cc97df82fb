#include "config/address.hpp"

#include "config/words.hpp"
#include "core/ascii.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace crier::config {
namespace {

Failure wrong(std::string message, std::string hint = {}) {
    return {Cause::config, std::move(message), std::move(hint)};
}

std::optional<std::array<int, 4>> ipv4(std::string_view host) {
    std::array<int, 4> bytes{};
    const char* at = host.data();
    const char* const end = host.data() + host.size();
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto [next, error] = std::from_chars(at, end, bytes[i]);
        if (error != std::errc{} || bytes[i] < 0 || bytes[i] > 255)
            return std::nullopt;
        at = next;
        if (i < 3 && (at == end || *at++ != '.'))
            return std::nullopt;
    }
    return at == end ? std::optional{bytes} : std::nullopt;
}

bool is_host_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_';
}

} // namespace

bool is_loopback(std::string_view host) {
    const std::string name = ascii::lower(host);
    const auto bytes = ipv4(name);
    return name == "localhost" || name == "[::1]" || (bytes && (*bytes)[0] == 127);
}

bool is_private(std::string_view host) {
    const std::string name = ascii::lower(host);
    if (is_loopback(name))
        return true;
    if (const auto bytes = ipv4(name)) {
        const int first = (*bytes)[0];
        const int second = (*bytes)[1];
        return first == 0 || first == 10 || (first == 172 && second >= 16 && second < 32) ||
               (first == 192 && second == 168) || (first == 169 && second == 254);
    }
    return name.starts_with("[fc") || name.starts_with("[fd") || name.starts_with("[fe8") ||
           name.starts_with("[::ffff:");
}

Result<Address> parse_address(std::string_view text) {
    Address address;
    const std::string scheme = ascii::lower(text.substr(0, 8));
    if (scheme.starts_with("https://"))
        address.https = true;
    else if (!scheme.starts_with("http://"))
        return wrong("this is no http or https address", "write it in full: https://example.org");
    text.remove_prefix(address.https ? 8 : 7);
    const std::size_t end = std::min(text.find_first_of("/?#"), text.size());
    std::string_view authority = text.substr(0, end);
    address.rest = text.substr(end);
    if (authority.find('@') != std::string_view::npos)
        return wrong("an address with a user name or password in it is refused",
                     "secrets do not belong into this file");
    const std::size_t bracket = authority.find(']');
    const std::size_t colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
    address.host = authority.substr(0, colon);
    if (colon != std::string_view::npos) {
        address.port = authority.substr(colon + 1);
        int port = 0;
        const auto [at, error] =
            std::from_chars(address.port.data(), address.port.data() + address.port.size(), port);
        if (error != std::errc{} || at != address.port.data() + address.port.size() || port < 1 ||
            port > 65535)
            return wrong("the address has no good port", "a number from 1 to 65535");
    }
    const bool bracketed = address.host.starts_with("[");
    if (address.host.empty() || (bracketed && bracket == std::string_view::npos))
        return wrong("the address has no host", "write it in full: https://example.org");
    if (!bracketed && std::any_of(address.host.begin(), address.host.end(),
                                  [](char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; }))
        return wrong("a host's name must be in ASCII", "write it as browsers send it: xn--...");
    if (!bracketed && !std::all_of(address.host.begin(), address.host.end(), is_host_character))
        return wrong("the host's name has a character that no host has", {});
    if (address.rest.find_first_of(" \t\n") != std::string_view::npos)
        return wrong("an address has no blanks", "write %20 for a blank");
    return address;
}

Result<std::string> server_address(std::string_view text) {
    if (text.find("://") == std::string_view::npos)
        return wrong("the server's address has no scheme", "did you mean https://" + printable(text) + "?");
    const Result<Address> parsed = parse_address(text);
    if (!parsed)
        return parsed.error();
    if (!parsed->rest.empty() && parsed->rest != "/")
        return wrong("the server's address must end with its host",
                     "leave out the path: " + std::string{parsed->https ? "https://" : "http://"} +
                         ascii::lower(parsed->host));
    if (!parsed->https && !is_loopback(parsed->host))
        return wrong("plain http is for this machine only: the token would travel in the open",
                     "write https://" + ascii::lower(parsed->host));
    std::string address = (parsed->https ? "https://" : "http://") + ascii::lower(parsed->host);
    if (!parsed->port.empty() && parsed->port != (parsed->https ? "443" : "80"))
        address += ':' + std::string{parsed->port};
    return address;
}

} // namespace crier::config
