#include "kit/text_run.hpp"

#include "kit/eight_bytes.hpp"

#include <algorithm>
#include <array>

namespace crier::kit {
namespace {

/// Bytes at which a run of ordinary text ends.
constexpr auto is_special = [] {
    std::array<bool, 256> table{};
    for (std::size_t i = 0; i <= ' '; ++i)
        table[i] = true;
    table['<'] = table['&'] = table[0x7F] = true;
    table[0xC2] = true; // a no-break space, a soft hyphen?
    return table;
}();

} // namespace

std::size_t run_end(std::string_view text, std::size_t at) {
    const auto special = [text](std::size_t i) { return is_special[static_cast<unsigned char>(text[i])]; };
    if (at == text.size() || special(at))
        return at;
    while (at < text.size()) {
        // The byte before `at` is never a blank.
        while (at + EightBytes::size <= text.size()) {
            const EightBytes eight{text.data() + at};
            if (eight.any_below(' ') || eight.any('<') || eight.any('&') || eight.any('\x7f') ||
                eight.any('\xc2') || eight.any_twice_in_a_row(' '))
                break;
            at += EightBytes::size - (text[at + EightBytes::size - 1] == ' ' ? 1 : 0);
        }
        const std::size_t stop = std::min(at + EightBytes::size, text.size());
        while (at < stop) {
            if (!special(at))
                ++at;
            else if (text[at] == ' ' && at + 1 < text.size() && !special(at + 1))
                at += 2;
            else
                return at;
        }
    }
    return at;
}

} // namespace crier::kit
