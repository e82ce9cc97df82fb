#include "core/media/gif_blocks.hpp"

namespace crier::media {
namespace {

constexpr std::uint32_t table_flag = 0x80;

/// Bytes of the table of colours that such flags announce.
std::uint64_t table_size(std::uint32_t flags) noexcept {
    return (flags & table_flag) != 0 ? std::uint64_t{3} << ((flags & 7U) + 1) : 0;
}

} // namespace

GifWalk::GifWalk(Window& window)
    : window_(window) {
    constexpr std::uint64_t head = 13;
    const std::string_view screen = window.at(0, head);
    if (!screen.empty())
        begin_ = at_ = head + table_size(byte_at(screen, 10));
}

/// Data are pieces of up to 255 bytes, each with its length, and one of none.
std::uint64_t GifWalk::behind_data(std::uint64_t at, std::uint64_t& most) {
    for (; most > 0; --most) {
        const std::string_view length = window_.at(at, 1);
        if (length.empty())
            return 0;
        const std::uint32_t bytes = byte_at(length, 0);
        at += 1 + bytes;
        if (bytes == 0)
            return at;
    }
    return 0;
}

std::optional<GifBlock> GifWalk::next(std::uint64_t most) {
    constexpr std::uint32_t separator = 0x2C;
    constexpr std::uint32_t introducer = 0x21;
    constexpr std::uint32_t trailer = 0x3B;
    constexpr std::uint32_t application = 0xFF;
    const std::string_view first = window_.at(at_, 1);
    if (first.empty() || begin_ == 0)
        return std::nullopt;
    GifBlock block;
    block.from = at_;
    const std::uint32_t kind = byte_at(first, 0);
    std::uint64_t data = 0;
    if (kind == trailer) {
        block.end = at_ + 1;
        return block;
    }
    if (kind == separator) {
        const std::string_view picture = window_.at(at_, 10);
        if (picture.empty())
            return std::nullopt;
        block.what = GifBlock::What::picture;
        data = at_ + 10 + table_size(byte_at(picture, 9)) + 1; // the size of codes
    } else if (kind == introducer) {
        const std::string_view extension = window_.at(at_, 2);
        if (extension.empty())
            return std::nullopt;
        block.what = GifBlock::What::extension;
        block.label = byte_at(extension, 1);
        data = at_ + 2;
        if (const std::string_view named = window_.at(data, 12);
            block.label == application && !named.empty() && byte_at(named, 0) == 11)
            block.name = std::string{named.substr(1)};
    } else {
        return std::nullopt;
    }
    block.end = behind_data(data, most);
    if (block.end == 0)
        return std::nullopt;
    at_ = block.end;
    return block;
}

} // namespace crier::media
