#pragma once

#include "core/delivery/reply.hpp"
#include "core/media/look.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Whether a server takes a file, found out before a byte of it is sent.
namespace crier::media {

/// Why it does not.
struct Misfit {
    std::string what;       ///< with the figure and the limit; goes behind the file's name
    std::string hint;       ///< how to mend it
    bool too_large = false; ///< a smaller picture of the same would do
};

/// All that keeps the server from taking it as it is; empty: nothing that can be seen. `alone`: its post has
/// no other.
[[nodiscard]] std::vector<Misfit> misfits(const Look& look, const ServerProfile& server, bool alone = true);

/// The same of the picture that stands for a film or a sound: `look` is the film's.
[[nodiscard]] std::vector<Misfit> thumbnail_misfits(const Look& look, const Look& thumbnail,
                                                    const ServerProfile& server);

/// Of a description; nothing in `what`: it fits.
[[nodiscard]] Misfit alt_misfit(std::string_view alt, const ServerProfile& server);

/// What a picture may be at most.
struct PictureLimits {
    std::uint64_t bytes = 0;
    std::uint64_t pixels = 0; ///< 0: not said
};
[[nodiscard]] PictureLimits picture_limits(const ServerProfile& server) noexcept;

/// The MIME type to send it with: of those that its kind goes by, the one that the server has in its list.
/// Empty: its kind is not known.
[[nodiscard]] std::string type_for(const Look& look, const ServerProfile& server);

/// "3.4 MB", "812 kB", "17 bytes": decimal, as people's file managers have it.
[[nodiscard]] std::string size_in_words(std::uint64_t bytes);
/// "8000 x 6000 pixels"
[[nodiscard]] std::string extent_in_words(const Look& look);
/// "a JPEG of 8000 x 6000 pixels, 3.4 MB"
[[nodiscard]] std::string in_words(const Look& look);

} // namespace crier::media
