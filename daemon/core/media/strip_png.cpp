#include "core/media/crc32.hpp"
#include "core/media/exif.hpp"
#include "core/media/pieces.hpp"

#include <algorithm>
#include <array>

namespace crier::media {
namespace {

using namespace std::string_view_literals;

/// What shows the picture, its colours and its movement. All else goes: texts, times, Exif, what nobody
/// knows.
constexpr std::array needed{"IHDR"sv, "PLTE"sv, "IDAT"sv, "IEND"sv, "tRNS"sv, "cHRM"sv, "gAMA"sv,
                            "iCCP"sv, "sBIT"sv, "sRGB"sv, "bKGD"sv, "hIST"sv, "pHYs"sv, "sPLT"sv,
                            "cICP"sv, "mDCv"sv, "cLLi"sv, "acTL"sv, "fcTL"sv, "fdAT"sv};

std::string exif_chunk(int orientation) {
    const std::string body = exif_of(orientation);
    return big_text(body.size(), 4) + "eXIf" + body + big_text(crc32("eXIf" + body), 4);
}

} // namespace

Result<std::vector<Piece>> strip_png(Window& window, int orientation) {
    Pieces pieces;
    std::uint64_t at = 8;
    pieces.keep(0, at);
    while (pieces.size() < Pieces::most) {
        const std::string_view chunk = window.at(at, 8);
        if (chunk.empty())
            return not_whole("it has no end");
        const std::uint64_t length = big(chunk, 0, 4);
        const std::string type{chunk.substr(4)};
        if (window.size() - at - 8 < length + 4)
            return not_whole("a chunk is longer than the file");
        const std::uint64_t behind = at + 12 + length;
        if (std::find(needed.begin(), needed.end(), type) != needed.end())
            pieces.keep(at, behind);
        if (type == "IHDR" && orientation != 1)
            pieces.put(exif_chunk(orientation));
        if (type == "IEND")
            return std::move(pieces.list());
        at = behind;
    }
    return not_whole("it has too many parts");
}

} // namespace crier::media
