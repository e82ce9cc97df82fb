#pragma once

#include "feed/warnings.hpp"
#include "sdk/crier_plugin.hpp"

#include <string>
#include <string_view>

namespace crier::feed {

/// The input's bytes as UTF-8 without a byte order mark: of `input` itself where they are that already, else
/// in `storage`. What the result holds is UTF-8 in all cases.
///
/// How they are written is said by, in this order: a byte order mark, zero bytes around the first '<' or '{',
/// the XML declaration (its maker knew; a web server guesses), the Content-Type, and else it is UTF-8. What
/// is said is not believed where the bytes show that it is wrong: then there is a warning.
[[nodiscard]] std::string_view to_utf8(const sdk::Input& input, std::string& storage, Warnings& warnings);

} // namespace crier::feed
