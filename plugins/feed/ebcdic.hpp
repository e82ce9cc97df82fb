#pragma once

#include <string>
#include <string_view>

namespace crier::feed {

/// What a document in EBCDIC says of itself.
struct Ebcdic {
    std::string said;           ///< the label in its declaration; empty: none
    const char* name = nullptr; ///< iconv's name of it; null: not known here
};

/// Whether a document begins with "<?xm" in EBCDIC (XML 1.0, F.1).
[[nodiscard]] bool is_ebcdic(std::string_view bytes);

/// The page of EBCDIC that the declaration names: letters and figures are the same in all of them, so that it
/// can be read before it is known. Where there is no declaration of one, it is the first page, 037.
[[nodiscard]] Ebcdic ebcdic_of(std::string_view bytes);

/// EBCDIC's own end of a line, which iconv makes U+0085 of, as a line feed.
void mend_line_ends(std::string& text);

} // namespace crier::feed
