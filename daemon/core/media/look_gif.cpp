#include "core/media/gif_blocks.hpp"
#include "core/media/looks.hpp"

namespace crier::media {

void look_at_gif(Window& window, Look& look) {
    constexpr std::uint64_t most_data = 100'000; // about 25 MB
    constexpr int most_blocks = 1000;
    const std::string_view head = window.at(0, 13);
    if (head.empty()) {
        look.wrong = no_size;
        return;
    }
    look.width = static_cast<std::uint32_t>(little(head, 6, 2));
    look.height = static_cast<std::uint32_t>(little(head, 8, 2));
    GifWalk walk{window};
    int pictures = 0;
    bool loops = false;
    for (int blocks = 0; blocks < most_blocks && pictures < 2; ++blocks) {
        const auto block = walk.next(most_data);
        if (!block || block->what == GifBlock::What::end) {
            if (pictures == 0 && !loops)
                look.wrong = "it is cut short: it has no picture in it";
            break;
        }
        pictures += block->what == GifBlock::What::picture ? 1 : 0;
        loops = loops || block->name == "NETSCAPE2.0";
    }
    look.animated = pictures > 1 || (pictures == 0 && loops);
}

} // namespace crier::media
