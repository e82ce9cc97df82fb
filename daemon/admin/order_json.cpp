#include "admin/order_json.hpp"

#include "admin/fields.hpp"
#include "admin/forms_json.hpp"
#include "core/ascii.hpp"

#include <boost/json/value_from.hpp>

#include <charconv>
#include <utility>

namespace crier::admin {

namespace json = boost::json;

namespace {

/// Of a post by hand; it stands in its row and in each list.
constexpr std::size_t most_key = 1000;

constexpr std::string_view media_shape = "a list of {file, url or upload, alt}";

void read_media(Fields& order, engine::PostOrder& into) {
    const json::array* list = order.list("media", media_shape);
    if (list == nullptr)
        return;
    for (const json::value& one : *list) {
        if (!one.is_object())
            return order.refuse("media", media_shape);
        Fields fields{one.get_object()};
        Media media;
        media.file = fields.text("file");
        media.url = fields.text("url");
        const std::string upload = fields.text("upload");
        media.alt = fields.text("alt");
        read_media_forms(fields, media);
        if (const Result<> done = fields.done(); !done)
            return order.refuse(
                Failure{Cause::usage, "in `media`: " + done.error().message, done.error().hint});
        const bool relative = !media.file.empty() && media.file.front() != '/';
        const int given =
            (media.file.empty() ? 0 : 1) + (media.url.empty() ? 0 : 1) + (upload.empty() ? 0 : 1);
        if (given != 1 || relative)
            return order.refuse("media",
                                "one absolute path (`file`), one address (`url`) or one file that was "
                                "sent before (`upload`) each");
        const std::string scheme = ascii::lower(media.url.substr(0, 8));
        if (!media.url.empty() && !scheme.starts_with("https://") && !scheme.starts_with("http://"))
            return order.refuse(Failure{Cause::usage, "in `media`: `url` begins with https:// or http://",
                                        "`file` is for a file of this machine, by its absolute path"});
        if (!upload.empty())
            into.uploads.emplace_back(into.media.size(), upload);
        into.media.push_back(std::move(media));
    }
}

/// More are a slip of the hand, or spam.
constexpr std::size_t most_further = 99;

void read_further(Fields& order, std::vector<std::string>& into) {
    constexpr std::string_view shape = "a list of texts, 99 at most: the posts of a thread behind `text`";
    const json::array* list = order.list("further", shape);
    if (list == nullptr)
        return;
    if (list->size() > most_further)
        return order.refuse("further", shape);
    for (const json::value& one : *list) {
        if (!one.is_string())
            return order.refuse("further", shape);
        into.emplace_back(one.get_string());
    }
}

std::optional<Origin> read_origin(Fields& order) {
    const json::object* object = order.object("origin", "{source, item}");
    if (object == nullptr)
        return std::nullopt;
    Fields fields{*object};
    Origin origin;
    origin.kind = OriginKind::source;
    origin.name = fields.text("source");
    origin.item = fields.text("item");
    if (!fields.done() || origin.name.empty() || origin.item.empty())
        order.refuse("origin", "{source, item}");
    return origin;
}

/// "blog", "source:blog", or "manual".
void read_origin_name(const std::string& text, PostQuery& query) {
    if (text == to_text(OriginKind::manual)) { // as the lists have it: those have no name
        query.origin_kind = OriginKind::manual;
        return;
    }
    const auto colon = text.find(':');
    if (colon != std::string::npos)
        query.origin_kind = parse_origin_kind(text.substr(0, colon));
    query.origin = query.origin_kind ? text.substr(colon + 1) : text;
}

std::optional<Visibility> read_visibility(Fields& fields, const std::string& said) {
    const auto visibility = parse_visibility(said);
    if (!visibility)
        fields.refuse("visibility", "public, unlisted, private or direct");
    return visibility;
}

Result<std::size_t> read_limit(std::string_view name, std::string_view text, std::size_t most) {
    std::size_t limit = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), limit);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || limit == 0 || limit > most)
        return wrong_field(name, "a number from 1 to " + std::to_string(most));
    return limit;
}

