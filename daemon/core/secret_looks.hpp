#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// What a word looks like that a server hands out as a token or a secret.
namespace crier {

/// Longer than any.
inline constexpr std::size_t longest_secret = 4096;

/// What is known of a word by where it stands.
enum class Behind : std::uint8_t {
    clear_key, ///< one that can mean nothing else: 16 characters are enough, and 64 hexadecimal digits are
               ///< one
    other,     ///< 20 characters; what may be a digest is none
};

/// May it be part of one?
[[nodiscard]] bool is_secret_char(char c) noexcept;

/// Does it look like what a server would hand out? Letters and digits, and none of: a placeholder, a UUID, a
/// digest, a path, words with hyphens between, something that repeats itself.
[[nodiscard]] bool looks_secret(std::string_view value, Behind behind);

/// `xxxx`, `your-token-here`, `sandbox-token`, `changeme`, `...`: what nobody was ever given.
[[nodiscard]] bool is_placeholder(std::string_view value);

/// The whole text is one secret, as a token's own file is. (A longer one is most likely a sealed one.)
[[nodiscard]] bool is_lone_secret(std::string_view text);

} // namespace crier
