#include "core/text/plain.hpp"
#include "moving/moved.hpp"
#include "moving/python_format.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <utility>

/// feediverse: one YAML file that is configuration, secrets and state at once. `updated`, for all feeds, is
/// when it ran last; it posts what is dated later.
namespace crier::moving {

namespace {

std::string scalar(const YAML::Node& node, const char* name) {
    const YAML::Node value = node[name];
    return value && value.IsScalar() ? value.as<std::string>() : std::string{};
}

std::optional<FormatField> feediverse_field(const std::string& name) {
    FormatField known;
    if (name == "title" || name == "summary") {
        known.expression = name;
        return known;
    }
    if (name == "url" || name == "link") {
        known.expression = "link";
        if (name == "url")
            known.note = "feediverse takes an entry's id for its address, crier its link";
        return known;
    }
    if (name == "hashtags") {
        known.expression = "categories | hashtags";
        known.note = "feediverse makes a hashtag of each word, crier one of each category";
        return known;
    }
    if (name == "updated") {
        known.expression = "updated";
        known.note = "crier writes the moment as 2026-11-24 09:05 (docs/TEMPLATES.md, date)";
        return known;
    }
    return std::nullopt;
}

/// As dateutil reads what isoformat() wrote: without a zone it is taken for UTC.
std::optional<Instant> read_updated(const std::string& text) {
    if (const auto when = from_rfc3339(text))
        return when;
    return from_rfc3339(text + "Z");
}

Result<Moved> read_tree(const YAML::Node& root, const std::string& where) {
    const auto wrong = [&](const std::string& what) {
        return Failure{Cause::config, where + ": " + what, "is it a configuration of feediverse?"};
    };
    if (!root.IsMap())
        return wrong("it is no mapping");
    Moved moved;
    moved.by = "feediverse";
    moved.posted.by = moved.by;
    moved.posted.by_date = true;
    moved.item_media = true;
    moved.server = scalar(root, "url");
    if (moved.server.empty())
        return wrong("it has no `url` of a server");
    moved.token_place = "`access_token` of " + where;
    moved.token = Secret{scalar(root, "access_token")};
    const YAML::Node feeds = root["feeds"];
    if (!feeds || !feeds.IsSequence() || feeds.size() == 0)
        return wrong("it has no list of `feeds`");
    for (const YAML::Node& feed : feeds) {
        MovedSource source;
        source.url = feed.IsMap() ? scalar(feed, "url") : std::string{};
        if (source.url.empty())
            return wrong("one of `feeds` has no `url`");
        source.name = source_name({}, source.url, moved.sources);
        source.is_private = is_private_feed(source.url);
        TranslatedFormat translated = translate_format(scalar(feed, "template"), feediverse_field);
        for (const std::string& line : translated.notes)
            moved.notes.push_back(source.name + ": " + line);
        source.status = std::move(translated.status);
        moved.sources.push_back(std::move(source));
    }
    const std::string updated = scalar(root, "updated");
    const std::optional<Instant> until = read_updated(updated);
    if (!until)
        return Failure{Cause::not_found,
                       where + ": `updated` does not say when feediverse ran last" +
                           (updated.empty() ? "" : ": " + text::one_line(updated)),
                       "without it nothing is known of what was posted; `crier adopt` reads the account's "
                       "page instead"};
    moved.posted.until = *until;
    moved.notes.emplace_back("visibility: feediverse leaves it to the account's settings, this says public");
    moved.notes.emplace_back(
        "pictures: feediverse attaches every picture that an entry links to, crier those "
        "of the first kind that it has (`media: from`)");
    return moved;
}

} // namespace

Result<Moved> read_feediverse(const std::string& text, const std::string& where) {
    try {
        return read_tree(YAML::Load(text), where);
    } catch (const YAML::Exception& error) {
        // Not the text itself: a token stands in it.
        return Failure{Cause::config,
                       where + ":" + std::to_string(error.mark.line + 1) + ": it does not read as YAML"};
    }
}

} // namespace crier::moving
