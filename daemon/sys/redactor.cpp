#include "sys/redactor.hpp"

#include "core/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace crier::sys {
namespace {

constexpr std::size_t shortest = 4;

bool reads_hex(std::string_view text, std::size_t at, std::size_t digits, int& value) {
    if (at + digits > text.size())
        return false;
    value = 0;
    for (const char c : text.substr(at, digits)) {
        const char small = ascii::lower(c);
        if (c >= '0' && c <= '9')
            value = value * 16 + (c - '0');
        else if (small >= 'a' && small <= 'f')
            value = value * 16 + (small - 'a' + 10);
        else
            return false;
    }
    return true;
}

/// A character as it stands in the text, and how many bytes it takes there: itself, %2B, \u002b, or \/.
struct Unit {
    char value;
    std::size_t size;
};

Unit unit(std::string_view text, std::size_t at) {
    int value = 0;
    if (text[at] == '%' && reads_hex(text, at + 1, 2, value))
        return {static_cast<char>(value), 3};
    if (text[at] == '\\' && at + 1 < text.size()) {
        const char next = text[at + 1];
        if (next == 'u' && reads_hex(text, at + 2, 4, value) && value < 0x80)
            return {static_cast<char>(value), 6};
        if (next == '/' || next == '"' || next == '\\')
            return {next, 2};
    }
    return {text[at], 1};
}

/// How many bytes of the text from `at` on are this secret; 0: it is not there. A character that stands for
/// itself counts too, for a secret may hold "%41".
std::size_t match(std::string_view text, std::size_t at, std::string_view secret) {
    const std::size_t begin = at;
    for (const char c : secret) {
        if (at >= text.size())
            return 0;
        if (const Unit read = unit(text, at); read.value == c)
            at += read.size;
        else if (text[at] == c)
            ++at;
        else
            return 0;
    }
    return at - begin;
}

bool begins_with(std::string_view text, std::size_t at, std::string_view word) {
    if (at + word.size() > text.size())
        return false;
    return std::equal(word.begin(), word.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
                      [](char expected, char c) { return ascii::lower(c) == expected; });
}

std::size_t skip(std::string_view text, std::size_t at, std::string_view set) {
    return std::min(text.find_first_not_of(set, at), text.size());
}

std::size_t value_end(std::string_view text, std::size_t at) {
    return std::min(text.find_first_of(" \t\r\n\"'<>,;&)]}", at), text.size());
}

constexpr std::array<std::string_view, 5> names{"access_token", "refresh_token", "client_secret",
                                                "code_verifier", "password"};

/// Where the value begins whose name stands at `at`; 0: no such name there.
std::size_t value_begin(std::string_view text, std::size_t at) {
    if (begins_with(text, at, "bearer")) {
        std::size_t value = skip(text, at + 6, " \t+");
        while (begins_with(text, value, "%20"))
            value = skip(text, value + 3, " \t+");
        return value == at + 6 ? 0 : value;
    }
    for (const std::string_view name : names) {
        if (!begins_with(text, at, name))
            continue;
        const std::size_t after = skip(text, at + name.size(), " \"'");
        if (after < text.size() && (text[after] == '=' || text[after] == ':'))
            return skip(text, after + 1, " \"'");
    }
    return 0;
}

} // namespace

namespace {

/// Calls `visit` with each way to read the first bytes of a secret at `at`: nearly always one.
template <class Visit>
void each_head(std::string_view text, std::size_t at, const Visit& visit, std::uint32_t head = 0,
               std::size_t read_so_far = 0) {
    if (read_so_far == shortest)
        return visit(head);
    if (at >= text.size())
        return;
    const auto with = [head](char c) { return head << 8U | static_cast<unsigned char>(c); };
    const Unit read = unit(text, at);
    each_head(text, at + read.size, visit, with(read.value), read_so_far + 1);
    if (read.size > 1)
        each_head(text, at + 1, visit, with(text[at]), read_so_far + 1);
}

} // namespace

void Redactor::keep_out(Secret secret) {
    const std::string_view text = secret.reveal();
    if (text.size() < shortest)
        return;
    std::uint32_t head = 0;
    for (const char c : text.substr(0, shortest))
        head = head << 8U | static_cast<unsigned char>(c);
    std::vector<Secret>& alike = secrets_[head];
    if (std::any_of(alike.begin(), alike.end(), [&](const Secret& other) { return other.same_as(secret); }))
        return;
    // One may begin with another.
    const auto shorter = [&](const Secret& other) { return other.reveal().size() < text.size(); };
    alike.insert(std::find_if(alike.begin(), alike.end(), shorter), std::move(secret));
}

std::size_t Redactor::known_at(std::string_view text, std::size_t at) const {
    std::size_t longest = 0;
    std::size_t size = 0;
    each_head(text, at, [&](std::uint32_t head) {
        const auto alike = secrets_.find(head);
        if (alike == secrets_.end())
            return;
        for (const Secret& secret : alike->second)
            if (secret.reveal().size() > longest)
                if (const std::size_t found = match(text, at, secret.reveal()); found > 0) {
                    longest = secret.reveal().size();
                    size = found;
                }
    });
    return size;
}

std::string Redactor::clean(std::string_view text) const {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        if (const std::size_t size = known_at(text, at); size > 0) {
            out += mark;
            at += size;
        } else if (const std::size_t value = value_begin(text, at); value > at) {
            out += text.substr(at, value - at);
            // What is cleaned already stays as it is; a known secret may hold what ends an unknown one.
            at = begins_with(text, value, mark) ? value + mark.size()
                                                : value_end(text, value + known_at(text, value));
            if (at > value)
                out += mark;
        } else {
            out += text[at++];
        }
    }
    return out;
}

} // namespace crier::sys
