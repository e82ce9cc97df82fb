#include "core/identity.hpp"

#include "core/ascii.hpp"
#include "core/text/plain.hpp"
#include "core/tracking.hpp"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <utility>

namespace crier {
namespace {

/// What the item says; of one that says nothing, what it shows. `link`: where, if that is to count.
Digest content_digest(const Item& item, std::string_view link = {}) {
    Digester digester;
    if (!link.empty())
        digester.field("at").field(link);
    digester.field("content").field(item.title).field(item.summary).field(item.content);
    if (item.title.empty() && item.summary.empty() && item.content.empty())
        for (const ItemMedia& media : item.media)
            digester.field(media.url);
    return digester.finish();
}

std::string shown_title(const Item& item) {
    for (const std::string* text : {&item.title, &item.summary, &item.content})
        if (!text->empty())
            return text::first_graphemes(text::one_line(*text), 80);
    return "(an item without id, link and text)";
}

/// `link`: the canonical one, or empty where it does not identify.
ItemIdentity known_by_itself(const Item& item, const std::string& id, const std::string& link,
                             const std::string& any_link) {
    ItemIdentity identity;
    if (id.empty() && !any_link.empty())
        identity.content_at_link = content_digest(item, any_link);
    if (!any_link.empty())
        identity.address = digest_of(any_link);
    if (!link.empty())
        identity.link = identity.address;
    if (!id.empty()) {
        identity.item = Digester{}.field("id").field(id).finish();
        identity.shown = id;
    } else if (!link.empty()) {
        identity.item = Digester{}.field("link").field(link).finish();
        identity.shown = item.link;
    } else {
        identity.item = content_digest(item);
        identity.shown = shown_title(item);
    }
    return identity;
}

/// Neither id nor link says which one it is.
ItemIdentity known_by_words(const Item& item, const std::string& any_link, IdentifyBy by) {
    ItemIdentity identity;
    if (!any_link.empty())
        identity.address = digest_of(any_link);
    const std::string title = text::fold_case(text::one_line(item.title));
    identity.item = by == IdentifyBy::title && !title.empty()
                        ? Digester{}.field("title").field(title).finish()
                        : content_digest(item);
    identity.shown = shown_title(item);
    return identity;
}

ItemIdentity make_identity(const Item& item, const std::string& link, const std::string& any_link,
                           IdentifyBy by) {
    switch (by) {
    case IdentifyBy::content:
    case IdentifyBy::title:
        return known_by_words(item, any_link, by);
    case IdentifyBy::link:
        return known_by_itself(item, {}, link, any_link);
    case IdentifyBy::automatic:
        break;
    }
    return known_by_itself(item, item.id, link, any_link);
}

} // namespace

std::string canonical_link(std::string_view link) {
    std::string trimmed = text::strip(link);
    std::string_view rest = trimmed;
    const std::string scheme = ascii::lower(rest.substr(0, rest.find("://")));
    if (scheme != "http" && scheme != "https")
        return trimmed;
    rest.remove_prefix(scheme.size() + 3);

    std::string_view route;
    if (const std::size_t hash = rest.find('#'); hash != std::string_view::npos) {
        const std::string_view fragment = rest.substr(hash);
        if (fragment.starts_with("#/") || fragment.starts_with("#!"))
            route = fragment;
        rest = rest.substr(0, hash);
    }
    std::string query;
    if (const std::size_t mark = rest.find('?'); mark != std::string_view::npos) {
        query = tracking::telling_query(rest.substr(mark + 1));
        rest = rest.substr(0, mark);
    }
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    std::string host = ascii::lower(rest.substr(0, slash));
    for (const std::string_view port : {":80", ":443"})
        if (host.ends_with(port))
            host.erase(host.size() - port.size());
    std::string_view path = rest.substr(slash);
    while (path.ends_with("/"))
        path.remove_suffix(1);
    host += path;
    host += query;
    host += route;
    return host;
}

std::string_view to_text(IdentifyBy by) noexcept {
    switch (by) {
    case IdentifyBy::link:
        return "link";
    case IdentifyBy::content:
        return "content";
    case IdentifyBy::title:
        return "title";
    case IdentifyBy::automatic:
        break;
    }
    return "auto";
}

ItemIdentity identify(const Item& item, IdentifyBy by) {
    const std::string link = canonical_link(item.link);
    return make_identity(item, link, link, by);
}

Digest said_by(const Item& item) {
    Digester digester;
    digester.field(item.title).field(item.summary).field(item.content).field(item.author);
    digester.field(canonical_link(item.link)).field(item.language);
    for (const std::string& category : item.categories)
        digester.field(category);
    for (const ItemMedia& media : item.media)
        if (media.from != "og_image") // that the linked page says, where it was read
            digester.field("media").field(media.url).field(media.file).field(media.alt);
    for (const auto& [word, when] : {std::pair{"due", item.due}, std::pair{"expires", item.expires}})
        if (when)
            digester.field(word).field(std::int64_t{when->time_since_epoch().count()});
    return digester.finish();
}

ItemStory story_of(const Item& item) {
    constexpr std::ptrdiff_t fewest_words = 3;
    ItemStory story;
    if (const std::string link = canonical_link(item.link); !link.empty())
        story.link = Digester{}.field("story link").field(link).finish();
    const std::string title = text::fold_case(text::one_line(item.title));
    if (std::count(title.begin(), title.end(), ' ') + 1 >= fewest_words)
        story.title = Digester{}.field("story title").field(title).finish();
    return story;
}

std::vector<ItemIdentity> identify_all(const std::vector<Item>& items, IdentifyBy by) {
    struct Owner {
        std::size_t first; ///< place among the items
        bool shared = false;
    };
    std::vector<std::string> links;
    links.reserve(items.size());
    std::unordered_map<std::string, Owner> owners;
    const auto same = [&](std::size_t a, std::size_t b) {
        return make_identity(items[a], {}, {}, by).item == make_identity(items[b], {}, {}, by).item;
    };
    for (std::size_t i = 0; i < items.size(); ++i) {
        links.push_back(canonical_link(items[i].link));
        if (links.back().empty())
            continue;
        const auto [owner, is_new] = owners.try_emplace(links.back(), Owner{i, false});
        if (!is_new && !owner->second.shared && !same(owner->second.first, i))
            owner->second.shared = true;
    }
    std::vector<ItemIdentity> identities;
    identities.reserve(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto owner = owners.find(links[i]);
        const bool own = owner != owners.end() && !owner->second.shared;
        identities.push_back(make_identity(items[i], own ? links[i] : std::string{}, links[i], by));
    }
    return identities;
}

} // namespace crier
