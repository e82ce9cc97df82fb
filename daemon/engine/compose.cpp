#include "engine/compose.hpp"

#include "core/ascii.hpp"
#include "core/digest.hpp"
#include "core/text/entities.hpp"
#include "core/text/plain.hpp"
#include "core/text/split.hpp"
#include "engine/unfit.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace crier::engine {
namespace {

using text::Value;

using Lookup = text::Template::Lookup;

/// What the templates of a post are filled with.
struct Filling {
    Lookup lookup;
    text::Moment now;
    Digest seed;

    /// Each text of a post (`which`) has a chance of its own: what one of them throws says nothing of the
    /// others.
    [[nodiscard]] text::RenderContext context(std::string_view which, const PostTemplate& post) const {
        return {now, Digester{}.field(seed.view()).field(which).finish(), post.language};
    }
};

// Seeds and what goes into them are a promise (docs/TEMPLATES.md, "Chance"): a post reads as its preview did.
// The account is not in it: what one entry posts to two accounts is one text.

Digest entry_seed(const EntrySettings& entry, Instant nominal, std::size_t part) {
    return Digester{}
        .field("entry")
        .field(entry.name)
        .field(nominal.time_since_epoch().count())
        .field(static_cast<std::int64_t>(part))
        .finish();
}

Digest item_seed(const SourceSettings& source, const Item& item) {
    const std::string& known_by = !item.id.empty() ? item.id : !item.link.empty() ? item.link : item.title;
    return Digester{}.field("item").field(source.name).field(known_by).finish();
}

void add_note(Composed& out, std::string_view note) {
    out.note.append(out.note.empty() ? "" : "; ").append(note);
}

/// Whom a text names: in a post that only those see whom it names, all parts of a thread must name them.
std::string names_in(std::string_view status) {
    std::string names;
    for (const text::Entity& mention : text::find_mentions(status)) {
        const std::string name = std::string{status.substr(mention.begin, mention.end - mention.begin)} + ' ';
        if (names.find(name) == std::string::npos)
            names += name;
    }
    return names;
}

/// `whole` is too long: its text in parts; media, warning and all else as it has them. One: it cannot be
/// broken, and `whole` is as it was.
std::vector<Composed> as_thread(Composed whole, const std::vector<text::Piece>& pieces, bool counter,
                                const text::LengthRules& rules) {
    text::Splitting how;
    how.counter = counter;
    if (whole.content.visibility == Visibility::direct)
        how.lead = names_in(whole.content.status);
    text::Split split = text::split(pieces, whole.content.spoiler_text, rules, how);
    std::vector<Composed> parts;
    if (!split.fits) {
        parts.push_back(std::move(whole));
        return parts;
    }
    for (std::string& text : split.parts) {
        Composed part;
        part.content = parts.empty() ? whole.content : as_further_part(whole.content);
        part.content.status = std::move(text);
        part.length = text::status_length(part.content.status, part.content.spoiler_text, rules);
        part.limit = whole.limit;
        parts.push_back(std::move(part));
    }
    if (split.shortened)
        add_note(parts.front(), "shortened to fit into " + std::to_string(parts.size()) + " posts");
    return parts;
}

/// The text of one post, or of several where it is too long and may become a thread.
std::vector<Composed> written(const PostTemplate& post, const Item* item, const Filling& filling,
                              const ServerProfile& server) {
    const text::LengthRules rules = length_rules(server);
    std::vector<Composed> parts(1);
    Composed& out = parts.front();
    out.limit = rules.max_characters;
    out.content.language = post.language;
    out.content.visibility = post.visibility;
    out.content.sensitive = post.sensitive;
    out.content.content_type = post.content_type;
    out.content.quote_policy = post.quote_policy;
    out.content.local_only = post.local_only;
    out.content.spoiler_text =
        post.spoiler_text.render_text(filling.lookup, filling.context("spoiler_text", post));

    std::vector<text::Piece> pieces = post.status.render(filling.lookup, filling.context("status", post));
    if (post.defuse_mentions) {
        // What the template itself says is meant; what comes from outside must not ping people.
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            if (pieces[i].kind == text::PieceKind::literal)
                continue;
            pieces[i].text = post.meant_mentions ? text::defuse_mentions(pieces[i].text, *post.meant_mentions)
                                                 : text::defuse_mentions(pieces[i].text);
            // Nor by two of them that stand side by side.
            if (pieces[i].text.ends_with('@') && i + 1 < pieces.size() && !pieces[i + 1].text.empty())
                pieces[i].text += text::zero_width_space;
        }
    }
    if (post.local_only && !server.local_mark.empty())
        pieces.push_back({text::PieceKind::literal, server.local_mark});
    std::string whole;
    for (const text::Piece& piece : pieces)
        whole += piece.text;
    out.content.status = text::strip(whole);
    if (post.warnings)
        out.content.spoiler_text =
            with_warnings(std::move(out.content.spoiler_text), *post.warnings, out.content.status, item);
    out.length = text::status_length(out.content.status, out.content.spoiler_text, rules);
    if (out.length <= out.limit)
        return parts;
    if (post.overflow == Overflow::thread) {
        std::vector<Composed> thread = as_thread(out, pieces, post.thread_counter, rules);
        if (thread.size() > 1)
            return thread;
    }
    if (post.overflow == Overflow::shorten) {
        text::Fitted fitted = text::fit(pieces, out.content.spoiler_text, rules);
        if (fitted.fits) {
            out.content.status = text::strip(fitted.text);
            out.length = text::status_length(out.content.status, out.content.spoiler_text, rules);
            out.note = "shortened to fit";
            return parts;
        }
    }
    out.hold = std::to_string(out.length) + " characters, and the server takes " + std::to_string(out.limit);
    return parts;
}

