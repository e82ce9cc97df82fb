#include "files.hpp"

#include "core/media/bytes.hpp"
#include "core/media/crc32.hpp"

#include <zlib.h>

namespace crier::test {

using media::big_text;
using media::little_text;
using namespace std::string_literals;

std::string png_chunk(const std::string& type, const std::string& body) {
    return big_text(body.size(), 4) + type + body + big_text(media::crc32(type + body), 4);
}

std::string png_file(std::uint32_t width, std::uint32_t height, const Bodies& more,
                     const std::string& behind) {
    std::string row(1, '\0');
    for (std::uint32_t x = 0; x < width; ++x)
        row += static_cast<char>(std::uint64_t{x} * 255 / width);
    std::string rows;
    rows.reserve(std::size_t{height} * row.size());
    for (std::uint32_t y = 0; y < height; ++y)
        rows += row;
    uLongf length = compressBound(rows.size());
    std::string packed(length, '\0');
    compress2(reinterpret_cast<Bytef*>(packed.data()), &length, reinterpret_cast<const Bytef*>(rows.data()),
              rows.size(), 1);
    packed.resize(length);
    std::string file =
        "\x89PNG\r\n\x1a\n" + png_chunk("IHDR", big_text(width, 4) + big_text(height, 4) + "\x08\0\0\0\0"s);
    for (const auto& [type, body] : more)
        file += png_chunk(type, body);
    return file + png_chunk("IDAT", packed) + png_chunk("IEND", "") + behind;
}

std::string jpeg(std::uint16_t width, std::uint16_t height, const Bodies& segments,
                 const std::string& behind) {
    std::string file = "\xFF\xD8"s;
    for (const auto& [code, body] : segments)
        file += "\xFF" + code + big_text(body.size() + 2, 2) + body;
    file += "\xFF\xDB\0\x04\0\x01"s;
    file += "\xFF\xC0\0\x0B\x08"s + big_text(height, 2) + big_text(width, 2) + "\x01\x01\x11\0"s;
    file += "\xFF\xDA\0\x08\x01\x01\0\0\x3F\0"s;
    // Data with an escaped FF and a restart in it, and a table between two scans.
    file += "\x12\x34\xFF\0\x56\xFF\xD0\x78"s + "\xFF\xC4\0\x04\0\x02"s +
            "\xFF\xDA\0\x08\x01\x01\0\0\x3F\0"s + "\x9A\xBC"s;
    return file + "\xFF\xD9"s + behind;
}

std::string exif(int orientation, bool big_endian) {
    const auto number = [big_endian](std::uint64_t value, std::size_t count) {
        return big_endian ? big_text(value, count) : little_text(value, count);
    };
    std::string text = "Exif\0\0"s + (big_endian ? "MM\0*"s : "II*\0"s) + number(8, 4) + number(2, 2);
    text += number(0x010F, 2) + number(2, 2) + number(4, 4) + "Cam\0"s;
    text += number(0x0112, 2) + number(3, 2) + number(1, 4) +
            number(static_cast<std::uint64_t>(orientation), 2) + "\0\0"s;
    return text + number(0, 4) + "GPS 52.5N 13.4E";
}

std::string gif(std::uint16_t width, std::uint16_t height, int pictures, bool loops) {
    std::string file =
        "GIF89a" + little_text(width, 2) + little_text(height, 2) + "\x80\0\0"s + "\0\0\0\xFF\xFF\xFF"s;
    if (loops)
        file += "\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0"s;
    file += "\x21\xFE\x0FGPS 52.5N 13.4E\0"s;
    file +=
        "\x21\xFF\x0BXMP DataXMP<GPS 52.5N 13.4E>\x01\xFF"s; // its text is walked over as if it were lengths
    for (int value = 0xFE; value >= 0; --value)
        file += static_cast<char>(value);
    file += '\0';
    for (int i = 0; i < pictures; ++i)
        file += "\x21\xF9\x04\0\x0A\0\0\0"s + "\x2C\0\0\0\0\x01\0\x01\0\0"s + "\x02\x02\x44\x01\0"s;
    return file + "\x3B";
}

namespace {

std::string riff_chunk(const std::string& type, const std::string& body) {
    return type + little_text(body.size(), 4) + body + (body.size() % 2 == 1 ? "\0"s : ""s);
}

std::string riff(const std::string& chunks) {
    return "RIFF" + little_text(chunks.size() + 4, 4) + "WEBP" + chunks;
}

std::string vp8(std::uint16_t width, std::uint16_t height) {
    return "\x10\x02\0\x9d\x01\x2a"s + little_text(width, 2) + little_text(height, 2) + "data";
}

} // namespace

std::string webp(std::uint32_t width, std::uint32_t height, std::uint8_t flags, const Bodies& more) {
    std::string chunks = riff_chunk("VP8X", std::string(1, static_cast<char>(flags)) + "\0\0\0"s +
                                                little_text(width - 1, 3) + little_text(height - 1, 3));
    chunks += riff_chunk("ICCP", "profile");
    chunks += riff_chunk("VP8 ", vp8(static_cast<std::uint16_t>(width), static_cast<std::uint16_t>(height)));
    for (const auto& [type, body] : more)
        chunks += riff_chunk(type, body);
    return riff(chunks);
}

std::string simple_webp(const std::string& type, std::uint16_t width, std::uint16_t height) {
    if (type == "VP8 ")
        return riff(riff_chunk(type, vp8(width, height)));
    const std::uint64_t bits = (width - 1U) | std::uint64_t{height - 1U} << 14U;
    return riff(riff_chunk(type, "\x2F" + little_text(bits, 4) + "picture data"));
}

std::string box(const std::string& type, const std::string& body) {
    return big_text(body.size() + 8, 4) + type + body;
}

std::string boxed_picture(const std::string& brand, std::uint32_t width, std::uint32_t height,
                          const std::string& item) {
    const auto extent = [](std::uint32_t w, std::uint32_t h) {
        return box("ispe", "\0\0\0\0"s + big_text(w, 4) + big_text(h, 4));
    };
    const std::string properties = box("iprp", box("ipco", extent(160, 120) + extent(width, height)));
    const std::string items =
        box("iinf", "\0\0\0\0\0\x01"s + box("infe", "\x02\0\0\0\0\x01\0\0"s + item + "\0"s));
    return box("ftyp", brand + "\0\0\0\0mif1"s) + box("meta", "\0\0\0\0"s + items + properties) +
           box("mdat", "coded");
}

std::string track(const std::string& handler, std::uint32_t width, std::uint32_t height,
                  std::uint32_t pictures, std::uint32_t seconds) {
    const std::string times = "MADEMADE"s; // created, modified
    const std::string head = "\0\0\0\x07"s + times + big_text(1, 4) + "\0\0\0\0"s + big_text(seconds, 4) +
                             std::string(52, '\0') + big_text(width, 2) + "\0\0"s + big_text(height, 2) +
                             "\0\0"s;
    const std::string media_head = "\0\0\0\0"s + times + big_text(1, 4) + big_text(seconds, 4) + "\0\0\0\0"s;
    const std::string kind = "\0\0\0\0\0\0\0\0"s + handler + std::string(12, '\0') + "Cam X100\0"s;
    const std::string sizes = "\0\0\0\0"s + big_text(1, 4) + big_text(pictures, 4);
    return box("trak", box("tkhd", head) + box("mdia", box("mdhd", media_head) + box("hdlr", kind) +
                                                           box("minf", box("stbl", box("stsz", sizes)))));
}

std::string film(const FilmParts& parts) {
    const std::string head = "\0\0\0\0"s + "MADEMADE" + big_text(1000, 4) +
                             big_text(parts.seconds * 1000, 4) + std::string(80, '\0');
    return box("ftyp", parts.brand + "\0\0\2\0"s + parts.brand) +
           box("moov", box("mvhd", head) +
                           track(parts.handler, parts.width, parts.height, parts.pictures, parts.seconds) +
                           track("soun", 0, 0, 430, parts.seconds) + parts.more_tracks +
                           parts.more_in_movie) +
           parts.more_at_top + box("mdat", "coded pictures and sounds");
}

media::Look look_at(std::string_view bytes) {
    return media::look(media::TextBytes{bytes});
}

std::string assembled(std::string_view bytes, const std::vector<media::Piece>& pieces) {
    std::string file;
    for (const media::Piece& piece : pieces)
        file += piece.text.empty()
                    ? std::string{bytes.substr(static_cast<std::size_t>(piece.from),
                                               static_cast<std::size_t>(piece.to - piece.from))}
                    : piece.text;
    return file;
}

} // namespace crier::test
