#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crier::sandbox {

struct FeedItem {
    std::string id;
    std::string title;
    std::string link;
    std::string body;      ///< plain text
    std::string published; ///< RFC 3339: "2026-01-05T09:00:00Z"
    std::vector<std::string> categories;
    int picture = -1; ///< of make_picture(), served as BASE/pictures/N.png; negative: none
    std::string picture_alt;
};

/// The three kinds of feed a blog may have. `base_url`: "http://127.0.0.1:3000", no slash behind.
[[nodiscard]] std::string rss(std::string_view base_url, const std::vector<FeedItem>& newest_first);
[[nodiscard]] std::string atom(std::string_view base_url, const std::vector<FeedItem>& newest_first);
[[nodiscard]] std::string json_feed(std::string_view base_url, const std::vector<FeedItem>& newest_first);

/// An article that a small town's paper, a project or a weather station might have published at that time.
/// The same for the same arguments; every second number has a picture with alt text.
[[nodiscard]] FeedItem invented_item(unsigned number, std::int64_t unix_seconds);

} // namespace crier::sandbox
