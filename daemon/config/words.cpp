#include "config/words.hpp"

#include "core/text/utf8.hpp"

#include <algorithm>

namespace crier::config {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

constexpr std::size_t longest_shown = 60;

/// Mastodon's and Pleroma's tokens have 43 characters of base64url, GoToSocial's 48 capitals and digits,
/// snac's are hexadecimal. Names that people give have their words apart, and no capitals among digits.
bool is_secret_run(std::string_view run) {
    const bool digits = std::any_of(run.begin(), run.end(), is_digit);
    const bool lower = std::any_of(run.begin(), run.end(), is_lower);
    const bool upper = std::any_of(run.begin(), run.end(), is_upper);
    const bool words = run.find_first_of("-_") != std::string_view::npos;
    return (run.size() >= 24 && digits && lower && upper) || (run.size() >= 40 && lower && upper) ||
           (run.size() >= 32 && digits && (lower || upper) && !words);
}

bool is_run_character(char c) {
    return is_digit(c) || is_lower(c) || is_upper(c) || c == '-' || c == '_';
}

} // namespace

bool looks_like_secret(std::string_view text) noexcept {
    return is_secret_run(text) && std::all_of(text.begin(), text.end(), is_run_character);
}

std::string printable(std::string_view text) {
    std::string shown;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t run = at;
        while (run < text.size() && is_run_character(text[run]))
            ++run;
        if (is_secret_run(text.substr(at, run - at))) {
            shown += "[not shown]";
            at = run;
            continue;
        }
        const std::size_t end = std::max(run, at + 1);
        for (; at < end; ++at)
            shown += static_cast<unsigned char>(text[at]) < 0x20 ? ' ' : text[at];
    }
    if (shown.size() > longest_shown) {
        shown.resize(text::first_bytes(shown, longest_shown).size());
        shown += "...";
    }
    return shown;
}

std::string quoted(std::string_view text) {
    return '\'' + printable(text) + '\'';
}

} // namespace crier::config
