#include "store/content_text.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace crier::store {

namespace json = boost::json;

namespace {

std::string text(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains({name.data(), name.size()});
    return value != nullptr && value->is_string() ? std::string{value->get_string()} : std::string{};
}

bool flag(const json::object& object, std::string_view name, bool fallback) {
    const json::value* value = object.if_contains({name.data(), name.size()});
    return value != nullptr && value->is_bool() ? value->get_bool() : fallback;
}

json::object media_object(const Media& media) {
    json::object object;
    if (!media.file.empty())
        object["file"] = media.file;
    if (!media.url.empty())
        object["url"] = media.url;
    if (!media.copy.empty())
        object["copy"] = media.copy;
    object["alt"] = media.alt;
    if (!media.type.empty())
        object["type"] = media.type;
    if (!media.required)
        object["required"] = false;
    if (!media.server_id.empty()) {
        object["id"] = media.server_id;
        object["uploaded"] = media.uploaded.time_since_epoch().count();
        object["processed"] = media.processed;
        if (!media.witness.empty())
            object["witness"] = media.witness;
    }
    return object;
}

Media read_media(const json::object& object) {
    Media media;
    media.file = text(object, "file");
    media.url = text(object, "url");
    media.copy = text(object, "copy");
    media.alt = text(object, "alt");
    media.type = text(object, "type");
    media.required = flag(object, "required", true);
    media.server_id = text(object, "id");
    if (const json::value* uploaded = object.if_contains("uploaded");
        uploaded != nullptr && uploaded->is_int64())
        media.uploaded = Instant{Duration{uploaded->get_int64()}};
    media.processed = flag(object, "processed", false);
    media.witness = text(object, "witness");
    return media;
}

} // namespace

std::string content_to_text(const PostContent& content) {
    json::object object;
    object["status"] = content.status;
    if (!content.spoiler_text.empty())
        object["spoiler_text"] = content.spoiler_text;
    if (content.sensitive)
        object["sensitive"] = true;
    const std::string_view visibility = to_text(content.visibility);
    object["visibility"] = json::string{visibility.data(), visibility.size()};
    if (!content.language.empty())
        object["language"] = content.language;
    if (!content.in_reply_to.empty())
        object["in_reply_to"] = content.in_reply_to;
    if (!content.media.empty()) {
        json::array media;
        for (const Media& one : content.media)
            media.push_back(media_object(one));
        object["media"] = std::move(media);
    }
    return json::serialize(object);
}

bool content_from_text(std::string_view source, PostContent& content) {
    // What was accepted must read again, whatever its bytes: one post must not stop the others.
    json::parse_options lenient;
    lenient.allow_invalid_utf8 = true;
    boost::system::error_code error;
    const json::value value = json::parse({source.data(), source.size()}, error, {}, lenient);
    if (error || !value.is_object())
        return false;
    const json::object& object = value.get_object();
    content.status = text(object, "status");
    content.spoiler_text = text(object, "spoiler_text");
    content.sensitive = flag(object, "sensitive", false);
    content.visibility = parse_visibility(text(object, "visibility")).value_or(Visibility::direct);
    content.language = text(object, "language");
    content.in_reply_to = text(object, "in_reply_to");
    if (const json::value* media = object.if_contains("media"); media != nullptr && media->is_array())
        for (const json::value& one : media->get_array())
            if (one.is_object())
                content.media.push_back(read_media(one.get_object()));
    return true;
}

} // namespace crier::store
