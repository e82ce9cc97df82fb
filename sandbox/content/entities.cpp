#include "sandbox/content/entities.hpp"

#include "sandbox/content/domain.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace crier::sandbox {
namespace {

constexpr std::size_t longest_link = 4096;
constexpr std::size_t longest_short_name = 40; // behind "t.co/"
constexpr std::size_t longest_mention_domain = 253;

using Letters = std::vector<Letter>;

bool is_one_of(std::int32_t code, std::u32string_view set) noexcept {
    return code >= 0 && set.find(static_cast<char32_t>(code)) != std::u32string_view::npos;
}

bool stands_at(const Letters& letters, std::size_t at, std::string_view word) noexcept {
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (at + i >= letters.size())
            return false;
        const auto code = letters[at + i].code;
        const auto lower = code >= 'A' && code <= 'Z' ? code + ('a' - 'A') : code;
        if (lower != static_cast<unsigned char>(word[i]))
            return false;
    }
    return true;
}

// --- links -------------------------------------------------------------------------------------------------

// Past "https://" and its like; `at` when there is none.
std::size_t scheme_end(const Letters& letters, std::size_t at) noexcept {
    constexpr std::string_view schemes[] = {"http://", "https://", "dat://",    "dweb://",  "ipfs://",
                                            "ipns://", "ssb://",   "gopher://", "gemini://"};
    for (const auto scheme : schemes)
        if (stands_at(letters, at, scheme))
            return at + scheme.size();
    return at;
}

bool may_stand_before_link(const Letters& letters, std::size_t at) noexcept {
    if (at == 0)
        return true;
    const auto before = letters[at - 1].code;
    return before >= 0 && !is_ascii_alnum(before) && !is_one_of(before, U"@＠$#＃\uFFFE\uFEFF\uFFFF");
}

std::size_t port_end(const Letters& letters, std::size_t at) noexcept {
    if (letters[at].code != ':')
        return at;
    std::size_t end = at + 1;
    while (letters[end].code >= '0' && letters[end].code <= '9')
        ++end;
    return end > at + 1 ? end : at;
}

bool is_path_letter(std::int32_t code) noexcept {
    return code >= 0 && !is_space(code) && !is_one_of(code, U"<>()?");
}

bool may_end_path(std::int32_t code) noexcept {
    return is_path_letter(code) && !is_one_of(code, U"!*\"'「」;:=,.$%[]~&|@");
}

// A pair of parentheses may end a path only when nothing but these stands in it.
bool is_plain_path_letter(std::int32_t code) noexcept {
    return is_ascii_alnum(code) || is_one_of(code, U"!*';:=+,.$/%#[]_~&|@") || is_accented_latin(code) ||
           is_cyrillic(code) || is_dash(code);
}

using IsLetter = bool (*)(std::int32_t) noexcept;

// Past "(film)" or "(Album_(Edited))" that begins at `at`, one level deep; `at` when it is not closed or
// empty.
std::size_t balanced_end(const Letters& letters, std::size_t at, IsLetter is_letter) noexcept {
    const auto run_end = [&](std::size_t from) {
        while (is_letter(letters[from].code))
            ++from;
        return from;
    };
    if (letters[at].code != '(')
        return at;
    std::size_t inner = run_end(at + 1);
    if (letters[inner].code == ')')
        return inner > at + 1 ? inner + 1 : at;
    if (letters[inner].code != '(')
        return at;
    const std::size_t nested = run_end(inner + 1);
    if (nested == inner + 1 || letters[nested].code != ')')
        return at;
    inner = run_end(nested + 1);
    return letters[inner].code == ')' ? inner + 1 : at;
}

// The path that begins with "/": as far as it goes, back to what may end it.
std::size_t path_end(const Letters& letters, std::size_t at) noexcept {
    if (letters[at].code != '/')
        return at;
    std::size_t end = ++at; // the slash alone is a path
    while (true) {
        if (may_end_path(letters[at].code)) {
            end = ++at;
        } else if (is_path_letter(letters[at].code)) {
            ++at;
        } else if (const auto closed = balanced_end(letters, at, is_path_letter); closed > at) {
            if (balanced_end(letters, at, is_plain_path_letter) == closed)
                end = closed;
            at = closed;
        } else {
            return end;
        }
    }
}

bool is_iri_letter(std::int32_t code) noexcept {
    if (code < 0xA0 || (code >= 0xFDD0 && code <= 0xFDEF) || (code >= 0xE0000 && code < 0xE1000))
        return false;
    return !(code >= 0xFFF0 && code <= 0xFFFF) && (code & 0xFFFE) != 0xFFFE;
}

std::size_t query_end(const Letters& letters, std::size_t at) noexcept {
    if (letters[at].code != '?')
        return at;
    std::size_t end = at++;
    for (;; ++at) {
        const auto code = letters[at].code;
        if (is_ascii_alnum(code) || is_one_of(code, U"_&=#/-") || is_iri_letter(code))
            end = at + 1;
        else if (!is_one_of(code, U"!?*'();:+$%[].,~|@^"))
            return end;
    }
}

// "t.co" makes short links: what stands behind their letters and digits is no part of them, and one with more
// than 40 is none.
std::optional<std::size_t> short_link_end(const Letters& letters, std::size_t host,
                                          std::size_t end) noexcept {
    if (!stands_at(letters, host, "t.co/"))
        return end;
    const std::size_t name = host + 5;
    std::size_t name_end = name;
    while (name_end < end && is_ascii_alnum(letters[name_end].code))
        ++name_end;
    if (name_end == name)
        return end;
    return name_end - name <= longest_short_name ? std::optional(name_end) : std::nullopt;
}

