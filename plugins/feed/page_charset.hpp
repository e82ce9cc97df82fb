#pragma once

#include <string>
#include <string_view>

namespace crier::feed {

/// A web page's bytes as UTF-8: of `bytes` itself where they are that already, else in `storage`. By its byte
/// order mark, the Content-Type, a <meta> near its beginning, in this order (HTML, "Determining the character
/// encoding"); and what is UTF-8 is read as that, whatever is said.
[[nodiscard]] std::string_view page_to_utf8(std::string_view bytes, std::string_view content_type,
                                            std::string& storage);

} // namespace crier::feed