bool is_attachable(const ItemMedia& media) {
    return media.type.empty() ? media.from != "enclosure"
                              : media.type.starts_with("image/") || media.type.starts_with("video/") ||
                                    media.type.starts_with("audio/");
}

bool is_of_kind(const ItemMedia& media, std::string_view kind) {
    return (kind == "item" || media.from == kind) && is_attachable(media);
}

/// The item's media that `wanted` asks for: of the first kind of its list that the item has.
std::vector<ItemMedia> chosen_media(const MediaTemplate& wanted, const Item& item) {
    std::vector<ItemMedia> chosen;
    for (const std::string& kind : wanted.from) {
        for (const ItemMedia& media : item.media)
            if (is_of_kind(media, kind))
                chosen.push_back(media);
        if (!chosen.empty())
            break;
    }
    return chosen;
}

/// Attaches one medium, or does what `missing_alt` says when nobody described it.
void attach(Composed& out, const MediaTemplate& wanted, Media media) {
    if (text::strip(media.alt).empty()) {
        const std::string name = media.file.empty() ? media.url : media.file;
        switch (wanted.missing_alt) {
        case MissingAlt::hold:
            out.hold = "no alt text for " + name;
            break;
        case MissingAlt::drop_media:
            add_note(out, "left out, no alt text: " + name);
            return;
        case MissingAlt::next_item:
            out.drop = "no alt text for " + name;
            break;
        case MissingAlt::post:
            break;
        }
    }
    media.required = wanted.required;
    media.focus = wanted.focus;
    media.thumbnail = wanted.thumbnail;
    media.strip_metadata = wanted.strip_metadata;
    out.content.media.push_back(std::move(media));
}

void fill_media(Composed& out, const PostTemplate& post, const Item* item, const Filling& filling,
                const ServerProfile& server) {
    std::size_t stated = 0;
    for (std::size_t i = 0; i < post.media.size(); ++i) {
        const MediaTemplate& wanted = post.media[i];
        const std::string alt =
            wanted.alt.render_text(filling.lookup, filling.context("alt " + std::to_string(i), post));
        if (!wanted.file.empty() || !wanted.url.empty()) {
            Media media;
            media.file = wanted.file;
            media.url = wanted.url;
            media.alt = alt;
            attach(out, wanted, std::move(media));
            ++stated;
        } else if (item != nullptr) {
            for (const ItemMedia& found : chosen_media(wanted, *item)) {
                Media media;
                media.url = found.url;
                media.file = found.file;
                media.type = found.type;
                media.alt = alt.empty() ? found.alt : alt;
                attach(out, wanted, std::move(media));
            }
        }
    }
    // Of an item's, which it may have any number of; what the configuration states is all meant
    // (check_forms).
    if (out.content.media.size() > server.max_media && stated <= server.max_media) {
        add_note(out, std::to_string(out.content.media.size() - server.max_media) +
                          " media left out: the server takes " + std::to_string(server.max_media));
        out.content.media.resize(server.max_media);
    }
    for (Media& media : out.content.media) // counted in code points by all that were looked at
        media.alt = text::first_units(media.alt, server.description_limit, text::LengthUnit::code_point);
    if (!out.content.status.empty() || !out.content.media.empty() || !out.hold.empty() || !out.drop.empty())
        return;
    if (item != nullptr && says_nothing(*item))
        out.drop = "the item has no title, text, link or media";
    else
        out.hold = "the post is empty";
}

