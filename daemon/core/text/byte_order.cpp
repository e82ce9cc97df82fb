#include "core/text/byte_order.hpp"

#include "core/text/utf8.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace crier::text {
namespace {

std::string from_utf16(std::string_view bytes, bool high_first) {
    const auto unit = [&](std::size_t at) {
        const auto first = static_cast<unsigned char>(bytes[at]);
        const auto second = static_cast<unsigned char>(bytes[at + 1]);
        return high_first ? first * 256 + second : second * 256 + first;
    };
    const auto is_high = [](std::int32_t c) { return c >= 0xD800 && c < 0xDC00; };
    const auto is_low = [](std::int32_t c) { return c >= 0xDC00 && c < 0xE000; };
    std::string text;
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        std::int32_t c = unit(at);
        if (is_high(c) && at + 3 < bytes.size() && is_low(unit(at + 2))) {
            at += 2;
            c = 0x10000 + (c - 0xD800) * 0x400 + (unit(at) - 0xDC00);
        } else if (is_high(c) || is_low(c)) {
            c = 0xFFFD;
        }
        append(text, c);
    }
    return text;
}

} // namespace

std::string without_byte_order_mark(std::string bytes) {
    const std::string_view view = bytes;
    if (view.starts_with("\xEF\xBB\xBF"))
        bytes.erase(0, 3);
    else if (view.starts_with("\xFF\xFE") || view.starts_with("\xFE\xFF"))
        return from_utf16(view.substr(2), view.front() == '\xFE');
    return bytes;
}

} // namespace crier::text
