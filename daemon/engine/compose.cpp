#include "engine/compose.hpp"

#include "core/ascii.hpp"
#include "core/text/plain.hpp"

#include <utility>

namespace crier::engine {
namespace {

using text::Value;

/// What the templates of a post are filled with.
using Lookup = text::Template::Lookup;

void fill_text(Composed& out, const PostTemplate& post, const Lookup& lookup, const ServerProfile& server) {
    const text::LengthRules rules = length_rules(server);
    out.limit = rules.max_characters;
    out.content.language = post.language;
    out.content.visibility = post.visibility;
    out.content.sensitive = post.sensitive;
    out.content.spoiler_text = post.spoiler_text.render_text(lookup, post.language);

    std::vector<text::Piece> pieces = post.status.render(lookup, post.language);
    if (post.defuse_mentions) {
        // What the template itself says is meant; what comes from outside must not ping people.
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            if (pieces[i].kind == text::PieceKind::literal)
                continue;
            pieces[i].text = text::defuse_mentions(pieces[i].text);
            // Nor by two of them that stand side by side.
            if (pieces[i].text.ends_with('@') && i + 1 < pieces.size() && !pieces[i + 1].text.empty())
                pieces[i].text += text::zero_width_space;
        }
    }
    std::string whole;
    for (const text::Piece& piece : pieces)
        whole += piece.text;
    out.content.status = text::strip(whole);
    out.length = text::status_length(out.content.status, out.content.spoiler_text, rules);
    if (out.length <= out.limit)
        return;
    if (post.overflow == Overflow::shorten) {
        text::Fitted fitted = text::fit(pieces, out.content.spoiler_text, rules);
        if (fitted.fits) {
            out.content.status = text::strip(fitted.text);
            out.length = text::status_length(out.content.status, out.content.spoiler_text, rules);
            out.note = "shortened to fit";
            return;
        }
    }
    out.hold = std::to_string(out.length) + " characters, and the server takes " + std::to_string(out.limit);
}

bool is_attachable(const ItemMedia& media) {
    return media.type.empty() ? media.from != "enclosure"
                              : media.type.starts_with("image/") || media.type.starts_with("video/") ||
                                    media.type.starts_with("audio/");
}

/// The item's media that `wanted` asks for: of the first kind of its list that the item has.
std::vector<ItemMedia> chosen_media(const MediaTemplate& wanted, const Item& item) {
    std::vector<ItemMedia> chosen;
    for (const std::string& kind : wanted.from) {
        for (const ItemMedia& media : item.media)
            if ((kind == "item" || media.from == kind) && is_attachable(media))
                chosen.push_back(media);
        if (!chosen.empty())
            break;
    }
    return chosen;
}

/// Attaches one medium, or does what `missing_alt` says when nobody described it.
void attach(Composed& out, const MediaTemplate& wanted, Media media) {
    if (media.alt.empty()) {
        const std::string name = media.file.empty() ? media.url : media.file;
        switch (wanted.missing_alt) {
        case MissingAlt::hold:
            out.hold = "no alt text for " + name;
            break;
        case MissingAlt::drop_media:
            out.note += (out.note.empty() ? "" : "; ") + ("left out, no alt text: " + name);
            return;
        case MissingAlt::next_item:
            out.drop = "no alt text for " + name;
            break;
        case MissingAlt::post:
            break;
        }
    }
    media.required = wanted.required;
    out.content.media.push_back(std::move(media));
}

void fill_media(Composed& out, const PostTemplate& post, const Item* item, const Lookup& lookup,
                const ServerProfile& server) {
    for (const MediaTemplate& wanted : post.media) {
        const std::string alt = wanted.alt.render_text(lookup, post.language);
        if (!wanted.file.empty()) {
            Media media;
            media.file = wanted.file;
            media.alt = alt;
            attach(out, wanted, std::move(media));
        } else if (item != nullptr) {
            for (const ItemMedia& found : chosen_media(wanted, *item)) {
                Media media;
                media.url = found.url;
                media.type = found.type;
                media.alt = alt.empty() ? found.alt : alt;
                attach(out, wanted, std::move(media));
            }
        }
    }
    if (out.content.media.size() > server.max_media) {
        out.note += (out.note.empty() ? "" : "; ") +
                    std::to_string(out.content.media.size() - server.max_media) +
                    " media left out: the server takes " + std::to_string(server.max_media);
        out.content.media.resize(server.max_media);
    }
    for (Media& media : out.content.media)
        media.alt = text::first_graphemes(media.alt, server.description_limit);
    if (out.content.status.empty() && out.content.media.empty() && out.hold.empty() && out.drop.empty())
        out.hold = "the post is empty";
}

Lookup entry_lookup(const EntrySettings& entry, const PostTarget& target, const text::Moment& moment) {
    return [&entry, &target, moment](std::string_view name) -> Value {
        if (name == "now" || name == "due")
            return moment;
        if (name == "entry")
            return entry.name;
        if (name == "account")
            return target.account;
        return {};
    };
}

Value moment_or_nothing(const std::optional<Instant>& when, const schedule::Zone& zone) {
    if (!when)
        return {};
    return text::Moment{*when, zone};
}

Lookup item_lookup(const SourceSettings& source, const PostTarget& target, const Item& item,
                   const schedule::Zone& zone, Instant now) {
    return [&source, &target, &item, zone, now](std::string_view name) -> Value {
        if (name == "title")
            return item.title;
        if (name == "link")
            return item.link;
        if (name == "summary")
            return item.summary;
        if (name == "content")
            return item.content;
        if (name == "author")
            return item.author;
        if (name == "categories")
            return item.categories;
        if (name == "language")
            return item.language;
        if (name == "id")
            return item.id;
        if (name == "published")
            return moment_or_nothing(item.published, zone);
        if (name == "updated")
            return moment_or_nothing(item.updated, zone);
        if (name == "now")
            return text::Moment{now, zone};
        if (name == "source")
            return source.name;
        if (name == "account")
            return target.account;
        return {};
    };
}

/// "en" of "en-GB": the API takes ISO 639 alone.
std::string primary_language(std::string_view tag) {
    std::string language = ascii::lower(tag.substr(0, tag.find_first_of("-_")));
    return language.size() == 2 || language.size() == 3 ? language : std::string{};
}

} // namespace

