#include "core/media/boxes.hpp"

namespace crier::media {

std::optional<Box> BoxWalk::next() {
    constexpr std::uint64_t head = 8;
    constexpr std::uint64_t long_head = 16;
    if (broken_ || at_ >= to_)
        return std::nullopt;
    broken_ = true;
    if (--budget_ < 0 || to_ - at_ < head)
        return std::nullopt;
    const std::string_view bytes = window_.at(at_, head);
    if (bytes.empty())
        return std::nullopt;
    Box box;
    box.from = at_;
    box.body = at_ + head;
    box.type = std::string{bytes.substr(4, 4)};
    std::uint64_t size = big(bytes, 0, 4);
    if (size == 0) { // to the end of all
        size = to_ - at_;
    } else if (size == 1) {
        const std::string_view more = window_.at(at_, long_head);
        if (more.empty())
            return std::nullopt;
        size = big(more, 8, 8);
        box.body = at_ + long_head;
    }
    if (size < box.body - at_ || size > to_ - at_)
        return std::nullopt;
    broken_ = false;
    at_ += size;
    box.end = at_;
    return box;
}

} // namespace crier::media
