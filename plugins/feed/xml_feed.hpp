#pragma once

#include "feed/warnings.hpp"
#include "sdk/crier_plugin.hpp"

#include <cstddef>
#include <string_view>

namespace crier::feed {

/// RSS 0.9x, 1.0 and 2.0, CDF, Atom 0.3 and 1.0, with what is common in them of Dublin Core, content:encoded,
/// Media RSS and iTunes. `document` is UTF-8 and begins with a '<'. An item is handed on when it is complete,
/// and only then; more than `max_items` are not. Throws sdk::Error when it is no feed.
void read_xml_feed(std::string_view document, std::string_view base_url, std::size_t max_items,
                   sdk::Sink& sink, Warnings& warnings);

} // namespace crier::feed
