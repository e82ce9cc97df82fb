#pragma once

#include <string>
#include <string_view>

namespace crier::sys {

/// A name as one word of a shell's command, to be copied out of a hint: as it is where it holds nothing that
/// a shell heeds, else in quotation marks. What a terminal would act on is written as $'\033', which bash,
/// zsh and ksh read. printable() leaves it as it is.
[[nodiscard]] std::string shell_word(std::string_view name);

} // namespace crier::sys
