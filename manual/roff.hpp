#pragma once

#include <string>
#include <string_view>

/// Text of ours as source of man(7).
namespace crier::manual {

/// Whatever stands in it is shown as it is; "-" as the one that can be copied into a shell.
[[nodiscard]] std::string literal(std::string_view text);

/// A line of prose in which `such words` are code: bold on the page.
[[nodiscard]] std::string prose(std::string_view text);

[[nodiscard]] std::string bold(std::string_view text);
[[nodiscard]] std::string italic(std::string_view text);

/// "list them" as a sentence of its own: "List them."
[[nodiscard]] std::string sentence(std::string_view text);

} // namespace crier::manual
