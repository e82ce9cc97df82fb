#include "sandbox/content/formats.hpp"

#include <zlib.h>

namespace crier::sandbox {
namespace {

std::uint32_t checksum(std::string_view data) {
    return static_cast<std::uint32_t>(
        crc32(0, reinterpret_cast<const Bytef*>(data.data()), static_cast<uInt>(data.size())));
}

// Past the sub-blocks of a GIF (each with its length before it, the last one empty).
std::optional<std::size_t> sub_blocks_end(const Bytes& file, std::size_t at) {
    while (true) {
        const auto size = file.big(at, 1);
        if (!size)
            return std::nullopt;
        at += 1 + *size;
        if (*size == 0)
            return at;
    }
}

std::size_t color_table_size(std::uint64_t flags) {
    return (flags & 0x80U) != 0 ? std::size_t{3} << ((flags & 7U) + 1) : 0;
}

} // namespace

std::optional<ImageInfo> inspect_png(const Bytes& file) {
    using namespace std::string_view_literals;
    constexpr std::size_t beside_data = 12; // length, name, checksum
    if (!file.holds(0, "\x89PNG\r\n\x1a\n"sv) || !file.holds(8, "\0\0\0\x0dIHDR"sv))
        return std::nullopt;
    bool has_pixels = false;
    for (std::size_t at = 8;;) {
        const auto length = file.big(at, 4);
        if (!length || !file.has(at, *length + beside_data))
            return std::nullopt;
        if (file.big(at + 8 + *length, 4) != checksum(*file.part(at + 4, *length + 4)))
            return std::nullopt;
        has_pixels = has_pixels || file.holds(at + 4, "IDAT");
        if (file.holds(at + 4, "IEND"))
            return has_pixels ? sized("image/png", *file.big(16, 4), *file.big(20, 4)) : std::nullopt;
        at += *length + beside_data;
    }
}

std::optional<ImageInfo> inspect_jpeg(const Bytes& file) {
    if (!file.holds(0, "\xff\xd8\xff"))
        return std::nullopt;
    std::optional<ImageInfo> info;
    std::size_t at = 2;
    while (file.big(at, 1) == 0xFF) {
        const auto marker = file.big(at + 1, 1);
        if (marker == 0xFF) { // filling
            ++at;
            continue;
        }
        const auto length = file.big(at + 2, 2);
        if (!marker || !length || *length < 2 || !file.has(at + 2, *length))
            return std::nullopt;
        const bool is_frame =
            *marker >= 0xC0 && *marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (is_frame && *length >= 8)
            info = sized("image/jpeg", *file.big(at + 7, 2), *file.big(at + 5, 2));
        if (marker == 0xDA) // pixels, up to the end marker
            return file.all().find("\xff\xd9", at + 2 + *length) != std::string_view::npos ? info
                                                                                           : std::nullopt;
        at += 2 + *length;
    }
    return std::nullopt;
}

std::optional<ImageInfo> inspect_gif(const Bytes& file) {
    if ((!file.holds(0, "GIF87a") && !file.holds(0, "GIF89a")) || !file.has(0, 13))
        return std::nullopt;
    bool has_frame = false;
    std::size_t at = 13 + color_table_size(*file.big(10, 1));
    while (true) {
        const auto kind = file.big(at, 1);
        std::optional<std::size_t> end;
        if (kind == 0x3B) // the end
            return has_frame ? sized("image/gif", *file.little(6, 2), *file.little(8, 2)) : std::nullopt;
        if (kind == 0x21) // an extension
            end = sub_blocks_end(file, at + 2);
        if (kind == 0x2C && file.has(at, 10)) { // a frame: place, size, colours, depth, pixels
            has_frame = true;
            end = sub_blocks_end(file, at + 10 + color_table_size(*file.big(at + 9, 1)) + 1);
        }
        if (!end)
            return std::nullopt;
        at = *end;
    }
}

std::optional<ImageInfo> inspect_webp(const Bytes& file) {
    const auto size = file.little(4, 4);
    if (!file.holds(0, "RIFF") || !file.holds(8, "WEBP") || !size || !file.has(8, *size))
        return std::nullopt;
    if (!file.has(0, 30))
        return std::nullopt;
    if (file.holds(12, "VP8X"))
        return sized("image/webp", *file.little(24, 3) + 1, *file.little(27, 3) + 1);
    if (file.holds(12, "VP8L") && file.big(20, 1) == 0x2F) {
        const auto bits = *file.little(21, 4);
        return sized("image/webp", (bits & 0x3FFFU) + 1, ((bits >> 14U) & 0x3FFFU) + 1);
    }
    if (file.holds(12, "VP8 ") && file.holds(23, "\x9d\x01\x2a"))
        return sized("image/webp", *file.little(26, 2) & 0x3FFFU, *file.little(28, 2) & 0x3FFFU);
    return std::nullopt;
}

} // namespace crier::sandbox
