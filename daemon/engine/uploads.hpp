#pragma once

#include "core/failure.hpp"
#include "core/media/look.hpp"
#include "engine/orders.hpp"
#include "ports/media_fetcher.hpp"
#include "ports/random.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <string>

/// Files that a page sends before it sends the post: they lie in the stash for a day, and each post that
/// names one has a copy of its own.
namespace crier::engine {

inline constexpr std::uint64_t most_upload = 32U << 20U;            ///< bytes of one
inline constexpr std::uint64_t most_uploads_together = 256U << 20U; ///< bytes
inline constexpr std::size_t most_uploads = 500;
inline constexpr Duration upload_life = std::chrono::hours{24};

struct Upload {
    std::string token;
    media::Look look;
};

/// Errors: usage (it is no picture, film or sound), temporary (no room: there are too many).
[[nodiscard]] boost::asio::awaitable<Result<Upload>> take_upload(MediaFetcher& fetcher, Random& random,
                                                                 Instant now, std::string bytes);

/// Puts the files into the places of the order that name them by their token.
/// Errors: usage (there is no such file any more).
[[nodiscard]] boost::asio::awaitable<Result<PostOrder>> with_uploads(MediaFetcher& fetcher, PostOrder order);

/// Those that have had their day go.
[[nodiscard]] boost::asio::awaitable<void> forget_uploads(MediaFetcher& fetcher, Instant now);

} // namespace crier::engine
