#include "feed/media.hpp"

#include "feed/limits.hpp"
#include "kit/ascii.hpp"
#include "kit/html_picture.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace crier::feed {
namespace {

sdk::Media make(std::string url, std::string type, const char* from) {
    sdk::Media media;
    media.url = std::move(url);
    media.type = std::move(type);
    media.from = from;
    return media;
}

std::string_view without_query(std::string_view url) {
    return url.substr(0, url.find_first_of("?#"));
}

/// What an address's ending says of what is there; empty: nothing.
std::string_view type_by_ending(std::string_view url) {
    struct Ending {
        std::string_view ending;
        std::string_view type;
    };
    static constexpr Ending endings[] = {
        {".jpg", "image/*"},  {".jpeg", "image/*"}, {".png", "image/*"},  {".gif", "image/*"},
        {".webp", "image/*"}, {".avif", "image/*"}, {".mp4", "video/*"},  {".m4v", "video/*"},
        {".webm", "video/*"}, {".mov", "video/*"},  {".mp3", "audio/*"},  {".m4a", "audio/*"},
        {".ogg", "audio/*"},  {".oga", "audio/*"},  {".opus", "audio/*"}, {".flac", "audio/*"},
        {".wav", "audio/*"},  {".aac", "audio/*"},
    };
    const std::string_view path = without_query(url);
    for (const Ending& one : endings)
        if (path.size() > one.ending.size() &&
            kit::same_but_case(path.substr(path.size() - one.ending.size()), one.ending))
            return one.type;
    return {};
}

bool is_picture(const sdk::Media& media) {
    return kit::starts_but_case(media.type.empty() ? type_by_ending(media.url) : media.type, "image/");
}

/// A video, a sound or something else; what does not say is taken for a picture.
bool is_no_picture(const sdk::Media& media) {
    return !is_picture(media) && !(media.type.empty() && type_by_ending(media.url).empty());
}

bool is_flash(std::string_view url, std::string_view type) {
    constexpr std::string_view ending = ".swf";
    const std::string_view path = without_query(url);
    return kit::same_but_case(type, "application/x-shockwave-flash") ||
           (type.empty() && path.size() > ending.size() &&
            kit::same_but_case(path.substr(path.size() - ending.size()), ending));
}

void fill_alts(std::vector<sdk::Media>& list, std::size_t from, const std::string& alt) {
    for (std::size_t i = from; i < list.size(); ++i)
        if (list[i].alt.empty())
            list[i].alt = alt;
}

long number(std::string_view text) {
    text = kit::trimmed(text);
    long value = 0;
    (void)std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

} // namespace

void MediaDraft::add_enclosure(std::string url, std::string type) {
    if (type.empty())
        type = type_by_ending(url);
    if (!url.empty() && enclosures_.size() < most_media)
        enclosures_.push_back(make(std::move(url), std::move(type), "enclosure"));
}

void MediaDraft::add_image(std::string url) {
    if (!url.empty() && images_.size() < most_media)
        images_.push_back(make(std::move(url), "image/*", "itunes_image"));
}

void MediaDraft::begin_group() {
    group_ = Group{contents_.size(), thumbnails_.size(), {}, false};
}

void MediaDraft::end_group() {
    if (!group_)
        return;
    const Group group = std::move(*group_);
    group_.reset();
    if (!group.moving)
        fill_alts(thumbnails_, group.thumbnails, group.description);
    const auto begin = contents_.begin() + static_cast<std::ptrdiff_t>(group.contents);
    if (begin == contents_.end())
        return;
    const auto best = std::max_element(begin, contents_.end(), [](const Make& a, const Make& b) {
        return std::pair{a.preferred, a.width} < std::pair{b.preferred, b.width};
    });
    std::iter_swap(begin, best);
    contents_.erase(begin + 1, contents_.end());
    if (contents_.back().media.alt.empty())
        contents_.back().media.alt = group.description;
}

void MediaDraft::begin_content(const XmlAttributes& attributes, std::string url) {
    content_.reset();
    content_thumbnails_ = thumbnails_.size();
    std::string type{kit::trimmed(attributes.get("type"))};
    in_flash_ = is_flash(url, type);
    if (in_flash_) {
        moving_ = true;
        if (group_)
            group_->moving = true;
    }
    if (url.empty() || in_flash_ || kit::is_portrait(url) || contents_.size() == most_media)
        return;
    const std::string_view medium = attributes.get("medium");
    if (type.empty() && (medium == "image" || medium == "video" || medium == "audio"))
        type = std::string{medium} + "/*";
    Make one;
    one.media = make(std::move(url), std::move(type), "media_rss");
    const bool moving = is_no_picture(one.media);
    moving_ = moving_ || moving;
    if (group_)
        group_->moving = group_->moving || moving;
    one.preferred = kit::same_but_case(kit::trimmed(attributes.get("isdefault")), "true");
    one.width = number(attributes.get("width"));
    // The same picture in another size, as some papers have it.
    const auto same = std::find_if(contents_.begin(), contents_.end(), [&one](const Make& other) {
        return one.width > 0 && other.width > 0 &&
               without_query(other.media.url) == without_query(one.media.url);
    });
    if (group_ || same == contents_.end()) {
        content_ = contents_.size();
        contents_.push_back(std::move(one));
        return;
    }
    content_ = static_cast<std::size_t>(same - contents_.begin());
    one.media.alt = same->media.alt;
    if (one.width > same->width)
        *same = std::move(one);
}

void MediaDraft::end_content() {
    if (content_ && !is_no_picture(contents_[*content_].media))
        fill_alts(thumbnails_, content_thumbnails_, contents_[*content_].media.alt);
    content_.reset();
    in_flash_ = false;
}

void MediaDraft::add_thumbnail(std::string url) {
    if (!url.empty() && !kit::is_portrait(url) && thumbnails_.size() < most_media)
        thumbnails_.push_back(make(std::move(url), "image/*", "media_rss"));
}

void MediaDraft::describe(std::string text) {
    std::string of_flash = description_;
    std::string& where = content_    ? contents_[*content_].media.alt
                         : in_flash_ ? of_flash
                         : group_    ? group_->description
                                     : item_description_;
    if (!where.empty())
        return;
    where = std::move(text);
    if (!content_ && description_.empty())
        description_ = where;
}

std::vector<sdk::Media> MediaDraft::finish(std::vector<sdk::Media> content_images) {
    end_group();
    std::vector<sdk::Media> all;
    const auto add = [&all](sdk::Media media) {
        const auto known = std::find_if(all.begin(), all.end(),
                                        [&media](const sdk::Media& other) { return other.url == media.url; });
        if (known == all.end()) {
            if (all.size() < most_media)
                all.push_back(std::move(media));
            return;
        }
        // Said twice: what one of them says of it is true of both.
        if (known->alt.empty())
            known->alt = std::move(media.alt);
        if (known->type.empty() || known->type.back() == '*')
            known->type = media.type.empty() ? known->type : std::move(media.type);
    };
    for (sdk::Media& media : enclosures_)
        add(std::move(media));
    bool picture = false;
    for (Make& one : contents_) {
        picture = picture || is_picture(one.media);
        if (one.media.alt.empty())
            one.media.alt = item_description_;
        add(std::move(one.media));
    }
    if (!picture && !thumbnails_.empty()) {
        if (!moving_)
            fill_alts(thumbnails_, 0, item_description_);
        add(std::move(thumbnails_.front())); // the first is the most important
    }
    for (sdk::Media& media : images_)
        add(std::move(media));
    for (sdk::Media& media : content_images)
        add(std::move(media));
    return all;
}

} // namespace crier::feed
