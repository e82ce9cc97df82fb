#include "core/media/look.hpp"

#include "core/media/looks.hpp"

#include <utility>

namespace crier::media {

Look look(const Bytes& bytes) {
    Look found;
    found.bytes = bytes.size();
    const Kind* const kind = kind_of(bytes.read(0, kind_head));
    if (kind == nullptr) {
        if (found.bytes == 0)
            found.wrong = "it is empty";
        return found;
    }
    found.format = kind->format;
    Window window{bytes};
    switch (kind->format) {
    case Format::png:
        look_at_png(window, found);
        break;
    case Format::jpeg:
        look_at_jpeg(window, found);
        break;
    case Format::gif:
        look_at_gif(window, found);
        break;
    case Format::webp:
        look_at_webp(window, found);
        break;
    case Format::avif:
    case Format::heic:
        look_at_boxed_picture(window, found);
        break;
    case Format::mp4:
    case Format::mov:
    case Format::m4a:
        look_at_boxed_film(window, found);
        break;
    default:
        return found; // films and sounds of which nothing more is cheap to know
    }
    constexpr int first_turned = 5; // by a quarter
    if (found.orientation >= first_turned)
        std::swap(found.width, found.height);
    if (found.sort() == Sort::picture && found.pixels() == 0 && found.wrong.empty())
        found.wrong = no_size;
    return found;
}

} // namespace crier::media
