#include "core/media/boxes.hpp"
#include "core/media/looks.hpp"
#include "core/media/strip.hpp"

namespace crier::media {
namespace {

/// The first box of that type in `inside`, from `from` on.
std::optional<Box> child(Window& window, std::uint64_t from, std::uint64_t end, std::string_view type,
                         int& budget) {
    BoxWalk walk{window, from, end, budget};
    while (auto box = walk.next())
        if (box->type == type)
            return box;
    return std::nullopt;
}

/// ... behind one another: "mdia/minf/stbl".
std::optional<Box> below(Window& window, const Box& box, std::string_view path, int& budget) {
    std::optional<Box> at = box;
    while (at && !path.empty()) {
        const auto slash = path.find('/');
        at = child(window, at->body, at->end, path.substr(0, slash), budget);
        path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
    }
    return at;
}

/// Seconds, of `mvhd` and `mdhd`: both have them in the same places.
double seconds_of(Window& window, const Box& box) {
    const std::string_view version = window.at(box.body, 1);
    const bool wide = !version.empty() && byte_at(version, 0) == 1;
    if (version.empty() || box.end - box.body < (wide ? 32U : 20U))
        return 0;
    const std::string_view times = window.at(box.body + (wide ? 20 : 12), wide ? 12 : 8);
    if (times.empty())
        return 0;
    const auto scale = static_cast<double>(big(times, 0, 4));
    return scale > 0 ? static_cast<double>(big(times, 4, wide ? 8 : 4)) / scale : 0;
}

void look_at_track(Window& window, const Box& track, int& budget, Look& look) {
    const auto handler = below(window, track, "mdia/hdlr", budget);
    if (!handler || window.at(handler->body + 8, 4) != "vide")
        return;
    if (const auto head = child(window, track.body, track.end, "tkhd", budget)) {
        constexpr std::uint64_t size_from_end = 8; // 16.16 each
        constexpr std::uint64_t least = 84;
        const std::string_view size = head->end - head->body >= least
                                          ? window.at(head->end - size_from_end, size_from_end)
                                          : std::string_view{};
        if (!size.empty() && look.width == 0) {
            look.width = static_cast<std::uint32_t>(big(size, 0, 4) >> 16U);
            look.height = static_cast<std::uint32_t>(big(size, 4, 4) >> 16U);
        }
    }
    const auto media = below(window, track, "mdia/mdhd", budget);
    const auto sizes = below(window, track, "mdia/minf/stbl/stsz", budget);
    if (!media || !sizes || look.frame_rate > 0)
        return;
    const double seconds = seconds_of(window, *media);
    if (const std::string_view count = window.at(sizes->body + 8, 4); !count.empty() && seconds > 0)
        look.frame_rate = static_cast<double>(big(count, 0, 4)) / seconds;
}

} // namespace

void look_at_boxed_film(Window& window, Look& look) {
    int budget = BoxWalk::most;
    const auto movie = child(window, 0, window.size(), "moov", budget);
    if (!movie) {
        look.wrong = "it is damaged or cut short: what says how it is built (moov) is not in it";
        return;
    }
    BoxWalk walk{window, movie->body, movie->end, budget};
    while (const auto box = walk.next()) {
        if (box->type == "mvhd") {
            constexpr double longest = 1e9; // seconds: what is longer is no length
            const double seconds = seconds_of(window, *box);
            if (seconds < longest)
                look.duration = std::chrono::duration_cast<Duration>(std::chrono::duration<double>{seconds});
        } else if (box->type == "trak") {
            look_at_track(window, *box, budget, look);
        }
    }
}

/// The largest of the sizes that stand there: those of thumbnails and tiles are smaller.
void look_at_boxed_picture(Window& window, Look& look) {
    constexpr std::uint64_t full = 4; // version and flags
    int budget = BoxWalk::most;
    const auto meta = child(window, 0, window.size(), "meta", budget);
    const auto properties = meta && meta->end - meta->body >= full
                                ? child(window, meta->body + full, meta->end, "iprp", budget)
                                : std::nullopt;
    const auto list =
        properties ? child(window, properties->body, properties->end, "ipco", budget) : std::nullopt;
    if (!list) {
        look.wrong = no_size;
        return;
    }
    BoxWalk walk{window, list->body, list->end, budget};
    while (const auto box = walk.next()) {
        if (box->type != "ispe" || box->end - box->body < 12)
            continue;
        const std::string_view size = window.at(box->body + full, 8);
        if (size.empty() || big(size, 0, 4) * big(size, 4, 4) <= look.pixels())
            continue;
        look.width = static_cast<std::uint32_t>(big(size, 0, 4));
        look.height = static_cast<std::uint32_t>(big(size, 4, 4));
    }
    if (child(window, 0, window.size(), "moov", budget))
        look.animated = true; // a sequence of pictures
}

bool boxed_picture_tells(const Bytes& bytes) {
    constexpr std::uint64_t most = 1U << 20U;
    Window window{bytes};
    int budget = BoxWalk::most;
    const auto meta = child(window, 0, window.size(), "meta", budget);
    if (!meta || meta->end - meta->from > most)
        return true;
    const std::string text = bytes.read(meta->from, static_cast<std::size_t>(meta->end - meta->from));
    return text.find("Exif") != std::string::npos || text.find("mime") != std::string::npos ||
           child(window, 0, window.size(), "uuid", budget).has_value();
}

} // namespace crier::media
