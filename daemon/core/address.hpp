#pragma once

#include <string>
#include <string_view>

namespace crier {

/// Whether it is of the web, as http:// and https:// in small letters tell; the rest is not looked at.
[[nodiscard]] bool is_http(std::string_view text) noexcept;

/// An address for words that people and logs see: without user name and password, query and fragment, any of
/// which may be somebody's key. The text need not read as an address.
[[nodiscard]] std::string shown_address(std::string_view text);

} // namespace crier
