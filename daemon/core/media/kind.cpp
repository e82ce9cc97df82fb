#include "core/media/kind.hpp"

#include "core/media/bytes.hpp"

#include <algorithm>
#include <array>

namespace crier::media {
namespace {

using namespace std::string_view_literals;

constexpr std::array png_types{"image/png"sv};
constexpr std::array jpeg_types{"image/jpeg"sv, "image/jpg"sv, "image/pjpeg"sv};
constexpr std::array gif_types{"image/gif"sv};
constexpr std::array webp_types{"image/webp"sv};
constexpr std::array avif_types{"image/avif"sv};
constexpr std::array heic_types{"image/heic"sv, "image/heif"sv};
constexpr std::array mp4_types{"video/mp4"sv, "video/x-m4v"sv};
constexpr std::array mov_types{"video/quicktime"sv};
constexpr std::array m4a_types{"audio/mp4"sv, "audio/m4a"sv, "audio/x-m4a"sv, "audio/aac"sv};
constexpr std::array webm_types{"video/webm"sv, "audio/webm"sv};
constexpr std::array mp3_types{"audio/mpeg"sv, "audio/mp3"sv};
constexpr std::array ogg_types{"audio/ogg"sv, "audio/vorbis"sv, "audio/opus"sv, "application/ogg"sv,
                               "video/ogg"sv};
constexpr std::array flac_types{"audio/flac"sv, "audio/x-flac"sv};
constexpr std::array wav_types{"audio/wav"sv, "audio/wave"sv, "audio/x-wav"sv, "audio/x-pn-wave"sv,
                               "audio/vnd.wave"sv};

constexpr Kind kinds[] = {
    {Format::png, Sort::picture, "PNG", ".png", png_types},
    {Format::jpeg, Sort::picture, "JPEG", ".jpg", jpeg_types},
    {Format::gif, Sort::picture, "GIF", ".gif", gif_types},
    {Format::webp, Sort::picture, "WebP", ".webp", webp_types},
    {Format::avif, Sort::picture, "AVIF", ".avif", avif_types},
    {Format::heic, Sort::picture, "HEIC", ".heic", heic_types},
    {Format::mp4, Sort::film, "MP4", ".mp4", mp4_types},
    {Format::mov, Sort::film, "QuickTime", ".mov", mov_types},
    {Format::m4a, Sort::sound, "MP4 audio", ".m4a", m4a_types},
    {Format::webm, Sort::film, "WebM", ".webm", webm_types},
    {Format::mp3, Sort::sound, "MP3", ".mp3", mp3_types},
    {Format::ogg, Sort::sound, "Ogg", ".ogg", ogg_types},
    {Format::flac, Sort::sound, "FLAC", ".flac", flac_types},
    {Format::wav, Sort::sound, "WAV", ".wav", wav_types},
};

struct Signature {
    Format format;
    std::string_view head; ///< what the file begins with
    std::size_t offset;    ///< and what stands here besides
    std::string_view magic;
};

constexpr Signature signatures[] = {
    {Format::png, "\x89PNG\r\n\x1a\n"sv, 0, ""sv},
    {Format::jpeg, "\xff\xd8\xff"sv, 0, ""sv},
    {Format::gif, "GIF87a"sv, 0, ""sv},
    {Format::gif, "GIF89a"sv, 0, ""sv},
    {Format::webp, "RIFF"sv, 8, "WEBP"sv},
    {Format::wav, "RIFF"sv, 8, "WAVE"sv},
    {Format::webm, "\x1a\x45\xdf\xa3"sv, 0, ""sv},
    {Format::mp3, "ID3"sv, 0, ""sv},
    {Format::mp3, "\xff\xfb"sv, 0, ""sv},
    {Format::mp3, "\xff\xfa"sv, 0, ""sv},
    {Format::mp3, "\xff\xf3"sv, 0, ""sv},
    {Format::mp3, "\xff\xf2"sv, 0, ""sv},
    {Format::ogg, "OggS"sv, 0, ""sv},
    {Format::flac, "fLaC"sv, 0, ""sv},
};

/// Of the brands that a file may have, the ones that say what it is.
struct Brand {
    std::string_view name;
    Format format;
};
constexpr Brand brands[] = {
    {"avif"sv, Format::avif}, {"avis"sv, Format::avif}, {"heic"sv, Format::heic}, {"heix"sv, Format::heic},
    {"heim"sv, Format::heic}, {"heis"sv, Format::heic}, {"hevc"sv, Format::heic}, {"hevx"sv, Format::heic},
    {"mif1"sv, Format::heic}, {"msf1"sv, Format::heic}, {"qt  "sv, Format::mov},  {"M4A "sv, Format::m4a},
    {"M4B "sv, Format::m4a},
};

bool stands_at(std::string_view bytes, std::size_t at, std::string_view what) noexcept {
    return bytes.size() >= at + what.size() && bytes.substr(at, what.size()) == what;
}

/// Of a file that begins with a box `ftyp`: by its first brand, and of one that says only "a picture", by the
/// others.
Format by_brands(std::string_view bytes) noexcept {
    const std::size_t end = std::min<std::size_t>(bytes.size(), static_cast<std::size_t>(big(bytes, 0, 4)));
    Format found = Format::mp4;
    for (std::size_t at = 8; at + 4 <= end; at += at == 8 ? 8 : 4)
        for (const Brand& brand : brands)
            if (stands_at(bytes, at, brand.name)) {
                if (at == 8 && brand.name != "mif1" && brand.name != "msf1")
                    return brand.format;
                if (found == Format::mp4 || found == Format::heic)
                    found = brand.format;
            }
    const bool picture = stands_at(bytes, 8, "mif1") || stands_at(bytes, 8, "msf1");
    return picture ? found : Format::mp4;
}

} // namespace

const Kind& kind_of(Format format) noexcept {
    return *std::find_if(std::begin(kinds), std::end(kinds),
                         [format](const Kind& kind) { return kind.format == format; });
}

const Kind* kind_of(std::string_view bytes) noexcept {
    constexpr std::size_t least = 12; // size, "ftyp", brand
    if (bytes.size() >= least && stands_at(bytes, 4, "ftyp"))
        return &kind_of(by_brands(bytes));
    for (const Signature& signature : signatures)
        if (stands_at(bytes, 0, signature.head) && stands_at(bytes, signature.offset, signature.magic))
            return &kind_of(signature.format);
    return nullptr;
}

const std::vector<std::string_view>& extensions() {
    static const std::vector<std::string_view> all = [] {
        std::vector<std::string_view> list;
        for (const Kind& kind : kinds)
            list.push_back(kind.extension);
        return list;
    }();
    return all;
}

std::string_view in_words(Sort sort) noexcept {
    switch (sort) {
    case Sort::picture:
        return "a picture";
    case Sort::film:
        return "a film";
    case Sort::sound:
        return "a sound";
    case Sort::unknown:
        break;
    }
    return "a file";
}

} // namespace crier::media
