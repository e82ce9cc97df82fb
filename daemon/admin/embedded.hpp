#pragma once

#include <string_view>

/// Files of the source tree that the program carries; cmake/Embed.cmake makes the other half.
namespace crier::admin::embedded {

extern const std::string_view index_html;
extern const std::string_view style_css;
extern const std::string_view app_js;
extern const std::string_view openapi_json;

} // namespace crier::admin::embedded
