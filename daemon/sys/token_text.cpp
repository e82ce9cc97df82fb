#include "sys/token_source.hpp"

#include <algorithm>
#include <string>

namespace crier::sys {
namespace {

constexpr std::string_view blanks = " \t\r\n\v\f";

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

bool has_bearer_prefix(std::string_view text) {
    constexpr std::string_view prefix = "bearer";
    return text.size() > prefix.size() && blanks.find(text[prefix.size()]) != std::string_view::npos &&
           std::equal(prefix.begin(), prefix.end(), text.begin(),
                      [](char lower, char c) { return lower == (c | 0x20); });
}

/// "MASTODON_ACCESS_TOKEN=..." where only the value belongs.
bool is_assignment(std::string_view text) {
    const auto equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0 || equals + 1 == text.size() ||
        text[equals + 1] == '=')
        return false;
    return std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(equals),
                       [](char c) { return (c >= 'A' && c <= 'Z') || c == '_'; });
}

bool is_quoted(std::string_view text) {
    return text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
}

/// What may stand in `Authorization: Bearer` without being taken for something else: visible ASCII.
bool fits_header(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

} // namespace

Result<Secret> parse_token(std::string_view text, std::string_view where) {
    const std::string place{where};
    const std::string_view token = trimmed(text);
    if (token.empty())
        return Failure{Cause::token, place + " is empty",
                       "put the access token there: on the server under Preferences, Development, your "
                       "application"};
    if (has_bearer_prefix(token))
        return Failure{Cause::token, place + " begins with the word \"Bearer\"",
                       "leave that word out: only the token itself belongs there"};
    if (is_assignment(token))
        return Failure{Cause::token, place + " holds a line NAME=VALUE",
                       "only the value belongs there, without NAME="};
    if (is_quoted(token))
        return Failure{Cause::token, place + " is in quotation marks", "leave the quotation marks out"};
    if (token.find_first_of("\r\n") != std::string_view::npos)
        return Failure{Cause::token, place + " has more than one line", "only the token belongs there"};
    if (!fits_header(token))
        return Failure{Cause::token,
                       place +
                           " holds a blank, a control character or a letter outside ASCII: that is no token",
                       "copy the access token again, and nothing else"};
    return Secret{std::string{token}};
}

} // namespace crier::sys
