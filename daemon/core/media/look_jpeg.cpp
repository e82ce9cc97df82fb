#include "core/media/exif.hpp"
#include "core/media/jpeg_markers.hpp"
#include "core/media/looks.hpp"

#include <algorithm>

namespace crier::media {

/// Segments up to the first scan.
void look_at_jpeg(Window& window, Look& look) {
    constexpr int most_segments = 5000;
    std::uint64_t at = 2;
    for (int segments = 0; segments < most_segments; ++segments) {
        const std::string_view marker = window.at(at, 4);
        if (marker.empty() || byte_at(marker, 0) != 0xFF)
            break;
        const std::uint32_t code = byte_at(marker, 1);
        if (code == 0xFF) { // filling
            ++at;
            continue;
        }
        if (code == jpeg::scan || code == jpeg::end)
            break;
        if (jpeg::stands_alone(code)) {
            at += 2;
            continue;
        }
        const std::uint64_t length = big(marker, 2, 2);
        if (length < 2 || length > window.size() - at - 2)
            break;
        if (jpeg::is_frame(code)) {
            if (const std::string_view frame = window.at(at + 4, 5); !frame.empty() && length >= 7) {
                look.height = static_cast<std::uint32_t>(big(frame, 1, 2));
                look.width = static_cast<std::uint32_t>(big(frame, 3, 2));
            }
        } else if (code == jpeg::app1 && look.orientation == 1) {
            // The tag stands at the beginning; a thumbnail may make the rest large.
            const auto some = static_cast<std::size_t>(std::min<std::uint64_t>(length - 2, Window::piece));
            const std::string_view body = window.at(at + 4, some);
            if (body.substr(0, 5) == std::string_view{"Exif\0", 5})
                look.orientation = orientation_in(body);
        }
        at += 2 + length;
    }
    if (look.pixels() == 0)
        look.wrong = no_size;
}

} // namespace crier::media
