#include "core/media/exif.hpp"
#include "core/media/looks.hpp"

#include <algorithm>

namespace crier::media {
namespace {

constexpr std::uint32_t animation_flag = 0x02;

/// The size, where this chunk says it.
void read_size(Window& window, const std::string& type, std::uint64_t body, Look& look) {
    const std::string_view head = window.at(body, 10);
    if (head.empty())
        return;
    if (type == "VP8X") {
        look.animated = (byte_at(head, 0) & animation_flag) != 0;
        look.width = static_cast<std::uint32_t>(little(head, 4, 3)) + 1;
        look.height = static_cast<std::uint32_t>(little(head, 7, 3)) + 1;
    } else if (type == "VP8 " && look.width == 0 && head.substr(3, 3) == "\x9d\x01\x2a") {
        look.width = static_cast<std::uint32_t>(little(head, 6, 2)) & 0x3FFFU;
        look.height = static_cast<std::uint32_t>(little(head, 8, 2)) & 0x3FFFU;
    } else if (type == "VP8L" && look.width == 0 && byte_at(head, 0) == 0x2F) {
        const auto bits = static_cast<std::uint32_t>(little(head, 1, 4));
        look.width = (bits & 0x3FFFU) + 1;
        look.height = (bits >> 14U & 0x3FFFU) + 1;
    }
}

} // namespace

void look_at_webp(Window& window, Look& look) {
    constexpr int most_chunks = 10'000;
    const std::string_view head = window.at(0, 12);
    if (head.empty() || little(head, 4, 4) + 8 > window.size()) {
        look.wrong = "it is cut short";
        return;
    }
    const std::uint64_t end = little(head, 4, 4) + 8;
    std::uint64_t at = 12;
    for (int chunks = 0; chunks < most_chunks && at + 8 <= end; ++chunks) {
        const std::string_view chunk = window.at(at, 8);
        if (chunk.empty())
            break;
        const std::string type{chunk.substr(0, 4)};
        const std::uint64_t length = little(chunk, 4, 4);
        if (length > end - at - 8) {
            look.wrong = "it is cut short";
            return;
        }
        read_size(window, type, at + 8, look);
        if (type == "EXIF")
            look.orientation = orientation_in(
                window.at(at + 8, static_cast<std::size_t>(std::min<std::uint64_t>(length, Window::piece))));
        at += 8 + length + (length & 1U);
    }
}

} // namespace crier::media
