#pragma once

#include "core/media/look.hpp"
#include "core/media/strip.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Files as programs write them, made in memory; the pictures have no sensible contents but the PNG.
namespace crier::test {

using Bodies = std::vector<std::pair<std::string, std::string>>; ///< type and body, in order

/// A whole one that every decoder takes: grey, a gradient. `more` are chunks before the picture's data.
[[nodiscard]] std::string png_file(std::uint32_t width, std::uint32_t height, const Bodies& more = {},
                                   const std::string& behind = {});
[[nodiscard]] std::string png_chunk(const std::string& type, const std::string& body);

/// `segments`: their marker's second byte, as one character, and what follows the length.
[[nodiscard]] std::string jpeg(std::uint16_t width, std::uint16_t height, const Bodies& segments = {},
                               const std::string& behind = {});

/// Exif with a place in it: "Exif\0\0", a TIFF structure with that orientation, and the words
/// "GPS 52.5N 13.4E".
[[nodiscard]] std::string exif(int orientation, bool big_endian = false);

/// A GIF of so many pictures of 1 x 1 on a screen of that size, with a comment and an XMP block.
[[nodiscard]] std::string gif(std::uint16_t width, std::uint16_t height, int pictures, bool loops = false);

/// The extended form, with these chunks behind VP8X.
[[nodiscard]] std::string webp(std::uint32_t width, std::uint32_t height, std::uint8_t flags,
                               const Bodies& more = {});
/// The simple form: "VP8 " or "VP8L".
[[nodiscard]] std::string simple_webp(const std::string& type, std::uint16_t width, std::uint16_t height);

[[nodiscard]] std::string box(const std::string& type, const std::string& body);
/// An AVIF (or, by its brand, HEIC) of that size, with a thumbnail's size beside it.
[[nodiscard]] std::string boxed_picture(const std::string& brand, std::uint32_t width, std::uint32_t height,
                                        const std::string& item = "av01");

struct FilmParts {
    std::string brand = "isom";
    std::uint32_t width = 1280;
    std::uint32_t height = 720;
    std::uint32_t pictures = 300;
    std::uint32_t seconds = 10;
    std::string more_in_movie = {};
    std::string more_at_top = {};
    std::string handler = "vide";
    std::string more_tracks = {};
};
[[nodiscard]] std::string film(const FilmParts& parts = {});
[[nodiscard]] std::string track(const std::string& handler, std::uint32_t width, std::uint32_t height,
                                std::uint32_t pictures, std::uint32_t seconds);

[[nodiscard]] media::Look look_at(std::string_view bytes);
/// The stripped file, as its pieces say.
[[nodiscard]] std::string assembled(std::string_view bytes, const std::vector<media::Piece>& pieces);

} // namespace crier::test
