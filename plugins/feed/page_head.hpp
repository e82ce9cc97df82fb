#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace crier::feed {

/// The names of <meta> that say something for a post.
enum class Meta {
    image,
    image_secure,
    image_url,
    twitter_image,
    twitter_image_src,
    image_alt,
    twitter_image_alt,
    image_type,
    og_description,
    twitter_description,
    plain_description,
    og_title,
    twitter_title,
    published,
    count
};

/// What stands in a page's head: of each name the first value, references decoded, and otherwise as written.
struct PageHead {
    std::array<std::string, static_cast<std::size_t>(Meta::count)> values;
    std::string base;
    std::string canonical;
    std::string title; ///< with its references

    [[nodiscard]] const std::string& get(Meta which) const {
        return values.at(static_cast<std::size_t>(which));
    }
};

/// Of a page in UTF-8, to `<body` or to the end of its head.
[[nodiscard]] PageHead read_page_head(std::string_view page);

} // namespace crier::feed
