#pragma once

#include <cstdint>

/// Between crier, the process `crier picture` that holds the library which decodes pictures, and the shared
/// object that speaks to that library. All are of one build.
namespace crier::media {

/// How `crier picture` ends.
enum PictureCode : int {
    picture_made = 0,
    picture_undecodable = 10, ///< it cannot be read, or not be written
    picture_too_large = 11,   ///< it cannot be made small enough
    picture_no_library = 12,  ///< there is nothing here that could
    picture_no_room = 13,     ///< the result cannot be written
};

/// The function of the shared object. Both descriptors are the caller's. `words` is filled with what is
/// wrong, in UTF-8, and ends with a zero. The code.
struct PictureOrder {
    int from = -1;
    int to = -1;
    const char* suffix = ""; ///< of the format that is written: ".jpg", ".png", ".webp", ".avif", ".heic"
    std::uint64_t most_bytes = 0;
    std::uint64_t most_pixels = 0; ///< 0: none
    int bare = 0;                  ///< nothing besides the picture: no Exif, XMP, profile
    char* words = nullptr;
    std::uint64_t words_size = 0;
};
using PictureFunction = int (*)(const PictureOrder*);
inline constexpr const char* picture_function = "crier_make_picture";

} // namespace crier::media
