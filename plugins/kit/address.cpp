#include "kit/address.hpp"

#include "kit/ascii.hpp"

#include <algorithm>
#include <vector>

namespace crier::kit {
namespace {

constexpr std::size_t most_address = 8192; // bytes

/// "mailto:" and the like: letters, then a colon, before any slash.
bool names_scheme(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || text.find_first_of("/?#") < colon)
        return false;
    const std::string_view scheme = text.substr(0, colon);
    return std::all_of(scheme.begin(), scheme.end(), [](char c) {
        return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
    });
}

/// RFC 3986, 5.2.4, of a path that begins with a slash.
std::string without_dots(std::string_view path) {
    std::vector<std::string_view> kept;
    bool folder = false;
    while (!path.empty()) {
        path.remove_prefix(1); // its slash
        const std::string_view part = path.substr(0, path.find('/'));
        path.remove_prefix(part.size());
        folder = part == "." || part == "..";
        if (part == ".." && !kept.empty())
            kept.pop_back();
        else if (!folder)
            kept.push_back(part);
    }
    std::string out;
    for (const std::string_view part : kept)
        out.append("/").append(part);
    return folder || out.empty() ? out + '/' : out;
}

/// As people meant it: wrapped lines joined, blanks escaped, and "&amp;" that was escaped once too often.
std::string cleaned(std::string_view text) {
    const auto is_odd = [](char c) {
        return static_cast<unsigned char>(c) <= ' ' || c == '\x7f' || c == '\\';
    };
    if (std::none_of(text.begin(), text.end(), is_odd) && text.find("&amp;") == std::string_view::npos)
        return std::string{text};
    std::string out;
    bool query = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        query = query || c == '?' || c == '#';
        if (c == ' ')
            out += "%20";
        else if (c == '\\' && !query) // url.spec.whatwg.org: as browsers read it
            out += '/';
        else if (static_cast<unsigned char>(c) > ' ' && c != '\x7f')
            out += c;
        if (text.substr(i, 5) == "&amp;")
            i += 4;
    }
    return out;
}

} // namespace

bool is_http(std::string_view text) {
    const std::size_t scheme = starts_but_case(text, "http://")    ? 7
                               : starts_but_case(text, "https://") ? 8
                                                                   : 0;
    const std::string_view host = text.substr(scheme);
    return scheme != 0 && !host.empty() &&
           std::string_view{"/?#"}.find(host.front()) == std::string_view::npos;
}

std::string absolute_address(std::string_view reference, std::string_view base) {
    reference = trimmed(reference);
    base = trimmed(base);
    if (reference.empty() || reference.size() > most_address || base.size() > most_address)
        return {};
    std::string clean = cleaned(reference);
    reference = clean;
    if (is_http(reference))
        return clean;
    if (reference.empty() || names_scheme(reference) || !is_http(base))
        return {};
    const std::size_t host = base.find("://") + 3;
    if (reference.substr(0, 2) == "//") {
        std::string address = std::string{base.substr(0, host - 2)} + clean;
        return is_http(address) ? address : std::string{};
    }
    const std::string origin{base.substr(0, base.find_first_of("/?#", host))};
    const std::string_view without_fragment = base.substr(0, base.find('#'));
    if (reference.front() == '#')
        return std::string{without_fragment} + clean;
    std::string_view path = without_fragment.substr(origin.size());
    path = path.substr(0, path.find('?'));
    if (reference.front() == '?')
        return origin + (path.empty() ? "/" : std::string{path}) + clean;
    const std::size_t path_end = std::min(reference.find_first_of("?#"), reference.size());
    std::string wanted{reference.substr(0, path_end)};
    if (wanted.front() != '/')
        wanted = (path.empty() ? "/" : std::string{path.substr(0, path.rfind('/') + 1)}) + wanted;
    return origin + without_dots(wanted) + std::string{reference.substr(path_end)};
}

} // namespace crier::kit
