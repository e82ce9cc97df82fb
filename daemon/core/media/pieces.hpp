#pragma once

#include "core/media/strip.hpp"

namespace crier::media {

/// Collects pieces; neighbours become one.
class Pieces {
public:
    void keep(std::uint64_t from, std::uint64_t to) {
        if (from >= to)
            return;
        if (!list_.empty() && list_.back().text.empty() && list_.back().to == from)
            list_.back().to = to;
        else
            list_.push_back(Piece{from, to, {}});
    }
    void put(std::string text) {
        if (!text.empty())
            list_.push_back(Piece{0, 0, std::move(text)});
    }
    [[nodiscard]] std::vector<Piece>& list() noexcept { return list_; }
    [[nodiscard]] std::size_t size() const noexcept { return list_.size(); }

    /// More are no picture.
    static constexpr std::size_t most = 100'000;

private:
    std::vector<Piece> list_;
};

[[nodiscard]] inline Failure not_whole(std::string_view what) {
    return Failure{Cause::server, "it is damaged (" + std::string{what} + ")", "put a whole file there"};
}

/// The readers behind strip(), one a format.
[[nodiscard]] Result<std::vector<Piece>> strip_jpeg(Window& window, int orientation);
[[nodiscard]] Result<std::vector<Piece>> strip_png(Window& window, int orientation);
[[nodiscard]] Result<std::vector<Piece>> strip_webp(Window& window, int orientation);
[[nodiscard]] Result<std::vector<Piece>> strip_gif(Window& window);
/// MP4, QuickTime and their sounds.
[[nodiscard]] Result<std::vector<Piece>> strip_film(Window& window);

} // namespace crier::media
