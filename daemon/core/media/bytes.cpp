#include "core/media/bytes.hpp"

namespace crier::media {

std::string_view Window::at(std::uint64_t from, std::size_t count) {
    if (count > piece || from > size_ || size_ - from < count)
        return {};
    const bool here = from >= start_ && from - start_ <= buffer_.size() &&
                      buffer_.size() - static_cast<std::size_t>(from - start_) >= count;
    if (!here) {
        buffer_ = bytes_.read(from, piece);
        start_ = from;
        if (buffer_.size() < count)
            return {};
    }
    return std::string_view{buffer_}.substr(static_cast<std::size_t>(from - start_), count);
}

std::string_view Window::from(std::uint64_t from) {
    if (from >= size_ || at(from, 1).empty())
        return {};
    return std::string_view{buffer_}.substr(static_cast<std::size_t>(from - start_));
}

std::string big_text(std::uint64_t number, std::size_t count) {
    std::string text;
    for (std::size_t i = count; i > 0; --i)
        text += static_cast<char>(number >> (8 * (i - 1)) & 0xFFU);
    return text;
}

std::string little_text(std::uint64_t number, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
        text += static_cast<char>(number >> (8 * i) & 0xFFU);
    return text;
}

} // namespace crier::media