text::LengthRules length_rules(const ServerProfile& server) {
    text::LengthRules rules;
    rules.max_characters = server.max_characters;
    rules.per_url = server.per_url;
    return rules;
}

Result<> check_content(const PostContent& content, const ServerProfile& server) {
    if (content.status.empty() && content.media.empty())
        return Failure{Cause::usage, "there is nothing to post: the text is empty and no media is given"};
    const std::size_t length =
        text::status_length(content.status, content.spoiler_text, length_rules(server));
    if (length > server.max_characters)
        return Failure{Cause::usage, "the text has " + std::to_string(length) +
                                         " characters, and the server takes " +
                                         std::to_string(server.max_characters)};
    if (content.media.size() > server.max_media)
        return Failure{Cause::usage, "the post has " + std::to_string(content.media.size()) +
                                         " media, and the server takes " + std::to_string(server.max_media)};
    return {};
}

Composed compose_entry(const EntrySettings& entry, const PostTarget& target, const schedule::Zone& zone,
                       Instant nominal, const ServerProfile& server) {
    Composed out;
    const Lookup lookup = entry_lookup(entry, target, text::Moment{nominal, zone});
    fill_text(out, *target.post, lookup, server);
    fill_media(out, *target.post, nullptr, lookup, server);
    return out;
}

std::vector<Composed> compose_parts(const EntrySettings& entry, const PostTarget& target,
                                    const schedule::Zone& zone, Instant nominal,
                                    const ServerProfile& server) {
    std::vector<Composed> parts;
    parts.push_back(compose_entry(entry, target, zone, nominal, server));
    const Lookup lookup = entry_lookup(entry, target, text::Moment{nominal, zone});
    for (const PostTemplate& reply : target.post->replies) {
        Composed part;
        fill_text(part, reply, lookup, server);
        fill_media(part, reply, nullptr, lookup, server);
        parts.push_back(std::move(part));
    }
    for (std::size_t i = 1; i < parts.size(); ++i) {
        if (parts.front().hold.empty() && !parts[i].hold.empty())
            parts.front().hold = "part " + std::to_string(i + 1) + ": " + parts[i].hold;
        parts[i].hold.clear();
    }
    return parts;
}

Composed compose_item(const SourceSettings& source, const PostTarget& target, const Item& item,
                      const schedule::Zone& zone, Instant now, const ServerProfile& server) {
    Composed out;
    const Lookup lookup = item_lookup(source, target, item, zone, now);
    fill_text(out, *target.post, lookup, server);
    if (out.content.language.empty())
        out.content.language = primary_language(item.language);
    fill_media(out, *target.post, &item, lookup, server);
    return out;
}

} // namespace crier::engine
