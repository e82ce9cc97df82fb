#pragma once

#include "sandbox/content/blob.hpp"
#include "sandbox/state/time.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace crier::sandbox {

/// How far a file is.
enum class Processing { done, running, failed };

struct Attachment {
    std::string id;
    std::string account;
    std::string type;         ///< "image", "gifv", "video", "audio"
    std::string content_type; ///< of the bytes
    Blob bytes;               ///< as they were uploaded; empty when room was needed for newer ones
    Blob thumbnail;           ///< empty: none
    std::string thumbnail_type;
    std::string description;
    double focus_x = 0;
    double focus_y = 0;
    int width = 0;
    int height = 0;
    Time created;
    Time ready_at;           ///< processing takes until then
    int looks_left = 0;      ///< and so many looks more
    bool fails = false;      ///< and ends badly
    std::string attached_to; ///< a status or a scheduled one; empty: free
    Time free_since;         ///< creation, or the deletion of the status

    [[nodiscard]] Processing processing(Time now) const noexcept;
};

/// Uploaded files. What is attached to nothing goes in the night after it is a day old, as Mastodon's vacuum
/// does it: at 03:00 UTC.
class MediaShelf {
public:
    static constexpr std::size_t most_bytes = 512U << 20U; ///< of all files; then the oldest bytes go

    Attachment& add(Attachment attachment);
    /// Null: unknown.
    [[nodiscard]] Attachment* find(const std::string& id);
    [[nodiscard]] const Attachment* find(const std::string& id) const;
    [[nodiscard]] const std::map<std::string, Attachment>& all() const noexcept { return shelf_; }
    void erase(const std::string& id);
    /// Removes what has had its time; looks through them only when a night lies between this call and the
    /// last.
    void vacuum(Time now);
    void clear();

private:
    void make_room();

    std::map<std::string, Attachment> shelf_;
    std::vector<std::string> by_age_; ///< ids of those that still have their bytes
    std::size_t bytes_ = 0;
    std::optional<std::chrono::sys_days> night_; ///< of the last look
};

/// When an attachment that is free since then goes.
[[nodiscard]] Time vacuum_time(Time free_since);

} // namespace crier::sandbox
