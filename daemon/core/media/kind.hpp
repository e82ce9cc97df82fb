#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace crier::media {

/// What a file is by its first bytes.
enum class Format { unknown, png, jpeg, gif, webp, avif, heic, mp4, mov, m4a, webm, mp3, ogg, flac, wav };

/// What it is for people, and for a server's limits.
enum class Sort { unknown, picture, film, sound };

/// A kind of file that servers take.
struct Kind {
    Format format = Format::unknown;
    Sort sort = Sort::unknown;
    std::string_view name;                   ///< for people: "JPEG"
    std::string_view extension;              ///< ".jpg"
    std::span<const std::string_view> types; ///< MIME: as it is mostly said, then as others say it

    [[nodiscard]] std::string_view type() const noexcept { return types.front(); }
};

/// How many first bytes kind_of() looks at.
inline constexpr std::size_t kind_head = 64;

/// The kind that the first bytes speak for; null when they speak for none.
[[nodiscard]] const Kind* kind_of(std::string_view bytes) noexcept;

/// The row of that format, which is not `unknown`.
[[nodiscard]] const Kind& kind_of(Format format) noexcept;

/// Every extension that a kind has.
[[nodiscard]] const std::vector<std::string_view>& extensions();

/// "a picture", "a film", "a sound", "a file".
[[nodiscard]] std::string_view in_words(Sort sort) noexcept;

} // namespace crier::media
