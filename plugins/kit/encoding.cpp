#include "kit/encoding.hpp"

#include "sdk/crier_plugin.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace crier::kit {
namespace {

unsigned byte_at(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
}

/// What windows-1252 has where ISO 8859-1 has control characters. A zero: it has nothing there.
constexpr std::array<std::uint16_t, 32> western{
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

void append_western(unsigned byte, std::string& out) {
    const unsigned code = byte < 0x80 || byte >= 0xA0 ? byte : western[byte - 0x80];
    const auto put = [&out](unsigned value) { out += static_cast<char>(static_cast<unsigned char>(value)); };
    if (code == 0) {
        out += "\xef\xbf\xbd";
    } else if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0U | (code >> 6U));
        put(0x80U | (code & 0x3FU));
    } else {
        put(0xE0U | (code >> 12U));
        put(0x80U | ((code >> 6U) & 0x3FU));
        put(0x80U | (code & 0x3FU));
    }
}

} // namespace

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const unsigned first = byte_at(text, at);
        if (first < 0x80) {
            ++at;
            continue;
        }
        const std::size_t size = first < 0xC2   ? 0
                                 : first < 0xE0 ? 2
                                 : first < 0xF0 ? 3
                                 : first < 0xF5 ? 4
                                                : 0;
        if (size == 0)
            return false;
        for (std::size_t i = 1; i < size; ++i)
            if ((byte_at(text, at + i) & 0xC0U) != 0x80U)
                return false;
        const unsigned second = byte_at(text, at + 1);
        // What could be written shorter, surrogates, and what is beyond Unicode.
        if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second >= 0xA0) ||
            (first == 0xF0 && second < 0x90) || (first == 0xF4 && second >= 0x90))
            return false;
        at += size;
    }
    return true;
}

FileText::FileText(std::string_view bytes)
    : text_(bytes) {
    if (text_.substr(0, 2) == "\xff\xfe" || text_.substr(0, 2) == "\xfe\xff")
        throw sdk::Error("this text is UTF-16: save it as UTF-8");
    if (text_.substr(0, 3) == "\xef\xbb\xbf")
        text_.remove_prefix(3);
    if (text_.find('\0') != std::string_view::npos)
        throw sdk::Error("this is no text: there are zero bytes in it");
    if (is_utf8(text_))
        return;
    guessed_ = true;
    storage_.reserve(text_.size() + text_.size() / 8);
    for (const char c : text_)
        append_western(static_cast<unsigned char>(c), storage_);
    text_ = storage_;
}

} // namespace crier::kit
