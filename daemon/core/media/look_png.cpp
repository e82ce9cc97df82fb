#include "core/media/exif.hpp"
#include "core/media/looks.hpp"

#include <algorithm>

namespace crier::media {

/// Chunks up to the picture's data: before them stands all that is of interest here.
void look_at_png(Window& window, Look& look) {
    constexpr std::uint64_t signature = 8;
    constexpr int most_chunks = 10'000;
    const std::string_view head = window.at(signature, 16);
    if (head.empty() || head.substr(4, 4) != "IHDR") {
        look.wrong = no_size;
        return;
    }
    look.width = static_cast<std::uint32_t>(big(head, 8, 4));
    look.height = static_cast<std::uint32_t>(big(head, 12, 4));
    std::uint64_t at = signature;
    for (int chunks = 0; chunks < most_chunks; ++chunks) {
        const std::string_view chunk = window.at(at, 8);
        if (chunk.empty()) {
            look.wrong = "it is cut short: it has no picture in it";
            return;
        }
        const std::uint64_t length = big(chunk, 0, 4);
        const std::string type{chunk.substr(4)};
        if (window.size() - at - 8 < length + 4) {
            look.wrong = "it is cut short";
            return;
        }
        if (type == "IDAT" || type == "IEND")
            return;
        if (type == "acTL")
            look.animated = true;
        if (type == "eXIf")
            look.orientation = orientation_in(
                window.at(at + 8, static_cast<std::size_t>(std::min<std::uint64_t>(length, Window::piece))));
        at += 12 + length;
    }
}

} // namespace crier::media
