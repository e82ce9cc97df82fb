#include "core/leak_value.hpp"

#include "core/ascii.hpp"

#include <algorithm>

namespace crier {
namespace {

/// Bounds: no text is read over and over for the keys in it.
constexpr std::size_t longest_comment = 200;
constexpr std::size_t longest_type = 40;
constexpr std::size_t longest_command = 40;
constexpr std::size_t most_signs = 2;

char char_at(std::string_view text, std::size_t at) {
    return at < text.size() ? text[at] : '\0';
}

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

bool is_quote(char c) {
    return c == '"' || c == '\'' || c == '`';
}

bool is_sign(char c) {
    return c == ':' || c == '=' || c == '>';
}

std::size_t behind_blanks(std::string_view text, std::size_t at) {
    while (is_blank(char_at(text, at)))
        ++at;
    return at;
}

/// One that a string of a string has, too: \".
std::size_t behind_quote(std::string_view text, std::size_t at) {
    if (char_at(text, at) == '\\' && is_quote(char_at(text, at + 1)))
        return at + 2;
    return is_quote(char_at(text, at)) ? at + 1 : at;
}

/// Of YAML: `at` is behind the colon, where there may be a sign of a block (>-, |) and a comment.
std::optional<std::size_t> on_next_line(std::string_view text, std::size_t begin, std::size_t at) {
    at = behind_blanks(text, at);
    if (char_at(text, at) == '>' || char_at(text, at) == '|') {
        ++at;
        while (char_at(text, at) == '-' || char_at(text, at) == '+' || ascii::is_digit(char_at(text, at)))
            ++at;
        at = behind_blanks(text, at);
    }
    if (char_at(text, at) == '#')
        at += std::min(text.substr(at, longest_comment).find('\n'), longest_comment);
    if (char_at(text, at) == '\r')
        ++at;
    if (char_at(text, at) != '\n')
        return std::nullopt;
    const std::size_t line = begin == 0 ? 0 : text.rfind('\n', begin - 1) + 1; // 0, too, if there is none
    const std::size_t indent = behind_blanks(text, line) - line;
    const std::size_t value = behind_blanks(text, at + 1);
    if (value - (at + 1) <= indent)
        return std::nullopt;
    return behind_quote(text, value);
}

/// `at` is behind the colon; then a type (string, &'static str, Optional[str]) and a string.
std::optional<std::size_t> behind_type(std::string_view text, std::size_t at) {
    const std::string_view rest = text.substr(at, longest_type);
    const std::size_t equals = rest.find('=');
    const bool only_a_type =
        equals != std::string_view::npos &&
        std::all_of(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(equals), [](char c) {
            return (ascii::lower(c) >= 'a' && ascii::lower(c) <= 'z') ||
                   std::string_view{" &'.:<>?[]_|"}.find(c) != std::string_view::npos;
        });
    if (!only_a_type)
        return std::nullopt;
    const std::size_t value = behind_blanks(text, at + equals + 1);
    return is_quote(char_at(text, value)) ? std::optional{value + 1} : std::nullopt;
}

/// The command that stands before it sets a variable: setenv, set -gx, ENV.
bool is_set(std::string_view text, std::size_t begin) {
    const std::size_t from = begin - std::min(begin, longest_command);
    std::string_view before = text.substr(from, begin - from);
    before.remove_prefix(before.rfind('\n') + 1);
    if (before.empty() || !is_blank(before.back()))
        return false;
    for (;;) {
        before = ascii::trimmed(before);
        const std::string_view word = before.substr(before.find_last_of(" \t") + 1);
        if (!word.starts_with('-'))
            return ascii::same(word, "setenv") || ascii::same(word, "env") || word == "set";
        before.remove_suffix(word.size());
    }
}

/// `end` is behind the key, and no sign follows.
std::optional<std::size_t> behind_a_blank(std::string_view text, std::size_t begin, std::size_t end) {
    const bool option = text[begin] == '-';
    std::size_t at = behind_quote(text, end);
    const bool listed = option && at > end && char_at(text, at) == ','; // ["--token", "X"]
    at += listed ? 1U : 0U;
    const std::size_t value = behind_blanks(text, at);
    if ((value == at && !listed) || !(option || is_set(text, begin)))
        return std::nullopt;
    return behind_quote(text, value);
}

} // namespace

std::optional<std::size_t> value_of(std::string_view text, std::size_t begin, std::size_t end) {
    std::size_t at = behind_quote(text, end);
    if (char_at(text, at) == ']')
        ++at;
    const std::size_t sign = behind_blanks(text, at);
    at = sign;
    while (at - sign < most_signs && is_sign(char_at(text, at)))
        ++at;
    if (at == sign)
        return behind_a_blank(text, begin, end);
    if (text[at - 1] == ':') {
        if (const auto value = on_next_line(text, begin, at))
            return value;
        if (const auto value = behind_type(text, at))
            return value;
    }
    return behind_quote(text, behind_blanks(text, at));
}

} // namespace crier