Value moment_or_nothing(const std::optional<Instant>& when, const schedule::Zone& zone) {
    if (!when)
        return {};
    return text::Moment{*when, zone};
}

/// What an item says of itself.
Value item_value(const Item& item, const schedule::Zone& zone, std::string_view name) {
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
    if (name == "page_title")
        return item.page_title;
    if (name == "page_description")
        return item.page_description;
    if (name == "id")
        return item.id;
    if (name == "published")
        return moment_or_nothing(item.published, zone);
    if (name == "updated")
        return moment_or_nothing(item.updated, zone);
    return {};
}

std::string source_name(const EntrySettings& entry) {
    return entry.draw ? entry.draw->from : entry.name;
}

Lookup entry_lookup(const EntryOccurrence& occurrence, const PostTarget& target) {
    return [&occurrence, &target](std::string_view name) -> Value {
        const EntrySettings& entry = occurrence.entry;
        if (name == "now" || name == "due")
            return text::Moment{occurrence.nominal, occurrence.zone};
        if (name == "entry")
            return entry.name;
        if (name == "account")
            return target.account;
        if (name == "counter")
            return occurrence.counter;
        if (name == "source")
            return source_name(entry);
        if (occurrence.item != nullptr)
            return item_value(*occurrence.item, occurrence.zone, name);
        return {};
    };
}

Filling entry_filling(const EntryOccurrence& occurrence, const PostTarget& target, std::size_t part) {
    return {entry_lookup(occurrence, target), text::Moment{occurrence.nominal, occurrence.zone},
            entry_seed(occurrence.entry, occurrence.nominal, part)};
}

Lookup item_lookup(const SourceSettings& source, const PostTarget& target, const Item& item,
                   const schedule::Zone& zone, Instant now) {
    return [&source, &target, &item, zone, now](std::string_view name) -> Value {
        if (name == "now")
            return text::Moment{now, zone};
        if (name == "source")
            return source.name;
        if (name == "account")
            return target.account;
        return item_value(item, zone, name);
    };
}

/// "en" of "en-GB": the API takes ISO 639 alone.
std::string primary_language(std::string_view tag) {
    std::string language = ascii::lower(tag.substr(0, tag.find_first_of("-_")));
    return language.size() == 2 || language.size() == 3 ? language : std::string{};
}

/// What a post has beside text and media. Of a text that became a thread the first part has it.
void fill_forms(Composed& out, const PostTemplate& post, const Filling& filling,
                const ServerProfile& server) {
    PostContent& content = out.content;
    content.in_reply_to = post.in_reply_to;
    content.quote = post.quote;
    content.pin = post.pin;
    if (post.poll) {
        Poll poll;
        for (std::size_t i = 0; i < post.poll->options.size(); ++i)
            poll.options.push_back(text::strip(post.poll->options[i].render_text(
                filling.lookup, filling.context("poll " + std::to_string(i), post))));
        poll.open = post.poll->open;
        poll.multiple = post.poll->multiple;
        poll.hide_totals = post.poll->hide_totals;
        content.poll = std::move(poll);
    }
    if (const Result<> good = check_forms(content, server); !good && out.hold.empty())
        out.hold = why_unfit(good.error());
}

/// One template, filled. Media are the first part's.
std::vector<Composed> composed(const PostTemplate& post, const Item* item, const Filling& filling,
                               const ServerProfile& server) {
    std::vector<Composed> parts = written(post, item, filling, server);
    for (Composed& part : parts)
        if (part.content.language.empty() && item != nullptr)
            part.content.language = primary_language(item->language);
    fill_media(parts.front(), post, item, filling, server);
    fill_forms(parts.front(), post, filling, server);
    return parts;
}

} // namespace

