#pragma once

#include <string>
#include <string_view>

namespace crier::feed {

/// A date with what East Asia and Greece have for its parts in the signs of ASCII: "2026年11月24日 12時05分"
/// as "2026-11-24  12:05 ", "午後" and "μ.μ." as " pm ".
[[nodiscard]] std::string with_plain_signs(std::string_view date);

/// How far the clocks are ahead of UTC, in seconds, where dates are written with these signs: Korea and Japan
/// have one zone each, and so has all that writes the time in Chinese. 0: the signs do not tell.
[[nodiscard]] int offset_by_signs(std::string_view date);

} // namespace crier::feed
