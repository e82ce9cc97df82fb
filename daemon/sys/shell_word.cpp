#include "sys/shell_word.hpp"

#include "core/ascii.hpp"
#include "sys/printable.hpp"

#include <algorithm>

namespace crier::sys {
namespace {

bool is_plain(char c) {
    return ascii::is_digit(c) || (ascii::lower(c) >= 'a' && ascii::lower(c) <= 'z') || c == '.' || c == '_' ||
           c == '/' || c == '-';
}

std::string in_quotes(std::string_view name) {
    std::string word = "'";
    for (const char c : name)
        if (c == '\'')
            word += "'\\''";
        else
            word += c;
    return word + '\'';
}

/// Three octal digits: what follows cannot be taken for a part of them.
std::string octal_escape(char c) {
    const auto byte = static_cast<unsigned char>(c);
    std::string text = "\\000";
    for (unsigned i = 0; i < 3; ++i)
        text[3 - i] = static_cast<char>('0' + ((byte >> (3U * i)) & 7U));
    return text;
}

std::string in_escapes(std::string_view name) {
    std::string word = "$'";
    for (const char c : name)
        if (c == '\'' || c == '\\')
            (word += '\\') += c;
        else if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7f)
            word += octal_escape(c);
        else
            word += c;
    return word + '\'';
}

} // namespace

std::string shell_word(std::string_view name) {
    if (!name.empty() && std::all_of(name.begin(), name.end(), is_plain))
        return std::string{name};
    return printable(name) == name ? in_quotes(name) : in_escapes(name);
}

} // namespace crier::sys
