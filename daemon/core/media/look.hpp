#pragma once

#include "core/media/bytes.hpp"
#include "core/media/kind.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <string>

namespace crier::media {

/// What a file shows of itself without being decoded.
struct Look {
    Format format = Format::unknown;
    std::uint64_t bytes = 0;
    std::uint32_t width = 0;  ///< as it is shown, turned where it says so; 0: it has none, or it is not found
    std::uint32_t height = 0; ///< likewise
    int orientation = 1;      ///< of Exif, 1 to 8: how the stored picture is turned
    bool animated = false;    ///< more than one picture
    double frame_rate = 0;    ///< pictures a second, on average; 0: not found
    Duration duration{};      ///< zero: not found
    std::string wrong;        ///< why it cannot be what it begins as; empty: nothing was seen

    [[nodiscard]] Sort sort() const noexcept {
        return format == Format::unknown ? Sort::unknown : kind_of(format).sort;
    }
    [[nodiscard]] std::uint64_t pixels() const noexcept { return std::uint64_t{width} * height; }
};

/// Reads heads and lengths, a bounded number of them whatever the file says.
[[nodiscard]] Look look(const Bytes& bytes);

} // namespace crier::media
