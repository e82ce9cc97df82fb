#include "store/content_text.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

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

std::int64_t number(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains({name.data(), name.size()});
    return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

json::string as_json(std::string_view text) {
    return json::string{text.data(), text.size()};
}

json::array focus_array(const Focus& focus) {
    json::array both;
    both.push_back(json::value(focus.x));
    both.push_back(json::value(focus.y));
    return both;
}

std::optional<Focus> read_focus(const json::object& object) {
    const json::value* both = object.if_contains("focus");
    if (both == nullptr || !both->is_array() || both->get_array().size() != 2)
        return std::nullopt;
    boost::system::error_code error;
    Focus focus;
    focus.x = both->get_array()[0].to_number<double>(error);
    if (!error)
        focus.y = both->get_array()[1].to_number<double>(error);
    return error ? std::nullopt : std::optional{focus};
}

json::object poll_object(const Poll& poll) {
    json::object object;
    json::array options;
    for (const std::string& option : poll.options)
        options.push_back(json::value(option));
    object["options"] = std::move(options);
    object["open"] = poll.open.count();
    if (poll.multiple)
        object["multiple"] = true;
    if (poll.hide_totals)
        object["hide_totals"] = true;
    return object;
}

Poll read_poll(const json::object& object) {
    Poll poll;
    if (const json::value* options = object.if_contains("options"); options != nullptr && options->is_array())
        for (const json::value& option : options->get_array())
            if (option.is_string())
                poll.options.emplace_back(option.get_string());
    poll.open = Duration{number(object, "open")};
    poll.multiple = flag(object, "multiple", false);
    poll.hide_totals = flag(object, "hide_totals", false);
    return poll;
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
    if (media.focus)
        object["focus"] = focus_array(*media.focus);
    if (!media.thumbnail.empty())
        object["thumbnail"] = media.thumbnail;
    if (!media.thumbnail_copy.empty())
        object["thumbnail_copy"] = media.thumbnail_copy;
    if (media.strip_metadata)
        object["strip_metadata"] = true;
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
    media.focus = read_focus(object);
    media.thumbnail = text(object, "thumbnail");
    media.thumbnail_copy = text(object, "thumbnail_copy");
    media.strip_metadata = flag(object, "strip_metadata", false);
    media.required = flag(object, "required", true);
    media.server_id = text(object, "id");
    media.uploaded = Instant{Duration{number(object, "uploaded")}};
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
    object["visibility"] = as_json(to_text(content.visibility));
    if (!content.language.empty())
        object["language"] = content.language;
    if (!content.in_reply_to.empty())
        object["in_reply_to"] = content.in_reply_to;
    if (content.poll)
        object["poll"] = poll_object(*content.poll);
    if (!content.quote.empty())
        object["quote"] = content.quote;
    if (content.quote_policy != QuotePolicy::unsaid)
        object["quote_policy"] = as_json(to_text(content.quote_policy));
    if (!content.content_type.empty())
        object["content_type"] = content.content_type;
    if (content.local_only)
        object["local_only"] = true;
    if (content.pin)
        object["pin"] = true;
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
    if (const json::value* poll = object.if_contains("poll"); poll != nullptr && poll->is_object())
        content.poll = read_poll(poll->get_object());
    content.quote = text(object, "quote");
    content.quote_policy = parse_quote_policy(text(object, "quote_policy")).value_or(QuotePolicy::unsaid);
    content.content_type = text(object, "content_type");
    content.local_only = flag(object, "local_only", false);
    content.pin = flag(object, "pin", false);
    if (const json::value* media = object.if_contains("media"); media != nullptr && media->is_array())
        for (const json::value& one : media->get_array())
            if (one.is_object())
                content.media.push_back(read_media(one.get_object()));
    return true;
}

} // namespace crier::store