// The link at `begin`, of which all parts are known; nothing when it is too long to be one.
std::optional<Entity> link_of(const Letters& letters, std::size_t begin, std::size_t host,
                              std::size_t host_end, std::size_t end) {
    if (stands_at(letters, begin, "http")) {
        const auto cut = short_link_end(letters, host, end);
        if (!cut)
            return std::nullopt;
        end = *cut;
    }
    const auto ascii = ascii_domain_length(letters, host, host_end);
    if (!ascii)
        return std::nullopt;
    const std::size_t grown = std::max(*ascii, host_end - host) - (host_end - host);
    if (end - begin + grown > longest_link)
        return std::nullopt;
    return Entity{Entity::Kind::link, begin, end, end};
}

// An address without a scheme is no link, yet what it covers can hold none.
std::vector<Entity> find_links(const Letters& letters) {
    std::vector<Entity> links;
    std::size_t searched = 0; // no bare host begins before it
    std::size_t at = 0;
    while (at + 1 < letters.size()) {
        if (!may_stand_before_link(letters, at)) {
            ++at;
            continue;
        }
        std::size_t host = scheme_end(letters, at);
        auto host_end = host > at ? domain_end(letters, host) : std::nullopt;
        if (!host_end && at >= searched) {
            host = at;
            host_end = domain_end(letters, host, &searched);
        }
        if (!host_end) {
            ++at;
            continue;
        }
        const std::size_t end = query_end(letters, path_end(letters, port_end(letters, *host_end)));
        if (host > at)
            if (const auto link = link_of(letters, at, host, *host_end, end))
                links.push_back(*link);
        at = end;
    }
    return links;
}

// --- mentions ----------------------------------------------------------------------------------------------

// Words with runs of dots and hyphens between; ends with a word.
template <typename IsPart>
std::size_t dotted_end(const Letters& letters, std::size_t at, IsPart is_part) {
    std::size_t end = at;
    while (true) {
        while (is_part(letters[at].code))
            end = ++at;
        if (end == at && (letters[at].code == '.' || letters[at].code == '-')) {
            while (letters[at].code == '.' || letters[at].code == '-')
                ++at;
            if (is_part(letters[at].code))
                continue;
        }
        return end;
    }
}

bool is_name_part(std::int32_t code) noexcept {
    return is_ascii_alnum(code) || code == '_';
}

std::vector<Entity> find_mentions(const Letters& letters) {
    std::vector<Entity> mentions;
    for (std::size_t at = 0; at + 1 < letters.size(); ++at) {
        if (letters[at].code != '@')
            continue;
        if (at > 0 && (is_word(letters[at - 1].code) || is_one_of(letters[at - 1].code, U"=/")))
            continue;
        if (!is_name_part(letters[at + 1].code))
            continue;
        const std::size_t local_end = dotted_end(letters, at + 1, is_name_part);
        std::size_t end = local_end;
        if (letters[end].code == '@' && is_word(letters[end + 1].code))
            end = dotted_end(letters, end + 1, is_word);
        const auto after = letters[end].code;
        const bool spoiled =
            is_one_of(after, U"@＠") || is_accented_latin(after) || stands_at(letters, end, "://");
        const bool too_long = end > local_end && end - local_end - 1 > longest_mention_domain;
        if (!spoiled && !too_long)
            mentions.push_back({Entity::Kind::mention, at, end, local_end});
        at = end - 1;
    }
    return mentions;
}

// --- hashtags ----------------------------------------------------------------------------------------------

bool is_separator(std::int32_t code) noexcept {
    return is_one_of(code, U"_\u00B7\u30FB\u200C");
}

// Past the tag whose first letter is at `at`; `at` when it is none ("#1").
std::size_t tag_end(const Letters& letters, std::size_t at) {
    const std::size_t begin = at;
    std::size_t end = at;
    std::size_t words_end = at;
    bool parted = false; // something that is no digit inside
    bool spelled = false;
    for (; is_word(letters[at].code) || is_separator(letters[at].code); ++at) {
        const auto code = letters[at].code;
        if (is_word(code)) {
            end = at + 1;
            if (words_end == at) {
                words_end = at + 1;
                spelled = spelled || is_alpha(code);
            }
        }
    }
    for (std::size_t i = begin + 1; i + 1 < end; ++i)
        parted = parted || is_alpha(letters[i].code) || is_separator(letters[i].code);
    if (parted && is_word(letters[begin].code))
        return end;
    return spelled ? words_end : begin;
}

std::vector<Entity> find_hashtags(const Letters& letters) {
    std::vector<Entity> tags;
    for (std::size_t at = 0; at + 1 < letters.size(); ++at) {
        if (letters[at].code != '#')
            continue;
        if (at > 0 && (is_word(letters[at - 1].code) || is_one_of(letters[at - 1].code, U"=/)")))
            continue;
        const std::size_t end = tag_end(letters, at + 1);
        if (end == at + 1)
            continue;
        tags.push_back({Entity::Kind::hashtag, at, end, end});
        at = end - 1;
    }
    return tags;
}

} // namespace

std::vector<Entity> find_entities(const std::vector<Letter>& letters, bool hashtags) {
    std::vector<Entity> all = find_links(letters);
    for (const Entity& mention : find_mentions(letters))
        all.push_back(mention);
    if (hashtags)
        for (const Entity& tag : find_hashtags(letters))
            all.push_back(tag);
    std::stable_sort(all.begin(), all.end(),
                     [](const Entity& a, const Entity& b) { return a.begin < b.begin; });
    std::size_t covered = 0;
    std::erase_if(all, [&covered](const Entity& entity) {
        if (entity.begin < covered)
            return true;
        covered = entity.end;
        return false;
    });
    return all;
}

} // namespace crier::sandbox
