#pragma once

#include "kit/html_tag.hpp"
#include "sdk/crier_plugin.hpp"

#include <optional>
#include <string_view>

namespace crier::kit {

/// The picture of an <img>, with the alt text that it has: `data-src` and its kind where pictures are loaded
/// later, `src`, the widest of `srcset`. Nothing where there is none to see: a picture of a pixel or two, one
/// that is not shown, or the counter of a feed's host.
[[nodiscard]] std::optional<sdk::Media> picture_of(const HtmlTag& tag, std::string_view base);

/// Whether a picture is that of whoever wrote something, from where blogs have them: it shows nothing of it.
[[nodiscard]] bool is_portrait(std::string_view url);

} // namespace crier::kit
