#pragma once

#include "core/media/bytes.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace crier::media {

/// A part of a GIF: one picture with its data, or one extension.
struct GifBlock {
    enum class What { picture, extension, end };
    What what = What::end;
    std::uint32_t label = 0; ///< of an extension
    std::string name;        ///< of an application's: eleven bytes
    std::uint64_t from = 0;
    std::uint64_t end = 0;
};

/// Goes over them in order; what lies behind the end is not looked at.
class GifWalk {
public:
    explicit GifWalk(Window& window);

    /// Where the blocks begin; 0: this is no GIF.
    [[nodiscard]] std::uint64_t begin() const noexcept { return begin_; }
    /// Nothing: it is broken or cut short. Looks at `most` parts of data at most.
    [[nodiscard]] std::optional<GifBlock> next(std::uint64_t most);

private:
    [[nodiscard]] std::uint64_t behind_data(std::uint64_t at, std::uint64_t& most);

    Window& window_;
    std::uint64_t begin_ = 0;
    std::uint64_t at_ = 0;
};

} // namespace crier::media
