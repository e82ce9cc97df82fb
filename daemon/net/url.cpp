#include "net/url.hpp"

#include "core/address.hpp"
#include "core/ascii.hpp"

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <cstdint>
#include <utility>

// By hand, and not with Boost.URL: that of 1.81 reads "http://127.0.0.1.example/" as the host 127.0.0.1 and
// the path ".example/".

namespace crier::net {

namespace ip = boost::asio::ip;
using boost::system::error_code;

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_hex_digit(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// Escapes what may not stand in an address but does in the wild.
Result<std::string> clean(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n";
    constexpr std::string_view odd = " \"<>\\^`{|}";
    constexpr char digits[] = "0123456789ABCDEF";
    const auto first = text.find_first_not_of(blank);
    text = first == std::string_view::npos ? std::string_view{}
                                           : text.substr(first, text.find_last_not_of(blank) - first + 1);
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x20 || byte == 0x7f)
            return Failure{Cause::config, "an address with a control character in it",
                           "look for a line break or the like in it"};
        const bool stray_percent =
            byte == '%' && (i + 2 >= text.size() || !is_hex_digit(text[i + 1]) || !is_hex_digit(text[i + 2]));
        if (byte >= 0x80 || odd.find(text[i]) != std::string_view::npos || stray_percent) {
            out += '%';
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        } else {
            out += text[i];
        }
    }
    return out;
}

/// An address in the parts of RFC 3986, 3; views into the text.
struct Parts {
    std::string_view scheme; ///< empty: a relative reference
    bool has_authority = false;
    std::string_view authority;
    std::string_view path;
    std::string_view query; ///< with its question mark
};

Parts take_apart(std::string_view text) {
    Parts parts;
    text = text.substr(0, text.find('#'));
    const auto colon = text.find(':');
    const bool scheme = colon != std::string_view::npos && colon > 0 && is_letter(text.front()) &&
                        text.find_first_of("/?") > colon;
    if (scheme) {
        parts.scheme = text.substr(0, colon);
        text.remove_prefix(colon + 1);
    }
    parts.has_authority = text.substr(0, 2) == "//";
    if (parts.has_authority) {
        text.remove_prefix(2);
        parts.authority = text.substr(0, text.find_first_of("/?"));
        text.remove_prefix(parts.authority.size());
    }
    parts.path = text.substr(0, text.find('?'));
    parts.query = text.substr(parts.path.size());
    return parts;
}

bool is_host_character(char c) {
    return is_letter(c) || is_digit(c) || c == '-' || c == '.' || c == '_';
}

/// One spelling for each host, so that every later question about it has one answer: the C library reads
/// "2130706433", "0x7f.1" and "127.1" as 127.0.0.1.
Result<std::string> canonical_host(std::string_view text, const std::string& shown) {
    const bool brackets = text.size() >= 2 && text.front() == '[' && text.back() == ']';
    std::string host = ascii::lower(brackets ? text.substr(1, text.size() - 2) : text);
    if (brackets) {
        error_code error;
        const ip::address_v6 address = ip::make_address_v6(host, error);
        if (error || host.find('%') != std::string::npos) // a scope is this machine's business
            return Failure{Cause::config, shown + " has no IPv6 address in its brackets",
                           "an IPv6 address looks like [2001:db8::1]"};
        return address.to_string();
    }
    if (!host.empty() && host.back() == '.') // the root: certificates are for the name without it
        host.pop_back();
    if (host.empty())
        return Failure{Cause::config, shown + " names no host", "write it in full: https://example.org/"};
    if (!std::all_of(host.begin(), host.end(), is_host_character))
        return Failure{Cause::config, shown + " names a host with other signs than letters, digits, - and .",
                       "a name beyond ASCII has another form that begins with xn--; use that"};
    if (host.front() == '.' || host.back() == '.' || host.find("..") != std::string::npos)
        return Failure{Cause::config, shown + " names a host with nothing between two dots",
                       "write it in full: https://example.org/"};
    if (in_addr number{}; ::inet_aton(host.c_str(), &number) != 0)
        return ip::address_v4{ntohl(number.s_addr)}.to_string();
    return host;
}

