#include "store/media_kind.hpp"

#include <algorithm>

namespace crier::store {
namespace {

using namespace std::string_view_literals;

struct Signature {
    MediaKind kind;
    std::string_view head; ///< what the file begins with
    std::size_t offset;    ///< and what stands here besides
    std::string_view magic;
};

// The first that fits; so what is general comes last.
constexpr Signature signatures[] = {
    {{"image/png", ".png"}, "\x89PNG\r\n"sv, 0, ""sv},
    {{"image/jpeg", ".jpg"}, "\xff\xd8\xff"sv, 0, ""sv},
    {{"image/gif", ".gif"}, "GIF8"sv, 0, ""sv},
    {{"image/webp", ".webp"}, "RIFF"sv, 8, "WEBP"sv},
    {{"image/avif", ".avif"}, ""sv, 4, "ftypavif"sv},
    {{"image/heic", ".heic"}, ""sv, 4, "ftypheic"sv},
    {{"image/heic", ".heic"}, ""sv, 4, "ftypheix"sv},
    {{"image/heif", ".heif"}, ""sv, 4, "ftypmif1"sv},
    {{"audio/mp4", ".m4a"}, ""sv, 4, "ftypM4A"sv},
    {{"video/quicktime", ".mov"}, ""sv, 4, "ftypqt"sv},
    {{"video/mp4", ".mp4"}, ""sv, 4, "ftyp"sv},
    {{"video/webm", ".webm"}, "\x1a\x45\xdf\xa3"sv, 0, ""sv},
    {{"audio/mpeg", ".mp3"}, "ID3"sv, 0, ""sv},
    {{"audio/mpeg", ".mp3"}, "\xff\xfb"sv, 0, ""sv},
    {{"audio/mpeg", ".mp3"}, "\xff\xf3"sv, 0, ""sv},
    {{"audio/mpeg", ".mp3"}, "\xff\xf2"sv, 0, ""sv},
    {{"audio/ogg", ".ogg"}, "OggS"sv, 0, ""sv},
    {{"audio/flac", ".flac"}, "fLaC"sv, 0, ""sv},
    {{"audio/wav", ".wav"}, "RIFF"sv, 8, "WAVE"sv},
};

bool stands_at(std::string_view bytes, std::size_t at, std::string_view what) noexcept {
    return bytes.size() >= at + what.size() && bytes.substr(at, what.size()) == what;
}

} // namespace

const MediaKind* kind_of(std::string_view bytes) noexcept {
    for (const Signature& signature : signatures)
        if (stands_at(bytes, 0, signature.head) && stands_at(bytes, signature.offset, signature.magic))
            return &signature.kind;
    return nullptr;
}

const std::vector<std::string_view>& media_extensions() {
    static const std::vector<std::string_view> all = [] {
        std::vector<std::string_view> list;
        for (const Signature& signature : signatures)
            if (std::find(list.begin(), list.end(), signature.kind.extension) == list.end())
                list.push_back(signature.kind.extension);
        return list;
    }();
    return all;
}

} // namespace crier::store
