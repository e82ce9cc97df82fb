#include "core/media/gif_blocks.hpp"
#include "core/media/pieces.hpp"

namespace crier::media {
namespace {

/// How a picture is shown, how often all are, and the colours' profile.
bool gif_needs(const GifBlock& block) {
    constexpr std::uint32_t graphic_control = 0xF9;
    if (block.what != GifBlock::What::extension)
        return true;
    return block.label == graphic_control || block.name == "NETSCAPE2.0" || block.name == "ANIMEXTS1.0" ||
           block.name == "ICCRGBG1012";
}

} // namespace

Result<std::vector<Piece>> strip_gif(Window& window) {
    GifWalk walk{window};
    Pieces pieces;
    pieces.keep(0, walk.begin());
    while (pieces.size() < Pieces::most) {
        const auto block = walk.next(window.size());
        if (!block)
            return not_whole("it has no end");
        if (gif_needs(*block))
            pieces.keep(block->from, block->end);
        if (block->what == GifBlock::What::end)
            return std::move(pieces.list());
    }
    return not_whole("it has too many parts");
}

} // namespace crier::media
