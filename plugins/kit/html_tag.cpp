#include "kit/html_tag.hpp"

#include "kit/ascii.hpp"
#include "kit/entities.hpp"

#include <algorithm>

namespace crier::kit {
namespace {

/// Past the '>' of the tag that `from` stands in, quotes respected; one that never ends was forgotten, and
/// hides nothing.
std::size_t tag_end(std::string_view html, std::size_t from) {
    for (std::size_t i = from; i < html.size(); ++i) {
        const char c = html[i];
        if (c == '>')
            return i + 1;
        if ((c == '"' || c == '\'') && html[i - 1] == '=') {
            const std::size_t end = html.find(c, i + 1);
            i = end == std::string_view::npos ? i : end;
        }
    }
    return html.size();
}

} // namespace

std::optional<HtmlTag> read_tag(std::string_view html, std::size_t at) {
    HtmlTag tag;
    tag.closing = html.substr(at + 1, 1) == "/";
    const std::size_t name = at + (tag.closing ? 2 : 1);
    if (name >= html.size() || !is_letter(html[name]))
        return std::nullopt;
    std::size_t name_end = name;
    while (name_end < html.size() && !is_blank(html[name_end]) && html[name_end] != '/' &&
           html[name_end] != '>' && html[name_end] != '<')
        ++name_end;
    tag.name = html.substr(name, name_end - name);
    tag.end = tag_end(html, name_end);
    const std::size_t close = html[tag.end - 1] == '>' ? tag.end - 1 : tag.end;
    tag.attributes = html.substr(name_end, std::max(close, name_end) - name_end);
    return tag;
}

std::string attribute(const HtmlTag& tag, std::string_view wanted) {
    const std::string_view text = tag.attributes;
    std::size_t at = 0;
    while (at < text.size()) {
        while (at < text.size() && (is_blank(text[at]) || text[at] == '/'))
            ++at;
        const std::size_t name_start = at;
        while (at < text.size() && !is_blank(text[at]) && text[at] != '=' && text[at] != '/')
            ++at;
        const std::string_view name = text.substr(name_start, at - name_start);
        while (at < text.size() && is_blank(text[at]))
            ++at;
        std::string_view value;
        if (at < text.size() && text[at] == '=') {
            ++at;
            while (at < text.size() && is_blank(text[at]))
                ++at;
            if (at < text.size() && (text[at] == '"' || text[at] == '\'')) {
                const std::size_t start = at + 1;
                std::size_t end = text.find(text[at], start);
                if (end == npos) { // forgotten
                    end = start;
                    while (end < text.size() && !is_blank(text[end]))
                        ++end;
                }
                value = text.substr(start, end - start);
                at = std::min(end + 1, text.size());
            } else {
                const std::size_t start = at;
                while (at < text.size() && !is_blank(text[at]))
                    ++at;
                value = text.substr(start, at - start);
            }
        }
        if (same_but_case(name, wanted))
            return decode_references(value);
    }
    return {};
}

} // namespace crier::kit
