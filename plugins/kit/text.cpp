#include "kit/text.hpp"

#include <algorithm>

namespace crier::kit {
namespace {

constexpr std::string_view white = " \t\r\n\v\f";

char small(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool begins(std::string_view text, std::string_view lower) {
    return text.size() > lower.size() &&
           std::equal(lower.begin(), lower.end(), text.begin(), [](char a, char b) { return a == small(b); });
}

} // namespace

std::string_view trimmed(std::string_view text) {
    const std::size_t first = std::min(text.find_first_not_of(white), text.size());
    text.remove_prefix(first);
    return text.substr(0, text.find_last_not_of(white) + 1);
}

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

std::string lowered(std::string_view text) {
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(), small);
    return out;
}

std::string_view cut(std::string_view text, std::size_t size) {
    if (text.size() <= size)
        return text;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U)
        --size;
    return text.substr(0, size);
}

bool is_web_address(std::string_view text) {
    return begins(text, "https://") || begins(text, "http://");
}

} // namespace crier::kit
