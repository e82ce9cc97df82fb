#include "core/media/exif.hpp"
#include "core/media/pieces.hpp"

#include <algorithm>
#include <array>

namespace crier::media {
namespace {

using namespace std::string_view_literals;

constexpr std::array webp_needed{"VP8 "sv, "VP8L"sv, "VP8X"sv, "ALPH"sv, "ANIM"sv, "ANMF"sv, "ICCP"sv};

constexpr std::uint32_t exif_flag = 0x08;
constexpr std::uint32_t xmp_flag = 0x04;

/// The head with the flags of what is there now.
std::string extended_head(std::string_view chunk, bool with_exif) {
    std::string text{chunk};
    std::uint32_t flags = byte_at(chunk, 8) & ~(exif_flag | xmp_flag);
    flags |= with_exif ? exif_flag : 0;
    text[8] = static_cast<char>(flags);
    return text;
}

} // namespace

Result<std::vector<Piece>> strip_webp(Window& window, int orientation) {
    constexpr std::uint64_t head_size = 12;
    constexpr std::uint64_t extended_size = 18; // with the chunk's own head
    const std::string_view head = window.at(0, head_size);
    if (head.empty())
        return not_whole("it has no head");
    const std::uint64_t end = std::min(window.size(), little(head, 4, 4) + 8);
    Pieces chunks;
    std::uint64_t length_now = 4; // "WEBP"
    // Only the extended form may have Exif.
    bool with_exif = false;
    std::uint64_t at = head_size;
    while (at + 8 <= end) {
        const std::string_view chunk = window.at(at, 8);
        if (chunk.empty() || chunks.size() >= Pieces::most)
            return not_whole("it has too many parts, or is cut short");
        const std::uint64_t length = little(chunk, 4, 4);
        const std::string type{chunk.substr(0, 4)};
        if (length > end - at - 8)
            return not_whole("a chunk is longer than the file");
        const std::uint64_t behind = std::min(at + 8 + length + (length & 1U), window.size());
        if (type == "VP8X" && length == extended_size - 8) {
            with_exif = orientation != 1;
            chunks.put(extended_head(window.at(at, extended_size), with_exif));
            length_now += extended_size;
        } else if (std::find(webp_needed.begin(), webp_needed.end(), type) != webp_needed.end()) {
            chunks.keep(at, behind);
            length_now += behind - at;
        }
        at = behind;
    }
    if (with_exif) {
        const std::string body = exif_of(orientation); // of an even length
        chunks.put("EXIF" + little_text(body.size(), 4) + body);
        length_now += 8 + body.size();
    }
    std::vector<Piece> list{Piece{0, 0, "RIFF" + little_text(length_now, 4) + "WEBP"}};
    list.insert(list.end(), chunks.list().begin(), chunks.list().end());
    return list;
}

} // namespace crier::media
