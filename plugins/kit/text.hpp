#pragma once

#include "kit/ascii.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace crier::kit {

/// Trimmed, and with a blank for each line break in it and the white space around that.
[[nodiscard]] std::string one_line(std::string_view text);

/// At most so many bytes of it, not ending within a character; for words that show what stood there.
[[nodiscard]] std::string_view cut(std::string_view text, std::size_t size = 60);

/// Whether it is written as an absolute http or https address is.
[[nodiscard]] bool is_web_address(std::string_view text);

} // namespace crier::kit
