#include "sys/redactor.hpp"

#include <cctype>

namespace crier::sys {
namespace {

constexpr std::string_view redacted = "[redacted]";

std::string percent_encoded(std::string_view text) {
    constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.' || c == '~') {
            out += c;
        } else {
            out += '%';
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        }
    }
    return out;
}

void replace_all(std::string& text, std::string_view what) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + redacted.size()))
        text.replace(at, what.size(), redacted);
}

/// A token that nobody told us of (somebody else's, in an error text) still stands behind this word.
void replace_bearers(std::string& text) {
    constexpr std::string_view word = "Bearer ";
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + word.size())) {
        const auto begin = at + word.size();
        auto end = begin;
        while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 ||
                                     text[end] == '-' || text[end] == '_' || text[end] == '.'))
            ++end;
        if (end - begin >= 16)
            text.replace(begin, end - begin, redacted);
    }
}

} // namespace

void Redactor::keep_out(Secret secret) {
    // What is shorter is no token, and would take half the log with it.
    if (secret.reveal().size() < 8)
        return;
    const std::lock_guard lock{mutex_};
    for (const Secret& known : secrets_)
        if (known.same_as(secret))
            return;
    std::string encoded = percent_encoded(secret.reveal());
    if (encoded != secret.reveal())
        secrets_.emplace_back(std::move(encoded));
    secrets_.push_back(std::move(secret));
}

std::string Redactor::clean(std::string_view text) const {
    std::string out{text};
    {
        const std::lock_guard lock{mutex_};
        for (const Secret& secret : secrets_)
            replace_all(out, secret.reveal());
    }
    replace_bearers(out);
    return out;
}

} // namespace crier::sys
