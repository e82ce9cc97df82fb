#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace crier::text {

/// How many bytes of `label`, from its begin on, are a top-level domain that Mastodon knows; 0: none. `next`:
/// the code point behind the label. Those that it knows are the ones that there were in April 2020 or ever
/// before, and "onion": what came later is no link to it, and counts in full.
[[nodiscard]] std::size_t known_top_level(std::string_view label, std::int32_t next);

} // namespace crier::text
