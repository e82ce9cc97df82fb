#pragma once

#include <charconv>
#include <cstddef>
#include <string_view>

namespace crier::inbound {

/// Of a Content-Length; what is no number the server has refused.
[[nodiscard]] inline bool is_more(std::string_view length, std::size_t most) {
    std::size_t value = 0;
    const auto [at, error] = std::from_chars(length.data(), length.data() + length.size(), value);
    return !length.empty() && (error == std::errc::result_out_of_range || value > most);
}

} // namespace crier::inbound
