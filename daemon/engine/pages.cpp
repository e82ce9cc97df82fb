#include "engine/pages.hpp"

#include "engine/compose.hpp"

#include <algorithm>
#include <utility>

namespace crier::engine {

bool wants_page(const PostTemplate& post, const Item& item) {
    if (item.link.empty())
        return false;
    if (post.status.mentions("page_title") || post.status.mentions("page_description") ||
        post.spoiler_text.mentions("page_title") || post.spoiler_text.mentions("page_description"))
        return true;
    return std::any_of(post.media.begin(), post.media.end(), [&](const MediaTemplate& wanted) {
        for (const std::string& kind : wanted.from) {
            if (kind == "og_image")
                return true;
            if (has_media(item, kind))
                return false;
        }
        return false;
    });
}

void add_page(Item& item, Item page) {
    item.page_title = std::move(page.title);
    item.page_description = std::move(page.summary);
    for (ItemMedia& media : page.media) {
        media.from = "og_image";
        item.media.push_back(std::move(media));
    }
}

} // namespace crier::engine
