#include "sandbox/content/formats.hpp"

#include <array>

namespace crier::sandbox {
namespace {

// --- Ogg: pages, each with a checksum over itself
// ------------------------------------------------------------

std::uint32_t ogg_checksum(std::string_view page) {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < page.size(); ++i) {
        const bool is_checksum = i >= 22 && i < 26; // counts as zero
        sum ^= (is_checksum ? 0U : static_cast<std::uint32_t>(static_cast<unsigned char>(page[i]))) << 24U;
        for (int bit = 0; bit < 8; ++bit)
            sum = (sum << 1U) ^ ((sum & 0x80000000U) != 0 ? 0x04C11DB7U : 0U);
    }
    return sum;
}

// Past the page at `at`, when it is whole and undamaged.
std::optional<std::size_t> ogg_page_end(const Bytes& file, std::size_t at) {
    using namespace std::string_view_literals;
    const auto segments = file.big(at + 26, 1);
    if (!file.holds(at, "OggS\0"sv) || !segments || !file.has(at + 27, *segments))
        return std::nullopt;
    std::size_t size = 27 + *segments;
    for (std::size_t i = 0; i < *segments; ++i)
        size += *file.big(at + 27 + i, 1);
    const auto page = file.part(at, size);
    if (!page || file.little(at + 22, 4) != ogg_checksum(*page))
        return std::nullopt;
    return at + size;
}

// --- MP3: frames, each with the four bytes that say how long it is
// -------------------------------------------

constexpr std::array<unsigned, 15> rates_1 = {0,   32,  40,  48,  56,  64,  80, 96,
                                              112, 128, 160, 192, 224, 256, 320};
constexpr std::array<unsigned, 15> rates_2 = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
constexpr std::array<unsigned, 3> samplings = {44100, 48000, 32000};

// Bytes of the frame at `at`; 0: none begins there.
std::size_t frame_size(const Bytes& file, std::size_t at) {
    const auto head = file.big(at, 4);
    if (!head || (*head >> 21U) != 0x7FF)
        return 0;
    const auto version = (*head >> 19U) & 3U; // 3: MPEG 1, 2: MPEG 2, 0: MPEG 2.5
    const auto layer = (*head >> 17U) & 3U;   // 1: layer 3
    const auto rate = (*head >> 12U) & 15U;
    const auto sampling = (*head >> 10U) & 3U;
    if (version == 1 || layer != 1 || rate == 0 || rate == 15 || sampling == 3)
        return 0;
    const unsigned hertz = samplings[sampling] >> (version == 3 ? 0U : version == 2 ? 1U : 2U);
    const unsigned bits = (version == 3 ? rates_1[rate] : rates_2[rate]) * 1000U;
    return (version == 3 ? 144U : 72U) * bits / hertz + ((*head >> 9U) & 1U);
}

// Past the ID3v2 tag; its size has seven bits in a byte.
std::size_t tag_size(const Bytes& file) {
    const auto size = file.big(6, 4);
    if (!file.holds(0, "ID3") || !size)
        return 0;
    return 10 + ((*size & 0x7FU) | ((*size & 0x7F00U) >> 1U) | ((*size & 0x7F0000U) >> 2U) |
                 ((*size & 0x7F000000U) >> 3U));
}

} // namespace

std::optional<ImageInfo> inspect_ogg(const Bytes& file) {
    using namespace std::string_view_literals;
    const auto first_end = ogg_page_end(file, 0);
    if (!first_end)
        return std::nullopt;
    for (std::size_t at = *first_end; at < file.size();) {
        const auto end = ogg_page_end(file, at);
        if (!end)
            return std::nullopt;
        at = *end;
    }
    const std::size_t packet = 27 + *file.big(26, 1);
    if (file.holds(packet, "\x80theora"sv) && file.has(packet, 20))
        return sized("video/ogg", *file.big(packet + 14, 3), *file.big(packet + 17, 3));
    for (const auto codec : {"OpusHead"sv, "\x01vorbis"sv, "Speex   "sv,
                             "\x7f"
                             "FLAC"sv})
        if (file.holds(packet, codec))
            return ImageInfo{"audio/ogg", 0, 0};
    return std::nullopt;
}

std::optional<ImageInfo> inspect_mp3(const Bytes& file) {
    const std::size_t first = tag_size(file);
    const std::size_t size = frame_size(file, first);
    if (size == 0 || !file.has(first, size))
        return std::nullopt;
    // What follows is another frame, a tag of 128 bytes at the end, or nothing.
    const std::size_t next = first + size;
    if (next == file.size() || file.holds(next, "TAG") || frame_size(file, next) > 0)
        return ImageInfo{"audio/mpeg", 0, 0};
    return std::nullopt;
}

} // namespace crier::sandbox
