#include "core/media/exif.hpp"

#include "core/media/bytes.hpp"

#include <algorithm>

namespace crier::media {
namespace {

using namespace std::string_view_literals;

constexpr std::uint64_t orientation_tag = 0x0112;
constexpr std::size_t entry_size = 12;
constexpr std::uint64_t most_entries = 500;

} // namespace

int orientation_in(std::string_view exif) noexcept {
    constexpr std::string_view prefix = "Exif\0\0"sv;
    if (exif.substr(0, prefix.size()) == prefix)
        exif.remove_prefix(prefix.size());
    const bool intel = exif.substr(0, 4) == "II*\0"sv;
    if (exif.size() < 8 || (!intel && exif.substr(0, 4) != "MM\0*"sv))
        return 1;
    const auto number = [&](std::size_t at, std::size_t count) {
        return intel ? little(exif, at, count) : big(exif, at, count);
    };
    const std::uint64_t list = number(4, 4);
    if (list + 2 > exif.size())
        return 1;
    const auto begin = static_cast<std::size_t>(list);
    const std::uint64_t entries = std::min(number(begin, 2), most_entries);
    for (std::size_t i = 0; i < entries; ++i) {
        const std::size_t at = begin + 2 + i * entry_size;
        if (at + entry_size > exif.size())
            return 1;
        if (number(at, 2) != orientation_tag)
            continue;
        const std::uint64_t value = number(at + 8, 2);
        return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
    }
    return 1;
}

std::string exif_of(int orientation) {
    std::string text{"II*\0\x08\0\0\0"sv};
    text += little_text(1, 2);
    text += little_text(orientation_tag, 2) + little_text(3, 2) + little_text(1, 4); // one SHORT
    text += little_text(static_cast<std::uint64_t>(orientation), 4);
    text += little_text(0, 4);
    return text;
}

} // namespace crier::media
