#include "net/url.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>

namespace crier::net {
namespace {

/// Escapes what may not stand in an address but does in the wild.
Result<std::string> clean(std::string_view text) {
    constexpr std::string_view odd = " \"<>\\^`{|}";
    constexpr char digits[] = "0123456789ABCDEF";
    while (!text.empty() && (text.front() == ' ' || text.front() == '\n' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() &&
           (text.back() == ' ' || text.back() == '\n' || text.back() == '\r' || text.back() == '\t'))
        text.remove_suffix(1);
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x20 || byte == 0x7f)
            return Failure{Cause::config, "an address with a control character in it"};
        const bool stray_percent =
            byte == '%' && (i + 2 >= text.size() || !std::isxdigit(static_cast<unsigned char>(text[i + 1])) ||
                            !std::isxdigit(static_cast<unsigned char>(text[i + 2])));
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

Result<Url> from_boost(const boost::urls::url_view& parsed, std::string_view text) {
    Url url;
    const std::string scheme{parsed.scheme()};
    if (scheme != "http" && scheme != "https")
        return Failure{Cause::config, std::string{text} + " is no http or https address"};
    if (parsed.has_userinfo())
        return Failure{Cause::config, "an address with a user name or password in it",
                       "put secrets into a file or variable, not into an address"};
    url.tls = scheme == "https";
    url.host = parsed.host_address();
    for (char& c : url.host)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    if (url.host.empty())
        return Failure{Cause::config, std::string{text} + " names no host"};
    url.port = parsed.port().empty() ? (url.tls ? "443" : "80") : std::string{parsed.port()};
    const std::string path{parsed.encoded_path()};
    url.target = path.empty() ? "/" : path;
    if (parsed.has_query())
        url.target += "?" + std::string{parsed.encoded_query()};
    return url;
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

Result<Url> parse_url(std::string_view text) {
    const Result<std::string> cleaned = clean(text);
    if (!cleaned)
        return cleaned.error();
    const auto parsed = boost::urls::parse_uri(*cleaned);
    if (!parsed)
        return Failure{Cause::config, std::string{text} + " does not read as an address"};
    return from_boost(*parsed, text);
}

Result<Url> resolve_url(const Url& base, std::string_view reference) {
    const Result<std::string> cleaned = clean(reference);
    if (!cleaned)
        return cleaned.error();
    const auto parsed = boost::urls::parse_uri_reference(*cleaned);
    const std::string from = base.text();
    const auto base_parsed = boost::urls::parse_uri(from);
    if (!parsed || !base_parsed)
        return Failure{Cause::server, std::string{reference} + " does not read as an address"};
    boost::urls::url joined;
    if (const auto done = boost::urls::resolve(*base_parsed, *parsed, joined); !done)
        return Failure{Cause::server, std::string{reference} + " leads nowhere from " + from};
    return from_boost(joined, reference);
}

bool is_loopback_name(std::string_view host) {
    if (host == "localhost" || host == "::1")
        return true;
    if (host.substr(0, 4) != "127.")
        return false;
    return host.find_first_not_of("0123456789.") == std::string_view::npos;
}

} // namespace crier::net
