#include "kit/html_elements.hpp"

#include "kit/ascii.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace crier::kit {
namespace {

struct Element {
    std::string_view name;
    Role role;
    bool stays_open = false; ///< it has no end, or its end may be left away

    friend constexpr bool operator<(const Element& a, const Element& b) { return a.name < b.name; }
};

constexpr Element elements[] = {
    {"a", Role::in_line},
    {"abbr", Role::in_line},
    {"acronym", Role::in_line},
    {"address", Role::paragraph},
    {"applet", Role::hidden},
    {"area", Role::in_line, true},
    {"article", Role::paragraph},
    {"aside", Role::paragraph},
    {"audio", Role::fallback},
    {"b", Role::in_line},
    {"bdi", Role::in_line},
    {"bdo", Role::in_line},
    {"big", Role::in_line},
    {"blockquote", Role::paragraph},
    {"body", Role::in_line},
    {"br", Role::line_break, true},
    {"button", Role::hidden},
    {"canvas", Role::fallback},
    {"caption", Role::lines},
    {"center", Role::paragraph},
    {"cite", Role::in_line},
    {"code", Role::in_line},
    {"data", Role::in_line},
    {"datalist", Role::hidden},
    {"dd", Role::lines, true},
    {"del", Role::in_line},
    {"details", Role::paragraph},
    {"dfn", Role::in_line},
    {"dialog", Role::hidden},
    {"dir", Role::list},
    {"div", Role::lines},
    {"dl", Role::paragraph},
    {"dt", Role::lines, true},
    {"em", Role::in_line},
    {"embed", Role::in_line, true},
    {"fieldset", Role::paragraph},
    {"figcaption", Role::paragraph},
    {"figure", Role::paragraph},
    {"font", Role::in_line},
    {"footer", Role::paragraph},
    {"form", Role::paragraph},
    {"h1", Role::paragraph},
    {"h2", Role::paragraph},
    {"h3", Role::paragraph},
    {"h4", Role::paragraph},
    {"h5", Role::paragraph},
    {"h6", Role::paragraph},
    {"head", Role::hidden},
    {"header", Role::paragraph},
    {"hgroup", Role::paragraph},
    {"hr", Role::paragraph, true},
    {"html", Role::in_line},
    {"i", Role::in_line},
    {"iframe", Role::hidden},
    {"img", Role::picture, true},
    {"input", Role::in_line, true},
    {"ins", Role::in_line},
    {"kbd", Role::in_line},
    {"label", Role::in_line},
    {"legend", Role::lines},
    {"li", Role::entry, true},
    {"main", Role::paragraph},
    {"map", Role::in_line},
    {"mark", Role::in_line},
    {"math", Role::hidden},
    {"menu", Role::list},
    {"meter", Role::in_line},
    {"nav", Role::paragraph},
    {"nobr", Role::in_line},
    {"noframes", Role::hidden},
    {"noscript", Role::hidden},
    {"object", Role::hidden},
    {"ol", Role::list},
    {"output", Role::in_line},
    {"p", Role::paragraph, true},
    {"param", Role::in_line, true},
    {"picture", Role::in_line},
    {"pre", Role::verbatim},
    {"progress", Role::in_line},
    {"q", Role::quote},
    {"rp", Role::in_line},
    {"rt", Role::in_line},
    {"ruby", Role::in_line},
    {"s", Role::in_line},
    {"samp", Role::in_line},
    {"script", Role::hidden},
    {"search", Role::paragraph},
    {"section", Role::paragraph},
    {"select", Role::hidden},
    {"small", Role::in_line},
    {"source", Role::in_line, true},
    {"span", Role::in_line},
    {"strike", Role::in_line},
    {"strong", Role::in_line},
    {"style", Role::hidden},
    {"sub", Role::in_line},
    {"summary", Role::paragraph},
    {"sup", Role::in_line},
    {"svg", Role::hidden},
    {"table", Role::paragraph},
    {"tbody", Role::in_line},
    {"td", Role::cell, true},
    {"template", Role::hidden},
    {"textarea", Role::hidden},
    {"tfoot", Role::in_line},
    {"th", Role::cell, true},
    {"thead", Role::in_line},
    {"time", Role::in_line},
    {"title", Role::hidden},
    {"tr", Role::lines, true},
    {"track", Role::in_line, true},
    {"tt", Role::in_line},
    {"u", Role::in_line},
    {"ul", Role::list},
    {"var", Role::in_line},
    {"video", Role::fallback},
    {"wbr", Role::in_line, true},
};

static_assert(std::is_sorted(std::begin(elements), std::end(elements)));

/// Where the names with each letter begin, and behind the last one.
constexpr auto begins = [] {
    std::array<std::size_t, 27> table{};
    for (std::size_t i = 0; i < std::size(elements); ++i)
        for (std::size_t letter = static_cast<std::size_t>(elements[i].name[0] - 'a') + 1;
             letter < table.size(); ++letter)
            table[letter] = i + 1;
    return table;
}();

} // namespace

HtmlElement html_element(std::string_view name) {
    constexpr std::size_t longest_tag = 10;
    char small[longest_tag] = {};
    if (name.empty() || name.size() > longest_tag || !is_letter(name.front()))
        return {};
    std::transform(name.begin(), name.end(), std::begin(small), [](char c) { return lowered(c); });
    const std::string_view wanted{small, name.size()};
    const auto letter = static_cast<std::size_t>(small[0] - 'a');
    for (std::size_t i = begins[letter]; i < begins[letter + 1]; ++i)
        if (elements[i].name == wanted)
            return {elements[i].role, elements[i].stays_open};
    return {};
}

} // namespace crier::kit
