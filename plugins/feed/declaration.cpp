#include "feed/declaration.hpp"

#include "kit/ascii.hpp"

#include <algorithm>

namespace crier::feed {
namespace {

/// Where `word` begins, whatever its case, or npos.
std::size_t find_word(std::string_view text, std::string_view word) {
    const auto* const found = std::search(text.begin(), text.end(), word.begin(), word.end(),
                                          [](char a, char b) { return kit::lowered(a) == b; });
    return found == text.end() ? kit::npos : static_cast<std::size_t>(found - text.begin());
}

} // namespace

std::string_view declared_encoding(std::string_view bytes) {
    constexpr std::size_t farthest = 1024;
    constexpr std::string_view mark = "<?xml";
    constexpr std::string_view key = "encoding";
    std::string_view words = bytes.substr(0, farthest);
    const auto declaration = find_word(words, mark);
    if (declaration == kit::npos)
        return {};
    words.remove_prefix(declaration + mark.size());
    words = words.substr(0, words.find('>'));
    const auto at = find_word(words, key);
    if (at == kit::npos)
        return {};
    words = kit::trimmed(words.substr(at + key.size()));
    if (words.empty() || words.front() != '=')
        return {};
    words = kit::trimmed(words.substr(1));
    if (words.empty())
        return {};
    if (words.front() != '"' && words.front() != '\'')
        return words.substr(0, words.find_first_of(" \t\r\n?\"'"));
    return kit::trimmed(words.substr(1, words.find(words.front(), 1) - 1));
}

} // namespace crier::feed
