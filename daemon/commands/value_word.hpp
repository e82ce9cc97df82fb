#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crier::commands {

/// What stands for the value of an option or operand (FILE, TIME, N), in --help and on the manual page.
/// `names`: all that it goes by ("-o", "--output"); `command`: "" for the program's own. "VALUE" where none
/// was given a word.
[[nodiscard]] std::string_view value_word(std::string_view command, const std::vector<std::string>& names);

} // namespace crier::commands
