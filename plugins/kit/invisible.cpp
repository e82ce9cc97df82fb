#include "kit/invisible.hpp"

#include "kit/ascii.hpp"

#include <algorithm>

namespace crier::kit {
namespace {

enum class Sight { seen, blank, nothing };

/// Of the character that begins at `at`, whose first byte is that of U+2000 or U+FEFF.
Sight sight_of(std::string_view text, std::size_t at) {
    const std::string_view bytes = text.substr(at, 3);
    if (bytes == "\xef\xbb\xbf" || bytes == "\xe2\x80\x8b" || bytes == "\xe2\x81\xa0")
        return Sight::nothing;
    if (bytes == "\xe2\x81\x9f")
        return Sight::blank;
    if (bytes.size() < 3 || bytes.substr(0, 2) != "\xe2\x80")
        return Sight::seen;
    const auto last = static_cast<unsigned char>(bytes[2]);
    if (last == 0xAD || last == 0xAE) // U+202D, U+202E turn letters round, and all that follows
        return Sight::nothing;
    return last <= 0x8A || last == 0xA8 || last == 0xA9 || last == 0xAF ? Sight::blank : Sight::seen;
}

} // namespace

std::string_view without_invisible(std::string_view text, std::string& storage) {
    std::size_t done = 0;
    std::size_t marks = text.find('\xef');
    for (std::size_t blanks = text.find('\xe2'); blanks != npos || marks != npos;) {
        const std::size_t at = std::min(blanks, marks);
        const Sight sight = sight_of(text, at);
        if (sight != Sight::seen) {
            storage += text.substr(done, at - done);
            if (sight == Sight::blank)
                storage += ' ';
            done = at + 3;
        }
        std::size_t& found = at == blanks ? blanks : marks;
        found = text.find(text[at], at + 1);
    }
    if (done == 0)
        return text;
    storage += text.substr(done);
    return storage;
}

} // namespace crier::kit
