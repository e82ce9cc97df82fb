#include "core/media/exif.hpp"
#include "core/media/jpeg_markers.hpp"
#include "core/media/pieces.hpp"

#include <algorithm>
#include <cstring>

namespace crier::media {
namespace {

using namespace std::string_view_literals;

/// Whether a segment is needed to show the picture. Of those for applications: JFIF's own (not its
/// thumbnail), colour profiles, and Adobe's, which says how the colours are coded.
bool stays(std::uint32_t code, std::string_view body) {
    if (code == jpeg::comment)
        return false;
    if (code < jpeg::app0 || code > jpeg::app15)
        return true;
    switch (code) {
    case jpeg::app0:
        return body.substr(0, 5) == "JFIF\0"sv;
    case jpeg::app2:
        return body.substr(0, 12) == "ICC_PROFILE\0"sv;
    case jpeg::app14:
        return body.substr(0, 5) == "Adobe"sv;
    default:
        return false;
    }
}

/// JFIF without the thumbnail that it may have.
std::string without_thumbnail(std::string_view segment) {
    constexpr std::size_t plain = 18; // marker, length and all up to the thumbnail's size
    std::string text{segment.substr(0, plain)};
    text[2] = '\0';
    text[3] = static_cast<char>(plain - 2);
    text[plain - 2] = text[plain - 1] = '\0';
    return text;
}

std::string exif_segment(int orientation) {
    const std::string body = std::string{"Exif\0\0"sv} + exif_of(orientation);
    return "\xFF\xE1" + big_text(body.size() + 2, 2) + body;
}

/// Where the coded data that begin there end: at the next marker that is none of theirs, or at the file's
/// end.
std::uint64_t behind_scan(Window& window, std::uint64_t at) {
    for (;;) {
        const std::string_view piece = window.from(at);
        if (piece.empty())
            return at;
        const void* const found = std::memchr(piece.data(), 0xFF, piece.size());
        if (found == nullptr) {
            at += piece.size();
            continue;
        }
        at += static_cast<std::uint64_t>(static_cast<const char*>(found) - piece.data());
        const std::string_view marker = window.at(at, 2);
        if (marker.empty())
            return window.size();
        const std::uint32_t code = byte_at(marker, 1);
        const bool data = code == 0 || (code >= 0xD0 && code <= 0xD7);
        if (!data && code != 0xFF)
            return at;
        at += data ? 2 : 1;
    }
}

} // namespace

/// What lies behind the end goes, too: phones put films and further pictures there, each with its own Exif.
Result<std::vector<Piece>> strip_jpeg(Window& window, int orientation) {
    Pieces pieces;
    std::uint64_t at = 2;
    pieces.keep(0, at);
    bool told = orientation == 1;
    while (pieces.size() < Pieces::most) {
        const std::string_view marker = window.at(at, 2);
        if (marker.empty())
            return std::move(pieces.list()); // without its end; nothing is behind it
        if (byte_at(marker, 0) != 0xFF)
            return not_whole("a segment does not begin where it should");
        const std::uint32_t code = byte_at(marker, 1);
        if (code == 0xFF) {
            ++at;
            continue;
        }
        if (jpeg::stands_alone(code)) {
            pieces.keep(at, at + 2);
            at += 2;
            continue;
        }
        // Behind JFIF's own segment, which is to be the first.
        if (!told && code != jpeg::app0) {
            pieces.put(exif_segment(orientation));
            told = true;
        }
        if (code == jpeg::end) {
            pieces.keep(at, at + 2);
            return std::move(pieces.list());
        }
        const std::string_view length_at = window.at(at, 4);
        const std::uint64_t length = length_at.empty() ? 0 : big(length_at, 2, 2);
        if (length < 2 || length > window.size() - at - 2)
            return not_whole("a segment is longer than the file");
        const std::uint64_t behind = at + 2 + length;
        const std::string_view body =
            window.at(at + 4, static_cast<std::size_t>(std::min<std::uint64_t>(length - 2, 14)));
        if (code == jpeg::app0 && length > 16 && stays(code, body))
            pieces.put(without_thumbnail(window.at(at, 18)));
        else if (stays(code, body))
            pieces.keep(at, behind);
        at = behind;
        if (code == jpeg::scan) {
            at = behind_scan(window, behind);
            pieces.keep(behind, at);
        }
    }
    return not_whole("it has too many parts");
}

} // namespace crier::media
