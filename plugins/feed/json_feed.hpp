#pragma once

#include "feed/warnings.hpp"
#include "sdk/crier_plugin.hpp"

#include <cstddef>
#include <string_view>

namespace crier::feed {

/// JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1). `document` is UTF-8 and begins with a '{'. Where it
/// breaks off, the items that are complete are handed on. Throws sdk::Error when it is no JSON Feed.
void read_json_feed(std::string_view document, std::string_view base_url, std::size_t max_items,
                    sdk::Sink& sink, Warnings& warnings);

} // namespace crier::feed