/// Digits without leading zeros, 1 to 65535; empty when it is none.
std::string canonical_port(std::string_view text) {
    std::uint16_t number = 0;
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    return read.ec == std::errc{} && read.ptr == end && number > 0 ? std::to_string(number) : std::string{};
}

Result<Url> url_of(const Parts& parts, const std::string& shown) {
    Url url;
    const std::string scheme = ascii::lower(parts.scheme);
    if (scheme.empty() || (!parts.has_authority && scheme.find("http") == 0))
        return Failure{Cause::config, shown + " does not read as an address",
                       "write it in full: https://example.org/"};
    if (scheme != "http" && scheme != "https")
        return Failure{Cause::config, shown + " is no http or https address",
                       "write it in full: https://example.org/"};
    if (parts.authority.find('@') != std::string_view::npos)
        return Failure{Cause::config, shown + " has a user name or password in front of it",
                       "put secrets into a file or variable, not into an address"};
    url.tls = scheme == "https";
    const auto bracket = parts.authority.find(']');
    const auto colon = parts.authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
    Result<std::string> host = canonical_host(parts.authority.substr(0, colon), shown);
    if (!host)
        return host.error();
    url.host = std::move(*host);
    url.port = url.tls ? "443" : "80";
    if (colon != std::string_view::npos && colon + 1 < parts.authority.size())
        url.port = canonical_port(parts.authority.substr(colon + 1));
    if (url.port.empty())
        return Failure{Cause::config, shown + " names no possible port", "1 to 65535"};
    url.target = parts.path.empty() ? "/" : parts.path;
    url.target += parts.query;
    return url;
}

/// RFC 3986, 5.2.4, for a path that begins with a slash.
std::string without_dots(std::string_view path) {
    std::string out;
    while (!path.empty()) {
        const std::string_view segment = path.substr(0, path.find('/', 1));
        path.remove_prefix(segment.size());
        const bool up = segment == "/..";
        if (up)
            out.erase(std::min(out.rfind('/'), out.size()));
        if (!up && segment != "/.")
            out += segment;
        else if (path.empty())
            out += '/';
    }
    return out;
}

/// The path and query of a reference that names neither scheme nor host (RFC 3986, 5.2.2).
std::string target_of(const Url& base, const Parts& reference) {
    const std::string_view base_path = std::string_view{base.target}.substr(0, base.target.find('?'));
    if (reference.path.empty())
        return reference.query.empty() ? base.target : std::string{base_path} + std::string{reference.query};
    const std::string_view folder =
        reference.path.front() == '/' ? std::string_view{} : base_path.substr(0, base_path.rfind('/') + 1);
    return without_dots(std::string{folder} + std::string{reference.path}) + std::string{reference.query};
}

} // namespace

std::string Url::authority() const {
    std::string out = host.find(':') != std::string::npos ? "[" + host + "]" : host;
    if (port != (tls ? "443" : "80"))
        out += ":" + port;
    return out;
}

std::string Url::text() const {
    return (tls ? "https://" : "http://") + authority() + target;
}

std::string Url::shown() const {
    return (tls ? "https://" : "http://") + authority() + target.substr(0, target.find('?'));
}

Result<Url> parse_url(std::string_view text) {
    const Result<std::string> cleaned = clean(text);
    if (!cleaned)
        return cleaned.error();
    return url_of(take_apart(*cleaned), shown_address(*cleaned));
}

Result<Url> resolve_url(const Url& base, std::string_view reference) {
    const Result<std::string> cleaned = clean(reference);
    if (!cleaned)
        return Failure{Cause::server, cleaned.error().message};
    Parts parts = take_apart(*cleaned);
    if (parts.scheme.empty() && !parts.has_authority) {
        Url url = base;
        url.target = target_of(base, parts);
        return url;
    }
    if (parts.scheme.empty())
        parts.scheme = base.tls ? "https" : "http";
    Result<Url> url = url_of(parts, shown_address(*cleaned));
    if (!url)
        return Failure{Cause::server, url.error().message};
    return url;
}

bool is_loopback_name(std::string_view host) {
    error_code error;
    const ip::address address = ip::make_address(host, error);
    return host == "localhost" || (!error && address.is_loopback());
}

} // namespace crier::net
