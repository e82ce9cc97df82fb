#include "core/media/strip.hpp"

#include "core/media/pieces.hpp"

namespace crier::media {

Result<std::vector<Piece>> strip(const Bytes& bytes, const Look& look) {
    Window window{bytes};
    switch (look.format) {
    case Format::jpeg:
        return strip_jpeg(window, look.orientation);
    case Format::png:
        return strip_png(window, look.orientation);
    case Format::webp:
        return strip_webp(window, look.orientation);
    case Format::gif:
        return strip_gif(window);
    case Format::mp4:
    case Format::mov:
    case Format::m4a:
        return strip_film(window);
    case Format::unknown:
        return Failure{Cause::unsupported, "what it is, and so what it tells, is not known",
                       "strip it by yourself, and do not ask for it here (`metadata: keep`)"};
    default:
        break;
    }
    return Failure{Cause::unsupported,
                   "of " + std::string{kind_of(look.format).name} +
                       " crier cannot take out what tells where it was made",
                   "strip it by yourself and say `metadata: keep`, or attach a JPEG, PNG, WebP, GIF or MP4"};
}

bool is_remade(const Look& look) noexcept {
    return (look.format == Format::avif || look.format == Format::heic) && !look.animated;
}

} // namespace crier::media
