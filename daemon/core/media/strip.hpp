#pragma once

#include "core/failure.hpp"
#include "core/media/look.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// What a file tells besides what is seen and heard - where, when and with what it was made, by whom, earlier
/// and smaller copies of it - taken out without decoding it: the picture stays, bit for bit.
namespace crier::media {

/// A part of the stripped file: bytes of the original, or others.
struct Piece {
    std::uint64_t from = 0; ///< of the original, up to `to`
    std::uint64_t to = 0;
    std::string text; ///< instead, where it is not empty
};

/// What the stripped file is made of, in order. Only what is known to be needed to show or play it stays:
/// colour profiles do, and how it is turned.
///
/// Errors: unsupported, for kinds of which it cannot be said that nothing stays behind; server where the file
/// makes no sense. Then nothing of it may be sent.
[[nodiscard]] Result<std::vector<Piece>> strip(const Bytes& bytes, const Look& look);

/// Whether it is of a kind whose bytes cannot be taken out one by one, but of which a decoder can make a new
/// picture that tells nothing: an AVIF or HEIC that does not move.
[[nodiscard]] bool is_remade(const Look& look) noexcept;

/// Whether an AVIF or HEIC has items beside its pictures: Exif, XMP. Of one that makes no sense: yes.
[[nodiscard]] bool boxed_picture_tells(const Bytes& bytes);

} // namespace crier::media
