#pragma once

#include "feed/vocabulary.hpp"
#include "sdk/crier_plugin.hpp"

#include <optional>
#include <string>
#include <vector>

namespace crier::feed {

/// The pictures, videos and sounds of one item, gathered while it is read, and chosen from at its end:
///
/// - of a media:group, which is one thing in several makes, the default one, else the widest;
/// - of pictures that differ in the address's query only (sizes of one picture), the widest;
/// - a media:thumbnail only where Media RSS has no other picture;
/// - Flash is nothing that anybody plays any more.
///
/// media:description is the alt text of what it stands in, and of a thumbnail where that is no video: what is
/// said of one does not describe a picture. No other text ever becomes one.
class MediaDraft {
public:
    /// Without a type, the address's ending says whether it is a picture, a video or a sound.
    void add_enclosure(std::string url, std::string type);
    void add_image(std::string url); ///< itunes:image
    void begin_group();
    void end_group();
    void begin_content(const XmlAttributes& attributes, std::string url);
    void end_content();
    void add_thumbnail(std::string url);
    void describe(std::string text);

    /// The first media:description that stood in no media:content: of a video, it is often all the text there
    /// is.
    [[nodiscard]] const std::string& description() const { return description_; }

    /// All of it, in the order enclosures, Media RSS, iTunes, images in the content; each address once.
    [[nodiscard]] std::vector<sdk::Media> finish(std::vector<sdk::Media> content_images);

private:
    struct Make {
        sdk::Media media;
        bool preferred = false;
        long width = 0;
    };
    struct Group {
        std::size_t contents = 0; ///< how many there were before it
        std::size_t thumbnails = 0;
        std::string description;
        bool moving = false; ///< one of its contents is no picture
    };

    std::vector<sdk::Media> enclosures_;
    std::vector<sdk::Media> images_;
    std::vector<Make> contents_;
    std::vector<sdk::Media> thumbnails_;
    std::optional<Group> group_;         ///< the open one
    std::optional<std::size_t> content_; ///< the open one of contents_
    std::size_t content_thumbnails_ = 0; ///< how many there were before it
    bool in_flash_ = false;              ///< the open one was left out
    bool moving_ = false;                ///< one of all contents is no picture
    std::string item_description_;
    std::string description_;
};

} // namespace crier::feed
