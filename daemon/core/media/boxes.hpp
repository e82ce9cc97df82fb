#pragma once

#include "core/media/bytes.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace crier::media {

/// A box of ISO 14496-12: its bytes begin at `from`, what is in it at `body`, and it ends at `end`.
struct Box {
    std::string type;
    std::uint64_t from = 0;
    std::uint64_t body = 0;
    std::uint64_t end = 0;
};

/// Goes over the boxes that lie in a part of a file, one after another. All walks over one file share a
/// budget.
class BoxWalk {
public:
    BoxWalk(Window& window, std::uint64_t from, std::uint64_t to, int& budget) noexcept
        : window_(window)
        , at_(from)
        , to_(to)
        , budget_(budget) {}

    /// Nothing: at the end, or where the lengths make no sense, which broken() tells.
    [[nodiscard]] std::optional<Box> next();
    [[nodiscard]] bool broken() const noexcept { return broken_; }

    static constexpr int most = 20'000;

private:
    Window& window_;
    std::uint64_t at_;
    std::uint64_t to_;
    int& budget_;
    bool broken_ = false;
};

} // namespace crier::media
