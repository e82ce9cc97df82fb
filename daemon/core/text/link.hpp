#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// The parts of a link as twitter-text and Mastodon's changes to it read them.
namespace crier::text {

struct HostSpan {
    std::size_t end = 0;    ///< where the part ends that counts as a host name; 0: there is none
    std::size_t growth = 0; ///< characters that it gains in punycode
    bool encodable = true;  ///< false: a label is too long to be a host name
};

/// The longest run of labels from `at` on that ends in a top-level domain.
[[nodiscard]] HostSpan host_span(std::string_view text, std::size_t at);

/// Where the port, path and query behind a host end.
[[nodiscard]] std::size_t link_tail_end(std::string_view text, std::size_t host_end);

/// twitter-text's "Latin accents".
[[nodiscard]] bool is_latin_accent(std::int32_t code_point) noexcept;

} // namespace crier::text
