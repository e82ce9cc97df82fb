#pragma once

#include "core/delivery/reply.hpp"
#include "core/post.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>
#include <utility>
#include <vector>

namespace crier {

struct MediaOrder {
    Media media;
    ServerProfile server; ///< what it takes
    std::string name;     ///< what is made of it is kept under
    bool alone = true;    ///< its post has no other

    MediaOrder(Media m, ServerProfile s, std::string n, bool one = true)
        : media(std::move(m))
        , server(std::move(s))
        , name(std::move(n))
        , alone(one) {}
};

struct PreparedMedia {
    Reply reply; ///< media_ready: it may be sent; media_failed: never as it is; media_kept_back: it tells
                 ///< what it must not; not_sent: later perhaps. What is wrong, and how to mend it, are in it.
    Media to_send;                  ///< as ordered, with the files and the type that are to be sent
    bool missing = false;           ///< media_failed: a file is not there, perhaps only our copy of it
    std::vector<std::string> notes; ///< what was done to it, for the log

    PreparedMedia() = default;
};

/// Makes of a kept file what a server takes: looks at it, has it scaled down, takes out what it was asked to.
///
/// Thread: the engine's; the work is done elsewhere, hostile pictures are decoded in a process of their own.
/// Errors: as the reply's verdict. Nothing that was asked to be stripped and is not is ever in `to_send`.
/// Cancellation: terminal.
class MediaPreparer {
public:
    virtual ~MediaPreparer() = default;

    /// The same order gives the same bytes; the original is not touched.
    [[nodiscard]] virtual boost::asio::awaitable<PreparedMedia> prepare(MediaOrder order) = 0;

    /// What was made for this upload is no longer needed; files that are not the preparer's own are left
    /// alone.
    virtual void forget(const Media& sent) = 0;

    /// What earlier lives left behind is removed. Before the first order.
    virtual void sweep() = 0;
};

} // namespace crier