text::LengthRules length_rules(const ServerProfile& server) {
    text::LengthRules rules;
    rules.max_characters = server.max_characters;
    rules.per_url = server.per_url;
    rules.unit = server.length_unit;
    rules.local_mentions = server.local_mentions;
    rules.counts_warning = server.counts_warning;
    return rules;
}

bool says_nothing(const Item& item) noexcept {
    return item.title.empty() && item.summary.empty() && item.content.empty() && item.link.empty() &&
           item.media.empty();
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
    return check_forms(content, server);
}

PostContent as_further_part(PostContent first) {
    first.media.clear();
    first.in_reply_to.clear();
    first.poll.reset();
    first.quote.clear();
    first.pin = false;
    return first;
}

std::vector<Composed> in_parts(Composed composed, const ServerProfile& server, bool counter) {
    const text::LengthRules rules = length_rules(server);
    const std::vector<text::Piece> pieces{{text::PieceKind::prose, composed.content.status}};
    composed.limit = rules.max_characters;
    composed.length = text::status_length(composed.content.status, composed.content.spoiler_text, rules);
    if (composed.length > composed.limit)
        return as_thread(std::move(composed), pieces, counter, rules);
    std::vector<Composed> parts;
    parts.push_back(std::move(composed));
    return parts;
}

bool has_media(const Item& item, std::string_view kind) {
    return std::any_of(item.media.begin(), item.media.end(),
                       [kind](const ItemMedia& media) { return is_of_kind(media, kind); });
}

std::vector<Composed> compose_parts(const EntryOccurrence& occurrence, const PostTarget& target,
                                    const ServerProfile& server) {
    const PostTemplate& first = target.post->turn(occurrence.counter);
    std::vector<const PostTemplate*> posts{&first};
    for (const PostTemplate& reply : first.replies)
        posts.push_back(&reply);
    std::vector<Composed> parts;
    for (std::size_t i = 0; i < posts.size(); ++i) {
        const Filling filling = entry_filling(occurrence, target, i);
        std::vector<Composed> made = composed(*posts[i], occurrence.item, filling, server);
        std::move(made.begin(), made.end(), std::back_inserter(parts));
    }
    for (std::size_t i = 1; i < parts.size(); ++i) {
        Composed& head = parts.front();
        const std::string which = "part " + std::to_string(i + 1) + ": ";
        if (head.hold.empty() && !parts[i].hold.empty())
            head.hold = which + parts[i].hold;
        if (head.drop.empty() && !parts[i].drop.empty())
            head.drop = which + parts[i].drop;
        parts[i].hold.clear();
    }
    // Where there was no item there is no next one: a person decides.
    if (Composed& head = parts.front(); occurrence.item == nullptr && !head.drop.empty()) {
        if (head.hold.empty())
            head.hold = head.drop;
        head.drop.clear();
    }
    return parts;
}

std::string why_dropped(const EntryOccurrence& occurrence, const ProfileOf& profile) {
    for (const PostTarget& target : occurrence.entry.targets)
        for (Composed& part : compose_parts(occurrence, target, profile(target.account)))
            if (!part.drop.empty())
                return std::move(part.drop);
    return {};
}

std::string default_warning(const Settings& settings, const AccountSettings& account, Instant now) {
    if (!account.defaults)
        return {};
    const text::Moment moment{now, schedule::Zone::find_or_utc(settings.timezone)};
    const Filling filling{[&](std::string_view name) -> Value {
                              if (name == "now" || name == "due")
                                  return moment;
                              return name == "account" ? Value{account.name} : Value{};
                          },
                          moment, digest_of(account.name)};
    return text::strip(account.defaults->spoiler_text.render_text(
        filling.lookup, filling.context("spoiler_text", *account.defaults)));
}

std::vector<Composed> compose_item(const SourceSettings& source, const PostTarget& target, const Item& item,
                                   const schedule::Zone& zone, Instant now, const ServerProfile& server) {
    const Filling filling{item_lookup(source, target, item, zone, now), text::Moment{now, zone},
                          item_seed(source, item)};
    return composed(*target.post, &item, filling, server);
}

} // namespace crier::engine
