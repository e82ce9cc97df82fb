#pragma once

#include "core/failure.hpp"

#include <string_view>

namespace crier {

/// Is that a code as posts have it: ISO 639, perhaps with a region or script ("en", "pt-BR", "zh-Hant")?
[[nodiscard]] bool is_language(std::string_view code) noexcept;

/// The same, with the words for people. Empty says none, and is good.
[[nodiscard]] Result<> check_language(std::string_view code);

/// How to write one.
inline constexpr const char* language_hint = "an ISO 639 code such as en, de or pt-BR";

} // namespace crier
