#include "core/text/plain.hpp"

#include "core/ascii.hpp"
#include "core/text/entities.hpp"
#include "core/text/utf8.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <map>
#include <unordered_set>

namespace crier::text {
namespace {

// The one letter in common use whose capitals are two.
constexpr std::int32_t sharp_s = 0xDF;
constexpr std::int32_t capital_sharp_s = 0x1E9E;

bool is_stripped(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == '\0';
}

template <class Map>
std::string mapped(std::string_view text, Map map) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = code_point(text, at);
        if (point.value < 0)
            out += text[at];
        else
            map(out, point.value);
        at += point.size;
    }
    return out;
}

/// What may stand in a hashtag (Mastodon takes a few more signs, other servers do not).
bool is_in_hashtag(std::int32_t point) {
    return is_word(point) || point == 0x200C;
}

/// Mentions of those who are meant to be notified: where each begins and ends.
std::map<std::size_t, std::size_t> meant_in(std::string_view text, const std::vector<std::string>& meant) {
    std::map<std::size_t, std::size_t> found;
    if (meant.empty())
        return found;
    for (const Entity& mention : find_mentions(text)) {
        const std::string name =
            ascii::lower(text.substr(mention.begin + 1, mention.end - mention.begin - 1));
        if (std::find(meant.begin(), meant.end(), name) != meant.end())
            found.emplace(mention.begin, mention.end);
    }
    return found;
}

} // namespace

std::string strip(std::string_view text) {
    while (!text.empty() && is_stripped(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_stripped(text.back()))
        text.remove_suffix(1);
    return std::string{text};
}

std::string one_line(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    bool blank = false;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = code_point(text, at);
        if (is_space(point.value) || point.value == 0) {
            blank = !out.empty();
        } else {
            if (blank)
                out += ' ';
            blank = false;
            out.append(text, at, point.size);
        }
        at += point.size;
    }
    return out;
}

std::string first_graphemes(std::string_view text, std::size_t count) {
    std::size_t end = 0;
    for (std::size_t i = 0; i < count && end < text.size(); ++i)
        end = grapheme_end(text, end);
    return std::string{text.substr(0, end)};
}

std::string upper(std::string_view text) {
    return mapped(text, [](std::string& out, std::int32_t c) {
        if (c == sharp_s)
            out += "SS";
        else
            append(out, utf8proc_toupper(c));
    });
}

std::string lower(std::string_view text) {
    return mapped(text, [](std::string& out, std::int32_t c) { append(out, utf8proc_tolower(c)); });
}

std::string fold_case(std::string_view text) {
    return mapped(text, [](std::string& out, std::int32_t c) {
        if (c == sharp_s || c == capital_sharp_s)
            out += "ss";
        else // upper first: final sigma and the like meet only there
            append(out, utf8proc_tolower(utf8proc_toupper(c)));
    });
}

std::string defuse_mentions(std::string_view text, const std::vector<std::string>& meant) {
    if (text.find('@') == std::string_view::npos)
        return std::string{text};
    std::string out;
    out.reserve(text.size() + 16);
    std::size_t link_end = 0;
    std::size_t next_link = 0;
    const std::vector<Entity> links = find_links(text);
    const std::map<std::size_t, std::size_t> let_through = meant_in(text, meant);
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (next_link < links.size() && links[next_link].begin == at)
            link_end = links[next_link++].end;
        // Also where the server counts none, for nobody has such a domain (http://wiki.internal): people
        // follow it.
        if (text[at] == 'h' && at >= link_end &&
            (text.substr(at).starts_with("https://") || text.substr(at).starts_with("http://")))
            link_end = std::min(text.find_first_of(" \t\r\n", at), text.size());
        if (text[at] != '@') {
            out += text[at];
            continue;
        }
        if (const auto one = let_through.find(at); one != let_through.end() && at >= link_end) {
            out.append(text, at, one->second - at);
            at = one->second - 1;
            continue;
        }
        // Wider than Mastodon's rule, for other servers have other rules.
        const CodePoint before = code_point_before(text, at);
        const CodePoint after = code_point(text, at + 1);
        const bool name = after.size > 0 && after.value < 0x80 && is_word(after.value);
        const bool begins_one = name && !(before.size > 0 && is_word(before.value));
        if (at >= link_end)
            out += begins_one ? "@" + std::string{zero_width_space} : "@";
        else // Mastodon looks for mentions in links, too, but not behind these; %40 leads to the same place
            out += begins_one && before.value != '/' && before.value != '=' ? "%40" : "@";
    }
    return out;
}

std::string hashtag(std::string_view words) {
    std::string tag;
    bool any_letter = false;
    bool new_word = false;
    for (std::size_t at = 0; at < words.size();) {
        const CodePoint point = code_point(words, at);
        at += point.size;
        if (point.value == '\'' || point.value == 0x2019)
            continue; // "don't" is one word
        if (!is_in_hashtag(point.value)) {
            new_word = !tag.empty();
            continue;
        }
        any_letter = any_letter || is_letter(point.value);
        if (tag.empty() || !new_word) {
            append(tag, point.value);
        } else {
            // The first word's first letter is raised too, once it is known that there are more.
            const CodePoint first = code_point(tag, 0);
            if (utf8proc_totitle(first.value) != first.value) {
                std::string raised;
                append(raised, utf8proc_totitle(first.value));
                tag.replace(0, first.size, raised);
            }
            append(tag, utf8proc_totitle(point.value));
        }
        new_word = false;
    }
    return any_letter ? "#" + tag : std::string{};
}

std::string hashtags(const std::vector<std::string>& words, std::size_t most) {
    std::string out;
    std::unordered_set<std::string> known;
    for (const std::string& word : words) {
        if (known.size() == most)
            break;
        const std::string tag = hashtag(word);
        if (!tag.empty() && known.insert(fold_case(tag)).second)
            out += (out.empty() ? "" : " ") + tag;
    }
    return out;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
    return std::to_string(count) + ' ' + std::string{count == 1 ? one : many};
}

std::string url_encode(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
    }
    return out;
}

} // namespace crier::text
