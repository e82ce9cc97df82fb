#pragma once

#include <string_view>

namespace crier::feed {

/// The name of the one that is decoded without iconv.
inline constexpr std::string_view western_charset = "WINDOWS-1252";

/// An encoding by one of the names that documents have for it.
struct CharsetLabel {
    std::string_view label; ///< in lower case, letters and figures only
    const char* name;       ///< iconv's
    bool single_byte;
};

/// What a label, whatever its case and its hyphens, means in practice (encoding.spec.whatwg.org): Latin-1 is
/// always windows-1252. Null: nobody knows it here; nothing that is not in this list is ever handed to iconv.
[[nodiscard]] const CharsetLabel* find_charset(std::string_view label);

} // namespace crier::feed
