#pragma once

#include <string_view>

namespace crier::kit {

/// What an element of HTML does to the text around it.
enum class Role {
    unknown,    ///< no element of HTML
    in_line,    ///< nothing
    lines,      ///< it stands on lines of its own
    paragraph,  ///< the same, with blank lines around it
    list,       ///< the same, and what is in it are entries
    entry,      ///< of a list
    line_break, ///< br
    cell,       ///< a blank
    verbatim,   ///< pre
    picture,    ///< img
    quote,      ///< q
    hidden,     ///< what stands in it is no text for people
    fallback,   ///< the same: it is for browsers that know no video
};

struct HtmlElement {
    Role role = Role::unknown;
    bool stays_open = false; ///< it has no end, or people may leave its end away
};

/// `name` in whatever case.
[[nodiscard]] HtmlElement html_element(std::string_view name);

} // namespace crier::kit