/// "1764374400000000.17": the due time and the number of a post.
std::optional<PostCursor> read_cursor(std::string_view text) {
    const auto dot = text.find('.');
    if (dot == std::string_view::npos)
        return std::nullopt;
    std::int64_t due = 0;
    const std::string_view before = text.substr(0, dot);
    const auto read = std::from_chars(before.data(), before.data() + before.size(), due);
    const auto id = parse_post_id(text.substr(dot + 1));
    if (read.ec != std::errc{} || read.ptr != before.data() + before.size() || !id)
        return std::nullopt;
    return PostCursor{Instant{Duration{due}}, *id};
}

} // namespace

std::string cursor_text(const Post& last) {
    return std::to_string(last.due.time_since_epoch().count()) + '.' + std::to_string(last.id);
}

Result<engine::PostOrder> draft_from_json(const json::object& object) {
    Fields fields{object};
    engine::PostOrder order;
    order.account = fields.text("account");
    order.status = fields.text("text");
    order.spoiler_text = fields.text("spoiler_text");
    order.sensitive = fields.flag("sensitive");
    if (const std::string visibility = fields.text("visibility"); !visibility.empty())
        order.visibility = read_visibility(fields, visibility);
    order.language = fields.text_if_given("language");
    if (const std::string at = fields.text("at"); !at.empty()) {
        order.at = from_rfc3339(at);
        if (!order.at)
            fields.refuse("at", "a time such as 2026-12-24T18:00:00+01:00");
    }
    read_forms(fields, order);
    read_further(fields, order.further);
    read_media(fields, order);
    order.key = fields.text("key");
    if (order.key.size() > most_key)
        fields.refuse("key", "of " + std::to_string(most_key) + " bytes at most");
    order.origin = read_origin(fields);
    if (const Result<> done = fields.done(); !done)
        return done.error();
    return order;
}

Result<engine::PostOrder> order_from_json(const json::object& object) {
    Result<engine::PostOrder> order = draft_from_json(object);
    if (order && order->key.empty() && !order->origin)
        return wrong_field("key", "given: the same key never makes two posts");
    return order;
}

json::object to_json(const engine::PostOrder& order) {
    json::object object;
    object["account"] = order.account;
    object["text"] = order.status;
    if (!order.further.empty())
        object["further"] = json::value_from(order.further);
    object["spoiler_text"] = order.spoiler_text;
    if (order.sensitive)
        object["sensitive"] = *order.sensitive;
    if (order.visibility)
        object["visibility"] = std::string{to_text(*order.visibility)};
    if (order.language)
        object["language"] = *order.language;
    add_forms(object, order);
    if (order.at)
        object["at"] = to_rfc3339(*order.at);
    json::array media;
    for (const Media& one : order.media) {
        json::object entry;
        entry["file"] = one.file;
        entry["url"] = one.url;
        entry["alt"] = one.alt;
        add_media_forms(entry, one);
        media.push_back(std::move(entry));
    }
    object["media"] = std::move(media);
    object["key"] = order.key;
    if (order.origin) {
        json::object origin;
        origin["source"] = order.origin->name;
        origin["item"] = order.origin->item;
        object["origin"] = std::move(origin);
    }
    return object;
}

Result<engine::AdoptOrder> adopt_from_json(const json::object& object) {
    Fields fields{object};
    engine::AdoptOrder order;
    order.account = fields.text("account");
    order.source = fields.text("source");
    constexpr std::string_view shape = "a list of {link, text}, 500 at most";
    const json::array* list = fields.list("links", shape);
    if (list == nullptr || list->size() > engine::most_adopted) {
        fields.refuse("links", shape);
        list = nullptr;
    }
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
        if (!(*list)[i].is_object()) {
            fields.refuse("links", shape);
            break;
        }
        Fields one{(*list)[i].get_object()};
        engine::AdoptOrder::Link link;
        link.link = one.text("link");
        link.words = one.text("text");
        if (const Result<> done = one.done(); !done || link.link.empty())
            fields.refuse("links", shape);
        order.links.push_back(std::move(link));
    }
    if (const Result<> done = fields.done(); !done)
        return done.error();
    return order;
}

