#include "core/text/link.hpp"

#include "core/ascii.hpp"
#include "core/text/entities.hpp"
#include "core/text/utf8.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <optional>

namespace crier::text {
namespace {

bool is_alnum(std::int32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_one_of(std::int32_t c, std::string_view set) {
    return c > 0 && c < 0x80 && set.find(static_cast<char>(c)) != std::string_view::npos;
}

/// May stand anywhere in a path.
bool is_path_char(std::int32_t c) {
    return c >= 0 && !is_space(c) && !is_one_of(c, "<>()?");
}

/// May be a path's last character.
bool ends_path(std::int32_t c) {
    return is_path_char(c) && !is_one_of(c, "!*\"';:=,.$%[]~&|@") && c != 0x300C && c != 0x300D;
}

/// May stand in parentheses at a path's end: twitter-text's own, narrower set, which Mastodon's replacement
/// comes too late for.
bool is_plain_path_char(std::int32_t c) {
    if (c < 0)
        return false;
    if (c < 0x80)
        return is_alnum(c) || is_one_of(c, "!*';:=+,.$/%#[]-_~&|@");
    return is_latin_accent(c) || (c >= 0x400 && c <= 0x52F) || utf8proc_category(c) == UTF8PROC_CATEGORY_PD;
}

/// Private use, and all of what may be assigned, from the no-break space on.
bool is_query_uchar(std::int32_t c) {
    if (c < 0xA0 || (c >= 0xD800 && c < 0xE000) || (c >= 0xFDD0 && c < 0xFDF0) ||
        (c >= 0xE0000 && c < 0xE1000))
        return false;
    return (c & 0xFFFF) < 0xFFFE && !(c >= 0xFFF0 && c <= 0xFFFF);
}

bool is_query_char(std::int32_t c) {
    return is_alnum(c) || is_one_of(c, "!?*'();:&=+$/%#[]-_.,~|@^") || is_query_uchar(c);
}

bool ends_query(std::int32_t c) {
    return is_alnum(c) || is_one_of(c, "_&=#/-") || is_query_uchar(c);
}

struct Parentheses {
    std::size_t end = 0; ///< behind the closing one; 0: they are not balanced
    bool plain = true;   ///< nothing in them that twitter-text's own set lacks
};

/// `(abc)`, or `(abc(def)ghi)`: one level may be nested, once, and nothing may be empty.
Parentheses parentheses(std::string_view text, std::size_t at) {
    Parentheses found;
    bool nested = false;
    bool inside = false;
    std::size_t content = 0; // of the present level
    for (++at; at < text.size();) {
        const CodePoint point = code_point(text, at);
        at += point.size;
        if (point.value == '(') {
            if (nested)
                return {};
            nested = inside = true;
            content = 0;
        } else if (point.value == ')') {
            if (!inside) {
                if (content == 0 && !nested)
                    return {};
                found.end = at;
                return found;
            }
            if (content == 0)
                return {};
            inside = false;
        } else if (is_path_char(point.value)) {
            ++content;
            found.plain = found.plain && is_plain_path_char(point.value);
        } else {
            return {};
        }
    }
    return {};
}

/// From the slash on: as far as path characters go, back to the last one that may end a path.
std::size_t path_end(std::string_view text, std::size_t slash) {
    std::size_t end = slash + 1;
    for (std::size_t at = end; at < text.size();) {
        const CodePoint point = code_point(text, at);
        if (point.value == '(') {
            const Parentheses group = parentheses(text, at);
            if (group.end == 0)
                break;
            at = group.end;
            if (group.plain)
                end = at;
            continue;
        }
        if (!is_path_char(point.value))
            break;
        at += point.size;
        if (ends_path(point.value))
            end = at;
    }
    return end;
}

std::size_t query_end(std::string_view text, std::size_t mark) {
    std::size_t end = mark;
    for (std::size_t at = mark + 1; at < text.size();) {
        const CodePoint point = code_point(text, at);
        if (!is_query_char(point.value))
            break;
        at += point.size;
        if (ends_query(point.value))
            end = at;
    }
    return end;
}

/// May not stand before an address.
bool bars_address(std::int32_t c) {
    return is_alnum(c) || c == '@' || c == '$' || c == '#' || c == 0xFF20 || c == 0xFF03 || c == 0xFFFE ||
           c == 0xFEFF || c == 0xFFFF;
}

/// The scheme that ends where "://" begins: its length, or 0.
std::size_t scheme_size(std::string_view before) {
    static constexpr std::array<std::string_view, 9> schemes{"https", "http",   "dat",    "dweb", "ipfs",
                                                             "ipns",  "gopher", "gemini", "ssb"};
    for (const std::string_view scheme : schemes) {
        if (before.size() < scheme.size())
            continue;
        const std::string_view tail = before.substr(before.size() - scheme.size());
        const bool same = std::equal(tail.begin(), tail.end(), scheme.begin(),
                                     [](char a, char b) { return (a | 0x20) == b; });
        if (!same)
            continue;
        const CodePoint preceding = code_point_before(before, before.size() - scheme.size());
        if (preceding.size == 0 || !bars_address(preceding.value))
            return scheme.size();
    }
    return 0;
}

constexpr std::size_t longest_link = 4096;

/// Addresses without a scheme. The server makes no links of them, but reads them whole, and with them what
/// looks like a link in their path. Asked for places in ascending order, it reads the text once.
class BareAddresses {
public:
    explicit BareAddresses(std::string_view text)
        : text_(text) {}

    /// Where the one ends that begins before `place` and goes on behind it; 0: there is none.
    [[nodiscard]] std::size_t end_across(std::size_t place) {
        for (; next_ < place; ++next_) {
            if (text_[next_] != '/' && text_[next_] != '?')
                continue;
            const std::size_t end = end_over(next_);
            if (end > next_)
                next_ = end - 1;
            if (end > place)
                return end;
            floor_ = std::max(floor_, end);
        }
        return 0;
    }

private:
    /// Where the address ends whose host is followed by what stands at `mark`.
    [[nodiscard]] std::size_t end_over(std::size_t mark) const {
        std::size_t host_end = mark;
        while (host_end > floor_ && ascii::is_digit(text_[host_end - 1]))
            --host_end;
        if (host_end == mark || host_end == floor_ || text_[host_end - 1] != ':')
            host_end = mark;
        else
            --host_end;
        constexpr std::size_t longest_host = 512; // bounded, for the text is somebody's
        std::size_t begin = host_end;
        while (begin > floor_ && host_end - begin < longest_host && is_host_byte(text_[begin - 1]))
            --begin;
        // Where its characters begin, or else behind a dot, a hyphen or the like between them.
        int tries = 8;
        for (; begin < host_end && tries > 0; begin += code_point(text_, begin).size) {
            if (bars_address(code_point_before(text_, begin).value))
                continue;
            --tries;
            if (host_span(text_, begin).end == host_end)
                return link_tail_end(text_, host_end);
        }
        return 0;
    }

    [[nodiscard]] static bool is_host_byte(char c) {
        return is_alnum(c) || c == '-' || c == '_' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
    }

    std::string_view text_;
    std::size_t next_ = 0;
    std::size_t floor_ = 0; ///< before it all is taken
};

/// A host as a program would take it: an IP address, a name without a dot. 0: there is none.
std::size_t plain_host_end(std::string_view text, std::size_t at) {
    std::size_t end = at;
    std::size_t last = 0;
    for (; end < text.size() && (is_alnum(text[end]) || is_one_of(text[end], "-_.:@%[]")); ++end)
        if (is_alnum(text[end]) || text[end] == ']')
            last = end + 1;
    return last;
}

std::size_t points_in(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Links of Twitter's shortener end behind their slug. Nothing: it is none of them; 0: its slug is too long,
/// and it is no link at all.
std::optional<std::size_t> shortener_end(std::string_view text, std::size_t host_begin, std::size_t scheme) {
    constexpr std::size_t longest_slug = 40;
    constexpr std::string_view host = "t.co/";
    if ((text[host_begin - 3 - scheme] | 0x20) != 'h') // http and https alone begin so
        return std::nullopt;
    const std::string_view found = text.substr(host_begin, host.size());
    if (!std::equal(found.begin(), found.end(), host.begin(), host.end(),
                    [](char a, char b) { return a == b || (a | 0x20) == b; }))
        return std::nullopt;
    std::size_t end = host_begin + host.size();
    while (end < text.size() && is_alnum(text[end]))
        ++end;
    const std::size_t slug = end - host_begin - host.size();
    if (slug == 0)
        return std::nullopt;
    return slug > longest_slug ? 0 : end;
}

} // namespace

bool is_latin_accent(std::int32_t c) noexcept {
    if (c < 0xC0)
        return false;
    if (c <= 0x24F)
        return c != 0xD7 && c != 0xF7;
    switch (c) {
    case 0x253:
    case 0x254:
    case 0x256:
    case 0x257:
    case 0x259:
    case 0x25B:
    case 0x263:
    case 0x268:
    case 0x26F:
    case 0x272:
    case 0x289:
    case 0x28B:
    case 0x2BB:
        return true;
    default:
        return (c >= 0x300 && c <= 0x36F) || (c >= 0x1E00 && c <= 0x1EFF);
    }
}

std::size_t link_tail_end(std::string_view text, std::size_t host_end) {
    std::size_t end = host_end;
    if (end + 1 < text.size() && text[end] == ':' && ascii::is_digit(text[end + 1])) {
        ++end;
        while (end < text.size() && ascii::is_digit(text[end]))
            ++end;
    }
    if (end < text.size() && text[end] == '/')
        end = path_end(text, end);
    if (end < text.size() && text[end] == '?')
        end = query_end(text, end);
    return end;
}

std::vector<Entity> find_links(std::string_view text) {
    std::vector<Entity> links;
    BareAddresses bare{text};
    std::size_t from = 0; // a link may begin here or later
    for (std::size_t at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 3)) {
        if (at < from)
            continue;
        const std::size_t scheme = scheme_size(text.substr(from, at - from));
        if (scheme == 0)
            continue;
        const std::size_t begin = at - scheme;
        if (const std::size_t swallowed = bare.end_across(begin); swallowed > 0) {
            from = swallowed;
            continue;
        }
        const HostSpan host = host_span(text, at + 3);
        if (host.end == 0)
            continue;
        std::size_t end = link_tail_end(text, host.end);
        from = end;
        if (const auto short_end = shortener_end(text, at + 3, scheme))
            end = *short_end;
        if (end == 0)
            continue;
        const bool fits = points_in(text.substr(begin, end - begin)) + host.growth <= longest_link;
        if (host.encodable && fits)
            links.push_back({Entity::Kind::link, begin, end, end});
    }
    return links;
}

std::vector<Entity> find_addresses(std::string_view text) {
    std::vector<Entity> found = find_links(text);
    std::size_t from = 0;
    for (std::size_t at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 3)) {
        if (at < from)
            continue;
        const std::size_t scheme = scheme_size(text.substr(from, at - from));
        if (scheme == 0)
            continue;
        const std::size_t host = plain_host_end(text, at + 3);
        if (host == 0)
            continue;
        const std::size_t begin = at - scheme;
        from = link_tail_end(text, host);
        if (points_in(text.substr(begin, from - begin)) <= longest_link)
            found.push_back({Entity::Kind::link, begin, from, from});
    }
    std::sort(found.begin(), found.end(), [](const Entity& a, const Entity& b) { return a.begin < b.begin; });
    std::vector<Entity> merged;
    for (const Entity& one : found) {
        if (merged.empty() || merged.back().end <= one.begin)
            merged.push_back(one);
        else
            merged.back().end = merged.back().local_end = std::max(merged.back().end, one.end);
    }
    return merged;
}

} // namespace crier::text
