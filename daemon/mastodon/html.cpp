#include "mastodon/html.hpp"

#include "core/ascii.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace crier::mastodon {
namespace {

bool is_letter(char c) {
    return ascii::lower(c) >= 'a' && ascii::lower(c) <= 'z';
}

struct Named {
    std::string_view name;
    std::string_view text;
};
constexpr Named references[] = {{"amp", "&"},   {"lt", "<"},   {"gt", ">"},
                                {"quot", "\""}, {"apos", "'"}, {"nbsp", "\xC2\xA0"}};

/// What stands for "&amp;", "&#39;", "&#x27;"; empty where it is none.
std::string referenced(std::string_view name) {
    for (const Named& one : references)
        if (one.name == name)
            return std::string{one.text};
    if (name.size() < 2 || name[0] != '#')
        return {};
    name.remove_prefix(1);
    const bool hex = name[0] == 'x' || name[0] == 'X';
    if (hex)
        name.remove_prefix(1);
    std::int32_t value = 0;
    const auto read = std::from_chars(name.data(), name.data() + name.size(), value, hex ? 16 : 10);
    std::string text;
    const bool surrogate = value >= 0xD800 && value < 0xE000;
    if (read.ec == std::errc{} && read.ptr == name.data() + name.size() && value > 0 && value < 0x110000 &&
        !surrogate)
        text::append(text, value);
    return text;
}

std::string decoded(std::string_view text) {
    constexpr std::size_t longest = 10;
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text[at] == '&' ? text.substr(0, at + longest).find(';', at) : text.npos;
        const std::string meant =
            end != text.npos ? referenced(text.substr(at + 1, end - at - 1)) : std::string{};
        if (meant.empty()) {
            out += text[at++];
            continue;
        }
        out += meant;
        at = end + 1;
    }
    return out;
}

/// A tag between its brackets: `a href="https://..." class="mention"`.
class Tag {
public:
    explicit Tag(std::string_view inside)
        : rest_(inside) {
        closing_ = !rest_.empty() && rest_[0] == '/';
        if (closing_)
            rest_.remove_prefix(1);
        const std::size_t end = std::min(rest_.find_first_of(" \t\r\n/"), rest_.size());
        name_ = ascii::lower(rest_.substr(0, end));
        rest_.remove_prefix(end);
    }
    [[nodiscard]] bool is(std::string_view name) const { return name_ == name; }
    [[nodiscard]] bool closing() const { return closing_; }

    [[nodiscard]] std::string attribute(std::string_view wanted) const {
        std::string_view rest = rest_;
        while (true) {
            rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n/"), rest.size()));
            if (rest.empty())
                return {};
            const std::size_t end = std::min(rest.find_first_of("= \t\r\n"), rest.size());
            const std::string name = ascii::lower(rest.substr(0, end));
            rest.remove_prefix(end);
            std::string_view value;
            if (!rest.empty() && rest[0] == '=') {
                rest.remove_prefix(1);
                const char quote = !rest.empty() && (rest[0] == '"' || rest[0] == '\'') ? rest[0] : '\0';
                if (quote != '\0')
                    rest.remove_prefix(1);
                const std::size_t stop =
                    std::min(quote != '\0' ? rest.find(quote) : rest.find_first_of(" \t\r\n"), rest.size());
                value = rest.substr(0, stop);
                rest.remove_prefix(std::min(stop + (quote != '\0' ? 1 : 0), rest.size()));
            } else if (end == 0) {
                rest.remove_prefix(1);
            }
            if (name == wanted)
                return decoded(value);
        }
    }

private:
    std::string_view rest_;
    std::string name_;
    bool closing_ = false;
};

/// The end of the tag that begins at `at`, behind quoted values; npos: there is none.
std::size_t tag_end(std::string_view html, std::size_t at) {
    constexpr std::size_t longest = 8192; // or a quote that is never closed is looked for again and again
    char quote = '\0';
    for (std::size_t i = at; i < std::min(html.size(), at + longest); ++i) {
        const char c = html[i];
        if (quote != '\0')
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return i;
    }
    return std::string_view::npos;
}

/// Mentions lead to people and hashtags to lists; they are shown as they were written.
bool is_shown_as_written(const Tag& link) {
    const std::string kind = " " + link.attribute("class") + " " + link.attribute("rel") + " ";
    return kind.find(" mention ") != std::string::npos || kind.find(" hashtag ") != std::string::npos ||
           kind.find(" tag ") != std::string::npos;
}

bool breaks_lines(const Tag& tag) {
    for (const std::string_view name : {"br", "p", "div", "li", "ul", "ol", "pre", "blockquote"})
        if (tag.is(name))
            return true;
    return false;
}

} // namespace

PlainText plain_of_html(std::string_view html) {
    PlainText plain;
    bool in_link = false; // whose address is written already
    std::size_t at = 0;
    while (at < html.size()) {
        const std::size_t open = std::min(html.find('<', at), html.size());
        if (!in_link)
            plain.text += decoded(html.substr(at, open - at));
        if (open == html.size())
            break;
        const bool tag_like = open + 1 < html.size() && (is_letter(html[open + 1]) || html[open + 1] == '/');
        const std::size_t end = tag_like ? tag_end(html, open) : std::string_view::npos;
        if (end == std::string_view::npos) {
            if (!in_link)
                plain.text += '<';
            at = open + 1;
            continue;
        }
        const Tag tag{html.substr(open + 1, end - open - 1)};
        at = end + 1;
        if (tag.is("a") && tag.closing()) {
            in_link = false;
        } else if (tag.is("a") && !is_shown_as_written(tag)) {
            std::string address = tag.attribute("href");
            if (!address.empty()) {
                plain.text += address;
                plain.links.push_back(std::move(address));
                in_link = true;
            }
        } else if (breaks_lines(tag)) {
            plain.text += '\n';
        }
    }
    return plain;
}

} // namespace crier::mastodon
