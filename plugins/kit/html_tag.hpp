#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace crier::kit {

/// A tag of HTML as it stands in a text.
struct HtmlTag {
    std::string_view name;       ///< as written
    std::string_view attributes; ///< what stands between name and '>'
    bool closing = false;
    std::size_t end = 0; ///< past its '>'; one that is cut off reaches to the end
};

/// The tag whose '<' stands at `at`; nothing: that '<' is only a character.
[[nodiscard]] std::optional<HtmlTag> read_tag(std::string_view html, std::size_t at);

/// The value of an attribute (`name` in lower case), its references decoded; empty: none.
[[nodiscard]] std::string attribute(const HtmlTag& tag, std::string_view name);

} // namespace crier::kit
