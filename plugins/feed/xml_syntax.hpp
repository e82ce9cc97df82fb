#pragma once

#include "kit/ascii.hpp"
#include "kit/entities.hpp"

#include <cstddef>
#include <string_view>

/// What XML allows, as far as the mender has to know it.
namespace crier::feed {

/// A control character that no XML document may hold.
[[nodiscard]] constexpr bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

/// Where the first control character stands, or npos.
[[nodiscard]] std::size_t find_control(std::string_view text);

/// Whether XML has this character.
[[nodiscard]] bool is_xml_character(char32_t code);

[[nodiscard]] constexpr bool starts_name(char c) {
    return kit::is_letter(c) || c == '_';
}

[[nodiscard]] constexpr bool is_in_name(char c) {
    return starts_name(c) || kit::is_digit(c) || c == '-' || c == '.' || c == ':' ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// Where the name that `at` stands in ends.
[[nodiscard]] constexpr std::size_t name_end(std::string_view text, std::size_t at) {
    while (at < text.size() && is_in_name(text[at]))
        ++at;
    return at;
}

/// What a parser with namespaces takes for the name of an attribute.
[[nodiscard]] bool is_attribute_name(std::string_view name);

/// The size of one of XML's own five references at the start of `text`, or 0.
[[nodiscard]] std::size_t own_reference(std::string_view text);

/// Whether a numeric reference at the start of `text` says what is meant, in XML's own terms.
[[nodiscard]] bool is_sound_number(std::string_view text, const kit::Reference& reference);

} // namespace crier::feed
