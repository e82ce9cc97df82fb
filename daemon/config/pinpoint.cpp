#include "config/tree.hpp"

#include <algorithm>
#include <charconv>

namespace crier::config {
namespace {

/// Behind anchors and tags: where the scalar itself begins.
std::size_t skip_properties(std::string_view source, std::size_t at) {
    while (at < source.size() && (source[at] == '&' || source[at] == '!')) {
        at = source.find_first_of(" \t\r\n", at);
        at = std::min(source.find_first_not_of(" \t\r\n", std::min(at, source.size())), source.size());
    }
    return at;
}

std::size_t digits_of_escape(char letter) {
    return letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
}

/// How many bytes the character takes in UTF-8 that these hexadecimal digits name.
std::size_t encoded_size(std::string_view digits) {
    unsigned long code = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
    return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

constexpr std::size_t nowhere = std::string_view::npos;

/// `at` is behind the opening quote. Nowhere, when a line ends before `offset` is reached.
std::size_t in_double_quotes(std::string_view source, std::size_t at, std::size_t offset) {
    std::size_t decoded = 0;
    while (at < source.size() && decoded < offset) {
        if (source[at] == '\n')
            return nowhere;
        if (source[at] != '\\' || at + 1 >= source.size()) {
            ++at;
            ++decoded;
            continue;
        }
        const std::size_t digits = digits_of_escape(source[at + 1]);
        // \_ \N are two bytes each, \L and \P three; everything else that is short is one.
        const char letter = source[at + 1];
        decoded += digits > 0                       ? encoded_size(source.substr(at + 2, digits))
                   : letter == '_' || letter == 'N' ? 2
                   : letter == 'L' || letter == 'P' ? 3
                                                    : 1;
        at += 2 + digits;
    }
    return at;
}

std::size_t in_single_quotes(std::string_view source, std::size_t at, std::size_t offset) {
    for (std::size_t decoded = 0; at < source.size() && decoded < offset; ++decoded) {
        if (source[at] == '\n')
            return nowhere;
        at += source.substr(at, 2) == "''" ? std::size_t{2} : std::size_t{1};
    }
    return at;
}

/// A literal block: line by line as in the file, without the indentation. `at` is on the `|`.
std::size_t in_literal_block(std::string_view source, std::size_t at, std::string_view text,
                             std::size_t offset) {
    at = source.find('\n', at);
    if (at == nowhere)
        return nowhere;
    ++at;
    // The indentation is what the first line that says something has more than the text has there.
    std::size_t indent = 0;
    for (std::size_t line = at, decoded = 0; line < source.size() && decoded < text.size();) {
        const std::size_t line_end = std::min(source.find('\n', line), source.size());
        const std::size_t text_end = std::min(text.find('\n', decoded), text.size());
        if (text_end > decoded) {
            indent = line_end - line - (text_end - decoded);
            if (line_end > line && source[line_end - 1] == '\r')
                --indent;
            break;
        }
        line = line_end + 1;
        decoded = text_end + 1;
    }
    const std::string_view before = text.substr(0, offset);
    for (auto lines = std::count(before.begin(), before.end(), '\n'); lines > 0; --lines) {
        at = source.find('\n', at);
        if (at == nowhere)
            return nowhere;
        ++at;
    }
    const std::size_t line_begin = before.rfind('\n') == nowhere ? 0 : before.rfind('\n') + 1;
    return at + indent + (offset - line_begin);
}

} // namespace

Position Ref::position_in(std::size_t offset) const {
    const Node& self = node();
    const std::string_view source = document_->source();
    offset = std::min<std::size_t>(offset, self.size);
    if (self.begin < source.size())
        return document_->position(self.begin + offset);
    const std::size_t start = skip_properties(source, self.offset);
    std::size_t found = nowhere;
    if (start < source.size()) {
        if (source[start] == '"')
            found = in_double_quotes(source, start + 1, offset);
        else if (source[start] == '\'')
            found = in_single_quotes(source, start + 1, offset);
        else if (source[start] == '|')
            found = in_literal_block(source, start, text(), offset);
        else if (source.substr(start, self.size) == text())
            found = start + offset;
    }
    return found == nowhere || found >= source.size() ? position() : document_->position(found);
}

} // namespace crier::config
