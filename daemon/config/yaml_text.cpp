#include "config/yaml_text.hpp"

#include <algorithm>
#include <iterator>

namespace crier::config {

std::string yaml_quoted(std::string_view text) {
    constexpr char digits[] = "0123456789ABCDEF";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\n') {
            out += "\\n";
            continue;
        }
        if (byte < 0x20 || byte == 0x7f) {
            out += "\\x";
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
            continue;
        }
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + '"';
}

std::string yaml_name(std::string_view text, std::string_view fallback) {
    std::string name;
    for (const char c : text)
        name += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'
                    ? c
                    : (c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : '_');
    return name.empty() ? std::string{fallback} : name;
}

std::string yaml_scalar(const std::string& name) {
    constexpr std::string_view words[] = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"};
    const bool plain = !name.empty() && name.front() >= 'a' && name.front() <= 'z' &&
                       std::find(std::begin(words), std::end(words), name) == std::end(words);
    return plain ? name : yaml_quoted(name);
}

} // namespace crier::config
