#include "feed/xml_syntax.hpp"

#include "kit/eight_bytes.hpp"

#include <algorithm>

namespace crier::feed {

std::size_t find_control(std::string_view text) {
    std::size_t at = 0;
    const auto look = [&](std::size_t end) {
        while (at < end && !is_control(text[at]))
            ++at;
        return at < end;
    };
    while (at + kit::EightBytes::size <= text.size()) {
        if (!kit::EightBytes{text.data() + at}.any_below(' '))
            at += kit::EightBytes::size;
        else if (look(at + kit::EightBytes::size))
            return at;
    }
    return look(text.size()) ? at : std::string_view::npos;
}

bool is_xml_character(char32_t code) {
    return code == '\t' || code == '\n' || code == '\r' ||
           (code >= 0x20 && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF) && code != 0xFFFE &&
            code != 0xFFFF);
}

bool is_attribute_name(std::string_view name) {
    return !name.empty() && starts_name(name.front()) && std::count(name.begin(), name.end(), ':') <= 1 &&
           name.back() != ':' && std::none_of(name.begin(), name.end(), [](char c) {
               return static_cast<unsigned char>(c) >= 0x80;
           });
}

std::size_t own_reference(std::string_view text) {
    for (const std::string_view known : {"&lt;", "&gt;", "&amp;", "&quot;", "&apos;"})
        if (text.substr(0, known.size()) == known)
            return known.size();
    return 0;
}

bool is_sound_number(std::string_view text, const kit::Reference& reference) {
    return reference.numeric && reference.closed && is_xml_character(reference.number) &&
           reference.number == reference.code && text[2] != 'X';
}

} // namespace crier::feed
