#include "kit/text.hpp"

#include <algorithm>

namespace crier::kit {

std::string one_line(std::string_view text) {
    std::string line;
    while (!text.empty()) {
        const std::string_view part = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(part.size() + 1, text.size()));
        if (const std::string_view words = trimmed(part); !words.empty())
            line.append(line.empty() ? "" : " ").append(words);
    }
    return line;
}

std::string_view cut(std::string_view text, std::size_t size) {
    if (text.size() <= size)
        return text;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U)
        --size;
    return text.substr(0, size);
}

bool is_web_address(std::string_view text) {
    constexpr std::string_view plain = "http://";
    constexpr std::string_view safe = "https://";
    return (text.size() > safe.size() && starts_but_case(text, safe)) ||
           (text.size() > plain.size() && starts_but_case(text, plain));
}

} // namespace crier::kit