namespace {

void read_alts(Fields& edit, engine::PostEdit& into) {
    constexpr std::string_view shape = "a list of {media: which one, from 1 on, alt}";
    const json::array* list = edit.list("alts", shape);
    if (list == nullptr)
        return;
    for (const json::value& one : *list) {
        const json::value* number = one.is_object() ? one.get_object().if_contains("media") : nullptr;
        const json::value* alt = one.is_object() ? one.get_object().if_contains("alt") : nullptr;
        const bool good = number != nullptr && number->is_int64() && number->get_int64() > 0 &&
                          alt != nullptr && alt->is_string() && one.get_object().size() == 2;
        if (!good)
            return edit.refuse("alts", shape);
        into.alts.emplace_back(static_cast<std::size_t>(number->get_int64()), std::string{alt->get_string()});
    }
}

} // namespace

Result<engine::PostEdit> edit_from_json(const json::object& object) {
    Fields fields{object};
    engine::PostEdit edit;
    edit.version = fields.whole("version");
    edit.status = fields.text_if_given("text");
    edit.spoiler_text = fields.text_if_given("spoiler_text");
    edit.language = fields.text_if_given("language");
    if (const auto visibility = fields.text_if_given("visibility"))
        edit.visibility = read_visibility(fields, *visibility);
    read_alts(fields, edit);
    if (const Result<> done = fields.done(); !done)
        return done.error();
    return edit;
}

Result<engine::PostEdit> reschedule_from_json(const json::object& object, Instant now) {
    Fields fields{object};
    const std::string at = fields.text("at");
    engine::PostEdit edit;
    edit.version = fields.whole("version");
    if (const Result<> done = fields.done(); !done)
        return done.error();
    edit.due = parse_ahead(at, now);
    if (!edit.due)
        return wrong_field(
            "at", "a time with its zone (2026-12-24T18:00:00+01:00), how long from now (2h), or now");
    return edit;
}

Result<PostQuery> query_from_parameters(const Query& parameters, Instant now) {
    PostQuery query;
    for (const auto& [name, value] : parameters) {
        if (name == "account") {
            query.account = value;
        } else if (name == "origin") {
            read_origin_name(value, query);
        } else if (name == "reason") {
            query.code = parse_reason_code(value);
            if (!query.code)
                return wrong_field("reason", "a code as `crier outbox list --json` shows it: fuse, approval, "
                                             "refused, ...");
        } else if (name == "grep") {
            query.grep = value;
        } else if (name == "state") {
            const auto state = parse_post_state(value);
            if (!state)
                return wrong_field("state", "waiting, ready, uploading, sending, retrying, doubt, held, "
                                            "published, failed, expired, cancelled or deleted");
            query.states.push_back(*state);
        } else if (name == "since") {
            query.since = parse_past(value, now);
            if (!query.since)
                return wrong_field("since", "a time (2026-11-24T09:00:00Z) or how long ago (2h)");
        } else if (name == "status_id") {
            query.status_ids.push_back(value);
        } else if (name == "order") {
            if (value != "due" && value != "newest")
                return wrong_field("order", "due or newest");
            query.oldest_first = value == "due";
        } else if (name == "limit") {
            const Result<std::size_t> limit = read_limit("limit", value, most_listed);
            if (!limit)
                return limit.error();
            query.limit = *limit;
        } else if (name == "after") {
            query.after = read_cursor(value);
            if (!query.after)
                return wrong_field("after", "what the answer before said under `after`");
        } else {
            return unknown_name("parameter", name,
                                {"account", "origin", "reason", "grep", "state", "status_id", "since",
                                 "order", "limit", "after"});
        }
    }
    return query;
}

Result<PostQuery> filter_from_parameters(const Query& parameters, Instant now) {
    for (const auto& [name, value] : parameters)
        if (value.empty() || name == "limit" || name == "order" || name == "after")
            return wrong_field(name, value.empty() ? "given" : "left out: all that fit are meant");
    if (parameters.empty())
        return Failure{Cause::usage, "say which posts", "by number, or ?state=held&origin=blog"};
    return query_from_parameters(parameters, now);
}

Result<std::size_t> next_count_from_parameters(const Query& parameters) {
    std::size_t count = 10;
    for (const auto& [name, value] : parameters) {
        if (name != "n")
            return unknown_name("parameter", name, {"n"});
        const Result<std::size_t> n = read_limit("n", value, 1000);
        if (!n)
            return n.error();
        count = *n;
    }
    return count;
}

} // namespace crier::admin
