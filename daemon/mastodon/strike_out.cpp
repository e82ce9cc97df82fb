#include "mastodon/words.hpp"

#include <optional>

namespace crier::mastodon {

namespace {

constexpr std::size_t shortest_secret = 6; ///< no server's is, and the words would be full of holes

/// One character of a text, read through what it was wrapped into.
struct Unwrapped {
    char character;
    std::size_t end; ///< where the next one begins
};

std::optional<unsigned> hex_value(std::string_view digits) {
    unsigned value = 0;
    for (const char c : digits) {
        const char small = c >= 'A' && c <= 'F' ? static_cast<char>(c + ('a' - 'A')) : c;
        if ((small < '0' || small > '9') && (small < 'a' || small > 'f'))
            return std::nullopt;
        value = value * 16 + static_cast<unsigned>(small <= '9' ? small - '0' : small - 'a' + 10);
    }
    return value;
}

/// As JSON escapes it.
Unwrapped of_json(std::string_view text, std::size_t at) {
    const Unwrapped plain{text[at], at + 1};
    if (text[at] != '\\' || at + 1 == text.size())
        return plain;
    if (text[at + 1] != 'u')
        return {text[at + 1], at + 2};
    constexpr std::size_t digits = 4;
    if (text.size() - at < 2 + digits)
        return plain;
    const std::optional<unsigned> value = hex_value(text.substr(at + 2, digits));
    return value && *value < 0x80U ? Unwrapped{static_cast<char>(*value), at + 2 + digits} : plain;
}

/// As an address or a form escapes it, in JSON or not.
Unwrapped of_form(std::string_view text, std::size_t at) {
    const Unwrapped first = of_json(text, at);
    if (first.character != '%' || first.end == text.size())
        return first;
    const Unwrapped high = of_json(text, first.end);
    if (high.end == text.size())
        return first;
    const Unwrapped low = of_json(text, high.end);
    const char digits[] = {high.character, low.character};
    const std::optional<unsigned> value = hex_value({digits, sizeof digits});
    return value ? Unwrapped{static_cast<char>(*value), low.end} : first;
}

/// Where `secret` ends that begins here; nothing: it does not.
std::optional<std::size_t> end_of(std::string_view secret, std::string_view text, std::size_t at) {
    for (const char c : secret) {
        if (at == text.size())
            return std::nullopt;
        const Unwrapped next = of_form(text, at);
        if (next.character != c)
            return std::nullopt;
        at = next.end;
    }
    return at;
}

} // namespace

void strike_out(std::string& text, std::string_view secret) {
    if (secret.size() < shortest_secret)
        return;
    for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at))
        text.replace(at, secret.size(), "***");
    if (text.find_first_of("\\%") == std::string::npos)
        return;
    for (std::size_t at = 0; at < text.size(); ++at)
        if (const auto end = end_of(secret, text, at))
            text.replace(at, *end - at, "***");
}

} // namespace crier::mastodon
