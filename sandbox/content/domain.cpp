#include "sandbox/content/domain.hpp"

#include <algorithm>
#include <string>

namespace crier::sandbox {
namespace {

constexpr std::size_t longest_label = 63;

// What may stand in a label; "-" and "_" only inside.
bool is_label_letter(std::int32_t code) noexcept {
    if (code < 0 || code == 0xFEFF || code == 0xFFFE || code == 0xFFFF)
        return false;
    if (code < 0x80)
        return is_ascii_alnum(code);
    return !is_space(code) && code != 0x180E && !is_directional(code);
}

struct Label {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool underscore = false;
};

// Up to the last letter that may end a label; empty when none begins here.
Label label_at(const std::vector<Letter>& letters, std::size_t at) {
    Label label{at, at, false};
    bool underscore = false;
    for (; at < letters.size(); ++at) {
        const auto code = letters[at].code;
        if (is_label_letter(code)) {
            label.end = at + 1;
            label.underscore = underscore;
        } else if (at > label.begin && (code == '-' || code == '_')) {
            underscore = underscore || code == '_';
        } else {
            break;
        }
    }
    return label;
}

char lower(std::int32_t code) noexcept {
    return static_cast<char>(code >= 'A' && code <= 'Z' ? code + ('a' - 'A') : code);
}

bool stands_here(const std::vector<Letter>& letters, std::size_t at, std::string_view word) {
    for (std::size_t i = 0; i < word.size(); ++i)
        if (at + i >= letters.size() || letters[at + i].code >= 0x80 ||
            lower(letters[at + i].code) != word[i])
            return false;
    return true;
}

void append_utf8(std::string& text, std::int32_t code) {
    const auto byte = [&text](std::int32_t value) { text += static_cast<char>(value); };
    if (code < 0x80) {
        byte(lower(code));
    } else if (code < 0x800) {
        byte(0xC0 | (code >> 6));
        byte(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        byte(0xE0 | (code >> 12));
        byte(0x80 | ((code >> 6) & 0x3F));
        byte(0x80 | (code & 0x3F));
    } else {
        byte(0xF0 | (code >> 18));
        byte(0x80 | ((code >> 12) & 0x3F));
        byte(0x80 | ((code >> 6) & 0x3F));
        byte(0x80 | (code & 0x3F));
    }
}

// Past the top-level domain that begins at `at`; `at` itself when there is none.
std::size_t top_level_end(const std::vector<Letter>& letters, std::size_t at) {
    constexpr std::size_t longest = 26; // longer than any that is known
    std::string text;
    for (std::size_t i = at; i < letters.size() && i < at + longest && letters[i].code >= 0; ++i)
        append_utf8(text, letters[i].code);
    const auto bytes = known_top_level(text);
    if (bytes > 0) {
        const auto is_first_byte = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
        const auto end = text.begin() + static_cast<std::ptrdiff_t>(bytes);
        return at + static_cast<std::size_t>(std::count_if(text.begin(), end, is_first_byte));
    }
    if (!stands_here(letters, at, "xn--"))
        return at;
    std::size_t end = at + 4;
    while (end < letters.size() && is_ascii_alnum(letters[end].code))
        ++end;
    return end > at + 4 ? end : at;
}

// RFC 3492, section 6.3, without writing the letters: only how many there would be.
std::size_t punycode_length(const std::vector<Letter>& letters, std::size_t begin, std::size_t end) {
    constexpr std::uint64_t base = 36, least = 1, most = 26, skew = 38, damp = 700;
    std::size_t basic = 0;
    for (std::size_t i = begin; i < end; ++i)
        basic += letters[i].code < 0x80 ? 1U : 0U;
    std::size_t length = basic + (basic > 0 ? 1 : 0);
    std::uint64_t handled = basic, delta = 0, bias = 72;
    std::int32_t next = 0x80;
    while (handled < end - begin) {
        std::int32_t smallest = 0x10FFFF;
        for (std::size_t i = begin; i < end; ++i)
            if (letters[i].code >= next)
                smallest = std::min(smallest, letters[i].code);
        delta += static_cast<std::uint64_t>(smallest - next) * (handled + 1);
        next = smallest;
        for (std::size_t i = begin; i < end; ++i) {
            if (letters[i].code < next)
                ++delta;
            if (letters[i].code != next)
                continue;
            std::uint64_t rest = delta;
            for (std::uint64_t k = base;; k += base) {
                const auto threshold = k <= bias ? least : std::min(k - bias, most);
                ++length;
                if (rest < threshold)
                    break;
                rest = (rest - threshold) / (base - threshold);
            }
            std::uint64_t step = handled == basic ? delta / damp : delta / 2;
            step += step / (handled + 1);
            std::uint64_t k = 0;
            for (; step > ((base - least) * most) / 2; k += base)
                step /= base - least;
            bias = k + (base - least + 1) * step / (step + skew);
            delta = 0;
            ++handled;
        }
        ++delta;
        ++next;
    }
    return length;
}

} // namespace

std::optional<std::size_t> domain_end(const std::vector<Letter>& letters, std::size_t at,
                                      std::size_t* scanned) {
    std::optional<std::size_t> found;
    Label before = label_at(letters, at);
    while (before.end > before.begin && before.end < letters.size() && letters[before.end].code == '.') {
        const std::size_t next = before.end + 1;
        const std::size_t end = top_level_end(letters, next);
        if (end > next && !before.underscore) // the name below a top-level domain has no underscore
            found = end;
        before = label_at(letters, next);
    }
    if (scanned != nullptr)
        *scanned = before.end;
    return found;
}

std::optional<std::size_t> ascii_domain_length(const std::vector<Letter>& letters, std::size_t begin,
                                               std::size_t end) {
    std::size_t total = 0;
    while (begin < end) {
        std::size_t label_end = begin;
        bool ascii = true;
        while (label_end < end && letters[label_end].code != '.') {
            ascii = ascii && letters[label_end].code < 0x80;
            ++label_end;
        }
        std::size_t length = label_end - begin;
        if (length > longest_label)
            return std::nullopt; // punycode is never shorter
        if (!ascii)
            length = 4 + punycode_length(letters, begin, label_end);
        if (length > longest_label)
            return std::nullopt;
        total += length + (label_end < end ? 1 : 0);
        begin = label_end + 1;
    }
    return total;
}

} // namespace crier::sandbox
