#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace crier::feed {

/// What a web page's head says of it for a post that links there. All of it is plain UTF-8, and may be empty.
struct LinkedPage {
    std::string image;      ///< absolute: og:image, else twitter:image
    std::string image_alt;  ///< of that image
    std::string image_type; ///< the same, a MIME type
    std::string description;
    std::string title;
    std::string canonical;                 ///< absolute: where it says that it is
    std::optional<std::int64_t> published; ///< microseconds since the epoch
};

/// Reads a page's head (ogp.me; HTML, "The meta element"): to `<body`, or 512 KiB. `content_type` is what the
/// server said, `address` where the bytes came from: there the addresses in it begin, unless it has a <base>.
/// Any bytes do, in a time that grows no faster than they.
[[nodiscard]] LinkedPage read_linked_page(std::string_view bytes, std::string_view content_type,
                                          std::string_view address);

} // namespace crier::feed
