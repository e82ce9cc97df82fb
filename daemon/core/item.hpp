#pragma once

#include "core/time.hpp"

#include <optional>
#include <string>
#include <vector>

namespace crier {

/// A picture, video or sound that an item names.
struct ItemMedia {
    std::string url;       ///< http(s); empty: it is a file
    std::string type;      ///< MIME type as the source says, may be empty
    std::string alt;       ///< description for those who cannot see it; never invented
    std::string from;      ///< where it stood: enclosure, media_rss, itunes_image, content_image, og_image
    std::string file = {}; ///< an absolute path on this machine, where there is no url
};

/// What a source yields. All text is plain UTF-8: no HTML, no entities.
struct Item {
    std::string id; ///< as the source gives it (guid, atom:id); may be empty
    std::string title;
    std::string link;
    std::optional<Instant> published;
    std::optional<Instant> updated;
    std::string summary;
    std::string content;
    std::string author;
    std::vector<std::string> categories;
    std::vector<ItemMedia> media;
    std::string language;
    double weight = 1;              ///< how often it is drawn beside others; 0 or more
    std::optional<Instant> due;     ///< to be posted then, and not much later; nothing: when it shows
    std::optional<Instant> expires; ///< from then on not at all
    std::string page_title;         ///< of the page that it links to, where that was read
    std::string page_description;
    bool page_read = false; ///< it was asked for
    bool gone = false;      ///< taken back where it came from: only what it is known by counts
};

} // namespace crier
