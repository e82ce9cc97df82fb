#include "core/secret_looks.hpp"

#include "core/ascii.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace crier {
namespace {

constexpr std::size_t shortest_clear = 16;
constexpr std::size_t shortest_other = 20;
constexpr std::size_t longest_lone = 128;

bool is_letter(char c) {
    return ascii::lower(c) >= 'a' && ascii::lower(c) <= 'z';
}

bool is_hex(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return ascii::is_digit(c) || (ascii::lower(c) >= 'a' && ascii::lower(c) <= 'f');
    });
}

bool is_uuid(std::string_view text) {
    if (text.size() != 36)
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        if (hyphen ? text[i] != '-' : !is_hex(text.substr(i, 1)))
            return false;
    }
    return true;
}

/// header.claims.signature, in base64.
bool is_jwt(std::string_view text) {
    return text.starts_with("eyJ") && std::count(text.begin(), text.end(), '.') == 2;
}

/// "news-token-2026", "get_secret_2": words and numbers with hyphens between, in small letters or in
/// capitals.
bool is_wordy(std::string_view text) {
    const auto chunks = ascii::split(text, "-_");
    if (chunks.size() < 3)
        return false;
    const auto one_kind = [](std::string_view chunk) {
        const auto all = [&](auto like) { return std::all_of(chunk.begin(), chunk.end(), like); };
        return all(ascii::is_digit) || all([](char c) { return c >= 'a' && c <= 'z'; }) ||
               all([](char c) { return c >= 'A' && c <= 'Z'; });
    };
    return std::all_of(chunks.begin(), chunks.end(), one_kind);
}

/// A path, rather than base64 with a slash in it.
bool is_path(std::string_view text) {
    if (text.front() == '/' || text.front() == '.' || text.front() == '~')
        return true;
    return text.find('/') != std::string_view::npos && text.find('+') == std::string_view::npos &&
           text.back() != '=';
}

/// "aaaa", or of so few different characters that nobody would hand it out.
bool repeats_itself(std::string_view text) {
    std::array<bool, 256> seen{};
    std::size_t different = 0;
    std::size_t run = 1;
    for (std::size_t i = 0; i < text.size(); ++i) {
        run = i > 0 && text[i] == text[i - 1] ? run + 1 : 1;
        if (run >= 6)
            return true;
        bool& known = seen[static_cast<unsigned char>(text[i])];
        different += known ? 0 : 1;
        known = true;
    }
    return different < 8;
}

/// A checksum; one with its algorithm before it, as lock files have it, behind any key.
bool is_digest(std::string_view text, Behind behind) {
    for (const std::string_view algorithm : {"sha1-", "sha256-", "sha384-", "sha512-", "md5-"})
        if (text.starts_with(algorithm))
            return true;
    constexpr std::size_t sha256_digits = 64;
    return behind == Behind::other && text.size() >= sha256_digits && is_hex(text);
}

/// "NAME=value": in base64 there is nothing behind the equals sign.
bool is_assignment(std::string_view text) {
    const std::size_t sign = text.find('=');
    return sign != std::string_view::npos && text.find_first_not_of('=', sign) != std::string_view::npos;
}

} // namespace

bool is_secret_char(char c) noexcept {
    return is_letter(c) || ascii::is_digit(c) ||
           std::string_view{"_-.+/=~"}.find(c) != std::string_view::npos;
}

bool is_placeholder(std::string_view value) {
    // By chance a token of 43 characters has one of these once in some thousand times.
    static constexpr std::array<std::string_view, 26> words{
        "xxxx",    "your",  "example", "change",   "placeholder", "token",    "secret",  "sandbox",  "insert",
        "replace", "dummy", "fake",    "redacted", "hidden",      "removed",  "todo",    "password", "here",
        "....",    "****",  "____",    "1234567",  "abcdefg",     "deadbeef", "testing", "sample"};
    if (value.find("...") != std::string_view::npos || value.find("\xE2\x80\xA6") != std::string_view::npos)
        return true;
    const std::string small = ascii::lower(value);
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return small.find(word) != std::string::npos; });
}

bool looks_secret(std::string_view value, Behind behind) {
    const std::size_t least = behind == Behind::clear_key ? shortest_clear : shortest_other;
    if (value.size() < least || value.size() > longest_secret ||
        !std::all_of(value.begin(), value.end(), is_secret_char))
        return false;
    const bool mixed = std::any_of(value.begin(), value.end(), is_letter) &&
                       std::any_of(value.begin(), value.end(), ascii::is_digit);
    if (!mixed || repeats_itself(value))
        return false;
    if (is_jwt(value))
        return true; // what is in it may say anything
    return !is_digest(value, behind) && !is_uuid(value) && !is_path(value) && !is_assignment(value) &&
           value.find('.') == std::string_view::npos && !is_wordy(value) && !is_placeholder(value);
}

bool is_lone_secret(std::string_view text) {
    const std::string_view word = ascii::trimmed(text);
    return (word.size() <= longest_lone || is_jwt(word)) && looks_secret(word, Behind::other);
}

} // namespace crier
