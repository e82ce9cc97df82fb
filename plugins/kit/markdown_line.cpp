#include "kit/markdown_line.hpp"

#include "kit/text.hpp"

#include <algorithm>

namespace crier::kit {
namespace {

constexpr std::size_t most_quotes = 8;

void take_quotes(std::string_view& line, std::string& prefix) {
    for (std::size_t depth = 0; depth < most_quotes; ++depth) {
        const std::size_t at = line.find_first_not_of(' ');
        if (at > 3 || line[at] != '>') // npos is more than three, too
            return;
        line.remove_prefix(at + 1);
        if (!line.empty() && line.front() == ' ')
            line.remove_prefix(1);
        prefix += "> ";
    }
}

/// Three or more of one sign, with blanks between them or not.
bool is_rule(std::string_view words) {
    const char sign = words.empty() ? '\0' : words.front();
    if (sign != '-' && sign != '*' && sign != '_')
        return false;
    return std::count(words.begin(), words.end(), sign) >= 3 &&
           std::all_of(words.begin(), words.end(),
                       [sign](char c) { return c == sign || c == ' ' || c == '\t'; });
}

/// How many # begin a heading; those of a hashtag do not.
std::size_t heading_marks(std::string_view words) {
    const std::size_t count = std::min(words.find_first_not_of('#'), words.size());
    return count >= 1 && count <= 6 && (count == words.size() || words[count] == ' ' || words[count] == '\t')
               ? count
               : 0;
}

std::string_view heading_words(std::string_view words, std::size_t marks) {
    words = trimmed(words.substr(marks));
    const std::size_t last = words.find_last_not_of('#');
    if (last == std::string_view::npos)
        return {};
    return last + 1 < words.size() && words[last] == ' ' ? trimmed(words.substr(0, last)) : words;
}

/// The size of "- " or "12. " at the beginning; 0: there is none.
std::size_t marker_size(std::string_view words, bool only_first) {
    if (words.size() < 2)
        return 0;
    const auto is_blank = [&](std::size_t at) {
        return at < words.size() && (words[at] == ' ' || words[at] == '\t');
    };
    if (words.front() == '-' || words.front() == '*' || words.front() == '+')
        return is_blank(1) ? 2 : 0;
    const std::size_t digits = std::min(words.find_first_not_of("0123456789"), words.size());
    if (digits == 0 || digits > 9 || digits == words.size() ||
        (words[digits] != '.' && words[digits] != ')') || !is_blank(digits + 1))
        return 0;
    // "In the year\n1984. It" is no list.
    return only_first && words.substr(0, digits) != "1" ? 0 : digits + 2;
}

bool is_row_of_lines(std::string_view words) {
    return words.find('-') != std::string_view::npos &&
           words.find_first_not_of("|-: \t") == std::string_view::npos;
}

} // namespace

Line line_of(std::string_view line, bool in_paragraph, bool in_list) {
    Line read;
    take_quotes(line, read.prefix);
    const std::size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
    const std::string_view words = trimmed(line);
    read.words = words;
    if (words.empty()) {
        read.kind = Line::Kind::blank;
    } else if (const std::size_t marks = heading_marks(words); marks > 0 && indent <= 3) {
        read.kind = Line::Kind::heading;
        read.words = heading_words(words, marks);
    } else if (in_paragraph && !in_list &&
               (words.find_first_not_of('=') == std::string_view::npos ||
                words.find_first_not_of('-') == std::string_view::npos)) {
        read.kind = Line::Kind::underline;
    } else if (is_rule(words)) {
        read.kind = Line::Kind::rule;
    } else if (const std::size_t size = marker_size(words, in_paragraph && !in_list); size > 0) {
        read.kind = Line::Kind::item;
        read.marker = std::string{line.substr(0, indent)} + std::string{words.substr(0, size)};
        read.words = trimmed(words.substr(size));
    } else if (words.front() == '|') {
        read.kind = is_row_of_lines(words) ? Line::Kind::row_of_lines : Line::Kind::row;
    }
    const bool backslash = !read.words.empty() && read.words.back() == '\\' &&
                           (read.words.size() < 2 || read.words[read.words.size() - 2] != '\\');
    read.breaks = backslash || (line.size() >= 2 && line.substr(line.size() - 2) == "  ");
    if (backslash)
        read.words = trimmed(read.words.substr(0, read.words.size() - 1));
    return read;
}

} // namespace crier::kit
