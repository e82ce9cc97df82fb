#pragma once

#include "core/delivery/reply.hpp"
#include "core/failure.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace crier {

struct FetchedMedia {
    Reply reply; ///< media_ready: the file is there; refused: it never will be; unknown, not_sent: later
                 ///< perhaps
    std::string file;
    std::string type; ///< MIME type as its server says, or by its first bytes

    FetchedMedia() = default;
};

/// Brings the pictures that posts name to files of our own.
///
/// Thread: the engine's.
/// Errors: as the reply's verdict and text, with the address.
class MediaFetcher {
public:
    virtual ~MediaFetcher() = default;

    /// The same address for the same `name` gives the same file, also after a restart.
    [[nodiscard]] virtual boost::asio::awaitable<FetchedMedia>
    fetch(std::string url, std::string name, bool allow_private, std::uint64_t max_bytes) = 0;

    /// Copies a local file: what happens to that one later does not change the post. The same file and `name`
    /// give the same copy, also after a restart; it is made once.
    /// Errors: not_found (there is no such regular file), permission, temporary (no room).
    [[nodiscard]] virtual boost::asio::awaitable<Result<std::string>> keep(std::string file,
                                                                           std::string name) = 0;

    /// A file of our own with these bytes; `extension` has its dot.
    /// Errors: temporary (no room).
    [[nodiscard]] virtual boost::asio::awaitable<Result<std::string>>
    keep_bytes(std::string bytes, std::string name, std::string extension) = 0;

    /// All of a file, by absolute path; also of one that was put by.
    /// Errors: not_found, permission; unsupported: it has more than `most` bytes.
    [[nodiscard]] virtual boost::asio::awaitable<Result<std::string>> read(std::string file,
                                                                           std::uint64_t most) = 0;

    /// The first bytes of a file, by absolute path: as many as tell what it is (media::kind_head), or all.
    /// Errors: not_found, permission.
    [[nodiscard]] virtual boost::asio::awaitable<Result<std::string>> head(std::string file) = 0;

    /// A file that is kept, and the `name` that it was fetched for.
    struct Kept {
        std::string file;
        std::string name;
        Instant since{}; ///< by the wall clock
        std::uint64_t bytes = 0;

        Kept() = default;
    };
    /// All that is kept, in no order.
    [[nodiscard]] virtual boost::asio::awaitable<std::vector<Kept>> all_kept() = 0;

    /// The file is no longer needed, and is gone before whatever is asked next begins; one that is not the
    /// fetcher's own is left alone. Does not wait for the disk.
    virtual void forget(const std::string& file) = 0;

    /// The same of a file that went out: read() may still find it for a while, if it is small.
    virtual void put_by(const std::string& file) { forget(file); }
};

} // namespace crier
