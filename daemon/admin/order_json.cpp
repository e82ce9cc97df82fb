#include "admin/order_json.hpp"

#include <charconv>

namespace crier::admin {

namespace json = boost::json;

namespace {

Failure wrong(std::string_view field, std::string_view expected) {
    return Failure{Cause::usage, "`" + std::string{field} + "` must be " + std::string{expected}};
}

Result<std::string> text_field(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains({name.data(), name.size()});
    if (value == nullptr || value->is_null())
        return std::string{};
    if (!value->is_string())
        return wrong(name, "a string");
    return std::string{value->get_string()};
}

Result<std::vector<Media>> media_field(const json::object& object) {
    std::vector<Media> list;
    const json::value* value = object.if_contains("media");
    if (value == nullptr || value->is_null())
        return list;
    if (!value->is_array())
        return wrong("media", "a list of {file or url, alt}");
    for (const json::value& one : value->get_array()) {
        if (!one.is_object())
            return wrong("media", "a list of {file or url, alt}");
        const Result<std::string> file = text_field(one.get_object(), "file");
        const Result<std::string> url = text_field(one.get_object(), "url");
        const Result<std::string> alt = text_field(one.get_object(), "alt");
        if (!file || !url || !alt)
            return wrong("media", "a list of {file or url, alt}, all strings");
        if (file->empty() == url->empty() || (!file->empty() && file->front() != '/'))
            return wrong("media", "one absolute path (`file`) or one address (`url`) each");
        Media media;
        media.file = *file;
        media.url = *url;
        media.alt = *alt;
        list.push_back(std::move(media));
    }
    return list;
}

} // namespace

Result<engine::PostOrder> order_from_json(const json::object& object) {
    engine::PostOrder order;
    std::string visibility;
    std::string at;
    const std::pair<const char*, std::string*> texts[] = {
        {"account", &order.account}, {"text", &order.status},     {"spoiler_text", &order.spoiler_text},
        {"key", &order.key},         {"visibility", &visibility}, {"at", &at}};
    for (const auto& [name, target] : texts) {
        const Result<std::string> text = text_field(object, name);
        if (!text)
            return text.error();
        *target = *text;
    }
    if (const json::value* language = object.if_contains("language");
        language != nullptr && !language->is_null()) {
        const Result<std::string> text = text_field(object, "language");
        if (!text)
            return text.error();
        order.language = *text;
    }
    if (const json::value* sensitive = object.if_contains("sensitive");
        sensitive != nullptr && sensitive->is_bool())
        order.sensitive = sensitive->get_bool();
    if (!visibility.empty()) {
        order.visibility = parse_visibility(visibility);
        if (!order.visibility)
            return wrong("visibility", "public, unlisted, private or direct");
    }
    if (!at.empty()) {
        order.at = from_rfc3339(at);
        if (!order.at)
            return wrong("at", "a time such as 2026-12-24T18:00:00+01:00");
    }
    if (const json::value* origin = object.if_contains("origin"); origin != nullptr && origin->is_object()) {
        const Result<std::string> source = text_field(origin->get_object(), "source");
        const Result<std::string> item = text_field(origin->get_object(), "item");
        if (!source || !item || source->empty() || item->empty())
            return wrong("origin", "{source, item}");
        Origin of;
        of.kind = OriginKind::source;
        of.name = *source;
        of.item = *item;
        order.origin = std::move(of);
    }
    if (order.key.empty() && !order.origin)
        return wrong("key", "given: the same key never makes two posts");
    Result<std::vector<Media>> media = media_field(object);
    if (!media)
        return media.error();
    order.media = std::move(*media);
    return order;
}

json::object to_json(const engine::PostOrder& order) {
    json::object object;
    object["account"] = order.account;
    object["text"] = order.status;
    object["spoiler_text"] = order.spoiler_text;
    if (order.sensitive)
        object["sensitive"] = *order.sensitive;
    if (order.visibility)
        object["visibility"] = std::string{to_text(*order.visibility)};
    if (order.language)
        object["language"] = *order.language;
    if (order.at)
        object["at"] = to_rfc3339(*order.at);
    json::array media;
    for (const Media& one : order.media) {
        json::object entry;
        entry["file"] = one.file;
        entry["url"] = one.url;
        entry["alt"] = one.alt;
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

Result<PostQuery> query_from_parameters(const Query& parameters, Instant now) {
    PostQuery query;
    for (const auto& [name, value] : parameters) {
        if (name == "account") {
            query.account = value;
        } else if (name == "origin") {
            query.origin = value;
        } else if (name == "grep") {
            query.grep = value;
        } else if (name == "state") {
            const auto state = parse_post_state(value);
            if (!state)
                return wrong("state",
                             "waiting, ready, uploading, sending, retrying, doubt, held, published, failed, "
                             "expired, cancelled or deleted");
            query.states.push_back(*state);
        } else if (name == "since") {
            if (const auto when = from_rfc3339(value))
                query.since = *when;
            else if (const auto ago = parse_duration(value))
                query.since = now - *ago;
            else
                return wrong("since", "a time (2026-11-24T09:00:00Z) or how long ago (2h)");
        } else if (name == "limit") {
            std::size_t limit = 0;
            const auto read = std::from_chars(value.data(), value.data() + value.size(), limit);
            if (read.ec != std::errc{} || read.ptr != value.data() + value.size() || limit == 0 ||
                limit > 100000)
                return wrong("limit", "a number from 1 to 100000");
            query.limit = limit;
        }
    }
    return query;
}

} // namespace crier::admin
