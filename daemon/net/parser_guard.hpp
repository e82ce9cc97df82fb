#pragma once

#include <cstddef>

namespace crier::net {

/// Whether a parser of Beast may be given `size` bytes. That of 1.81 asserts that a last chunk which it has
/// seen the beginning of comes with five bytes or more. What is left of a chunked message always has as many,
/// so waiting for them delays nothing.
template <class Parser>
[[nodiscard]] bool is_enough_for(const Parser& parser, std::size_t size) {
    constexpr std::size_t last_chunk = 5; // "0\r\n\r\n"
    return size > 0 && !(parser.is_header_done() && parser.chunked() && size < last_chunk);
}

} // namespace crier::net
