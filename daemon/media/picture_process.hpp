#pragma once

#include "core/failure.hpp"
#include "core/media/fit.hpp"
#include "ports/command_runner.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>

namespace crier::media {

/// Whether this crier can scale pictures down; what it needs for that is a part of the build that may be left
/// out, and of the package that may not be installed.
[[nodiscard]] bool can_scale();

/// What to do where it cannot, for people.
inline constexpr const char* no_scaling =
    "this crier is built without libvips, which would do it: make it smaller by yourself";

/// A picture that is to be made anew.
struct PictureJob {
    std::string from;
    std::string to; ///< written over; gone again when it fails
    std::string suffix;
    PictureLimits limits;
    bool bare = false;

    PictureJob() = default;
};

/// Runs `program picture ...` to its end: at most a minute and 400 MiB of memory.
///
/// Errors: unsupported (can_scale() is false), server (the picture cannot be decoded, or not be made small
/// enough),
///         temporary (no room; the process could not be run, or was ended).
[[nodiscard]] boost::asio::awaitable<Result<>> make_picture(CommandRunner& runner, std::string program,
                                                            PictureJob job);

} // namespace crier::media
