#include "mastodon/reply.hpp"

#include "mastodon/servers.hpp"

#include <boost/json/parse.hpp>

#include <utility>

namespace crier::mastodon {

namespace json = boost::json;

namespace {

constexpr std::size_t longest_text = 300;

std::optional<json::value> parse(std::string_view body) {
    boost::system::error_code error;
    json::value value = json::parse({body.data(), body.size()}, error);
    if (error)
        return std::nullopt;
    return value;
}

const json::value* field(const json::value& value, std::string_view name) {
    return value.is_object() ? value.get_object().if_contains({name.data(), name.size()}) : nullptr;
}

/// Down a path of names; null where it ends early.
const json::value* at(const json::value& value, std::initializer_list<std::string_view> path) {
    const json::value* found = &value;
    for (const std::string_view name : path) {
        found = field(*found, name);
        if (found == nullptr)
            return nullptr;
    }
    return found;
}

std::string text(const json::value* value) {
    return value != nullptr && value->is_string() ? std::string{value->get_string()} : std::string{};
}

template <class Number>
void read_number(const json::value* value, Number& number) {
    if (value == nullptr)
        return;
    boost::system::error_code error;
    const auto read = value->is_number() ? value->to_number<Number>(error) : Number{};
    if (value->is_number() && !error && read > 0)
        number = read;
}

/// Ids are strings by the API; a server that sends a number means the same.
std::string id_of(const json::value* value) {
    if (value != nullptr && value->is_int64())
        return std::to_string(value->get_int64());
    return text(value);
}

std::string bounded_line(std::string_view words) {
    std::string line;
    for (const char c : words) {
        if (line.size() >= longest_text && (static_cast<unsigned char>(c) & 0xc0U) != 0x80U) {
            line += "…";
            break;
        }
        const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
        if (!control)
            line += c;
        else if (!line.empty() && line.back() != ' ')
            line += ' ';
    }
    while (!line.empty() && line.back() == ' ')
        line.pop_back();
    return line;
}

std::string html_title(std::string_view body) {
    const auto open = body.find("<title>");
    if (open == std::string_view::npos)
        return {};
    const auto begin = open + 7;
    const auto end = body.find('<', begin);
    return end == std::string_view::npos ? std::string{} : std::string{body.substr(begin, end - begin)};
}

} // namespace

std::optional<PublishedStatus> read_status(std::string_view body) {
    const auto value = parse(body);
    if (!value)
        return std::nullopt;
    PublishedStatus status;
    status.id = id_of(field(*value, "id"));
    // A ScheduledStatus has `params` and no `uri` or `content`: nothing is published yet.
    const bool is_status = field(*value, "uri") != nullptr || field(*value, "content") != nullptr;
    if (status.id.empty() || !is_status)
        return std::nullopt;
    status.url = text(field(*value, "url"));
    if (status.url.empty())
        status.url = text(field(*value, "uri"));
    status.visibility = text(field(*value, "visibility"));
    status.account_id = id_of(at(*value, {"account", "id"}));
    status.account_name = text(at(*value, {"account", "acct"}));
    if (status.account_name.empty())
        status.account_name = text(at(*value, {"account", "username"}));
    // Of one's own server the name stands alone; some say the server too.
    status.account_name = status.account_name.substr(0, status.account_name.find('@'));
    if (const json::value* media = field(*value, "media_attachments"); media != nullptr && media->is_array())
        status.media = media->get_array().size();
    status.created = from_rfc3339(text(field(*value, "created_at")));
    return status;
}

std::optional<Attachment> read_attachment(std::string_view body) {
    const auto value = parse(body);
    if (!value)
        return std::nullopt;
    Attachment attachment;
    attachment.id = id_of(field(*value, "id"));
    if (attachment.id.empty())
        return std::nullopt;
    attachment.processed = !text(field(*value, "url")).empty();
    return attachment;
}

std::optional<ServerProfile> read_instance(std::string_view body) {
    const auto value = parse(body);
    if (!value || !value->is_object())
        return std::nullopt;
    const std::string version = text(field(*value, "version"));
    if (version.empty() && field(*value, "configuration") == nullptr)
        return std::nullopt;
    ServerProfile profile;
    read_number(field(*value, "max_toot_chars"), profile.max_characters); // old GoToSocial and Pleroma
    const json::value* configuration = field(*value, "configuration");
    const json::value none;
    const json::value& says = configuration != nullptr ? *configuration : none;
    read_number(at(says, {"statuses", "max_characters"}), profile.max_characters);
    read_number(at(says, {"statuses", "max_media_attachments"}), profile.max_media);
    read_number(at(says, {"statuses", "characters_reserved_per_url"}), profile.per_url);
    read_number(at(says, {"media_attachments", "description_limit"}), profile.description_limit);
    read_number(at(says, {"media_attachments", "image_size_limit"}), profile.image_size_limit);
    read_number(at(says, {"media_attachments", "video_size_limit"}), profile.video_size_limit);
    const json::value* types = at(says, {"media_attachments", "supported_mime_types"});
    if (types != nullptr && types->is_array())
        for (const json::value& type : types->get_array())
            if (type.is_string())
                profile.mime_types.emplace_back(type.get_string());
    apply_kind(profile, version, text(field(*value, "source_url")));
    return profile;
}

std::string error_text(const HttpResponse& response) {
    if (const auto value = parse(response.body)) {
        std::string words = text(field(*value, "error"));
        const std::string more = text(field(*value, "error_description"));
        if (!more.empty())
            words += (words.empty() ? "" : ": ") + more;
        return bounded_line(words);
    }
    return bounded_line(html_title(response.body));
}

} // namespace crier::mastodon
