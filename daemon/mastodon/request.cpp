#include "mastodon/request.hpp"

#include "core/ascii.hpp"
#include "core/text/plain.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <utility>

namespace crier::mastodon {

namespace json = boost::json;

namespace {

struct Type {
    std::string_view extension;
    std::string_view type;
};

constexpr Type types[] = {
    {"png", "image/png"},   {"jpg", "image/jpeg"},  {"jpeg", "image/jpeg"},     {"gif", "image/gif"},
    {"webp", "image/webp"}, {"avif", "image/avif"}, {"heic", "image/heic"},     {"heif", "image/heif"},
    {"mp4", "video/mp4"},   {"m4v", "video/mp4"},   {"mov", "video/quicktime"}, {"webm", "video/webm"},
    {"mp3", "audio/mpeg"},  {"ogg", "audio/ogg"},   {"oga", "audio/ogg"},       {"wav", "audio/wav"},
    {"flac", "audio/flac"}, {"opus", "audio/ogg"},  {"aac", "audio/aac"},       {"m4a", "audio/mp4"},
};

/// Without it Rails answers errors in HTML.
void ask_for_json(HttpRequest& request) {
    request.headers.emplace_back("Accept", "application/json");
}

std::string_view base_name(std::string_view path) {
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

/// With the dot; empty where there is none.
std::string_view extension_of(std::string_view path) {
    const std::string_view name = base_name(path);
    const auto dot = name.rfind('.');
    return dot == std::string_view::npos ? std::string_view{} : name.substr(dot);
}

/// The person's name for it, with the extension of what it is: some servers refuse what does not go together.
std::string name_to_send(const Media& media) {
    std::string name{base_name(media.file)};
    if (media.type.empty() || media_type_of(name) == media.type)
        return name;
    for (const Type& type : types)
        if (type.type == media.type)
            return name + "." + std::string{type.extension};
    return name;
}

/// "-0.25": with a point, whatever the locale.
std::string coordinate(double value) {
    std::array<char, 32> text{};
    constexpr int digits = 4;
    const auto end = std::to_chars(text.data(), text.data() + text.size(), std::clamp(value, -1.0, 1.0),
                                   std::chars_format::fixed, digits);
    return std::string{text.data(), end.ptr};
}

} // namespace

std::string media_type_of(std::string_view filename) {
    const auto dot = filename.rfind('.');
    if (dot != std::string_view::npos) {
        const std::string extension = ascii::lower(filename.substr(dot + 1));
        for (const Type& type : types)
            if (extension == type.extension)
                return std::string{type.type};
    }
    return "application/octet-stream";
}

namespace {

std::int64_t in_seconds(Duration duration) {
    return std::chrono::duration_cast<std::chrono::seconds>(duration).count();
}

/// "pt" for "pt-BR", and none for "gsw", where only two letters are taken.
std::string language_for(const ServerKind& kind, const std::string& language) {
    if (!kind.two_letter_languages)
        return language;
    const std::string primary = language.substr(0, language.find('-'));
    return primary.size() == 2 ? primary : std::string{};
}

json::object poll_of(const Poll& poll) {
    json::object object;
    json::array options;
    for (const std::string& option : poll.options)
        options.push_back(json::value(option));
    object["options"] = std::move(options);
    object["expires_in"] = in_seconds(poll.open);
    object["multiple"] = poll.multiple;
    object["hide_totals"] = poll.hide_totals;
    return object;
}

} // namespace

std::string status_body(const PostContent& content, const ServerKind& kind) {
    json::object body;
    body["status"] = content.status;
    if (!content.media.empty()) {
        json::array ids;
        for (const Media& media : content.media)
            ids.push_back(json::value(media.server_id));
        body["media_ids"] = std::move(ids);
    }
    // Whoever is named in a direct one is to see it, wherever they are.
    const bool local = content.local_only && content.visibility != Visibility::direct;
    const std::string_view visibility =
        local && kind.stays_here == StaysHere::visibility ? "local" : to_text(content.visibility);
    body["visibility"] = json::string{visibility.data(), visibility.size()};
    if (local && kind.stays_here == StaysHere::flag)
        body["local_only"] = true;
    if (!content.spoiler_text.empty())
        body["spoiler_text"] = content.spoiler_text;
    // With a warning it is in any case; Pixelfed drops the warning of what does not say so.
    if (content.sensitive || !content.spoiler_text.empty())
        body["sensitive"] = true;
    if (const std::string language = language_for(kind, content.language); !language.empty())
        body["language"] = language;
    if (!content.in_reply_to.empty())
        body["in_reply_to_id"] = content.in_reply_to;
    if (content.poll)
        body["poll"] = poll_of(*content.poll);
    if (!content.quote.empty()) {
        // Mastodon's word and the one that was in use before; whoever does not know one leaves it alone.
        body["quoted_status_id"] = content.quote;
        body["quote_id"] = content.quote;
    }
    if (content.quote_policy != QuotePolicy::unsaid) {
        const std::string_view policy = to_text(content.quote_policy);
        body["quote_approval_policy"] = json::string{policy.data(), policy.size()};
    }
    if (!content.content_type.empty())
        body["content_type"] = content.content_type;
    return json::serialize(body);
}

HttpRequest status_request(const std::string& server, const PostContent& content, const std::string& key,
                           const ServerKind& kind) {
    HttpRequest request{"POST", server + "/api/v1/statuses"};
    ask_for_json(request);
    request.headers.emplace_back("Content-Type", "application/json");
    if (!kind.spends_keys)
        request.headers.emplace_back("Idempotency-Key", key);
    request.body = status_body(content, kind);
    return request;
}

namespace {

std::string status_path(const std::string& status_id) {
    return "/api/v1/statuses/" + text::url_encode(status_id);
}

/// "0.5,-0.25": never with a comma for the point, whatever the locale.
std::string focus_of(const Focus& focus) {
    const auto number = [](double value) {
        std::array<char, 32> text{};
        const auto end =
            std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, 4).ptr;
        return std::string{text.data(), end};
    };
    return number(focus.x) + "," + number(focus.y);
}

std::string edit_body(const PostContent& content, const ServerKind& kind) {
    json::object body;
    body["status"] = content.status;
    body["spoiler_text"] = content.spoiler_text;
    body["sensitive"] = content.sensitive || !content.spoiler_text.empty(); // as when it was made
    if (const std::string language = language_for(kind, content.language); !language.empty())
        body["language"] = language;
    json::array ids;
    json::array attributes;
    for (const Media& media : content.media) {
        ids.push_back(json::value(media.server_id));
        json::object described;
        described["id"] = media.server_id;
        described["description"] = media.alt;
        if (media.focus)
            described["focus"] = focus_of(*media.focus);
        attributes.push_back(std::move(described));
    }
    if (!attributes.empty())
        body["media_attributes"] = std::move(attributes);
    body["media_ids"] = std::move(ids);
    if (content.poll)
        body["poll"] = poll_of(*content.poll);
    if (!content.content_type.empty())
        body["content_type"] = content.content_type;
    if (content.quote_policy != QuotePolicy::unsaid) {
        const std::string_view policy = to_text(content.quote_policy);
        body["quote_approval_policy"] = json::string{policy.data(), policy.size()};
    }
    return json::serialize(body);
}

} // namespace

HttpRequest edit_request(const std::string& server, const std::string& status_id, const PostContent& content,
                         const ServerKind& kind) {
    HttpRequest request{"PUT", server + status_path(status_id)};
    ask_for_json(request);
    request.headers.emplace_back("Content-Type", "application/json");
    request.body = edit_body(content, kind);
    return request;
}

HttpRequest pin_request(const std::string& server, const std::string& status_id, bool pin) {
    HttpRequest request{"POST", server + status_path(status_id) + (pin ? "/pin" : "/unpin")};
    ask_for_json(request);
    return request;
}

HttpRequest remove_request(const std::string& server, const std::string& status_id) {
    HttpRequest request{"DELETE", server + status_path(status_id)};
    ask_for_json(request);
    return request;
}

HttpRequest media_request(const std::string& server, const std::string& path, const Media& media) {
    HttpRequest request{"POST", server + path};
    ask_for_json(request);
    HttpPart file;
    file.name = "file";
    file.file = media.to_send();
    file.filename = name_to_send(media);
    const bool said = !media.type.empty() && media.type != "application/octet-stream";
    file.content_type = said ? media.type : media_type_of(media.file);
    request.parts.push_back(std::move(file));
    if (!media.alt.empty()) {
        HttpPart description;
        description.name = "description";
        description.value = media.alt;
        request.parts.push_back(std::move(description));
    }
    if (media.focus) {
        HttpPart focus;
        focus.name = "focus";
        focus.value = coordinate(media.focus->x) + "," + coordinate(media.focus->y);
        request.parts.push_back(std::move(focus));
    }
    if (!media.thumbnail.empty()) {
        HttpPart thumbnail;
        thumbnail.name = "thumbnail";
        thumbnail.file = media.thumbnail_copy.empty() ? media.thumbnail : media.thumbnail_copy;
        thumbnail.content_type = media_type_of(thumbnail.file);
        thumbnail.filename = "thumbnail" + std::string{extension_of(thumbnail.file)};
        request.parts.push_back(std::move(thumbnail));
    }
    return request;
}

HttpRequest media_state_request(const std::string& server, const std::string& media_id) {
    return get_request(server, "/api/v1/media/" + text::url_encode(media_id));
}

HttpRequest get_request(const std::string& server, const std::string& path) {
    HttpRequest request{"GET", server + path};
    ask_for_json(request);
    return request;
}

} // namespace crier::mastodon
