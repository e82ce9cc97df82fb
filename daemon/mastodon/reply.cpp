#include "mastodon/reply.hpp"

#include "core/scopes.hpp"
#include "mastodon/json.hpp"
#include "mastodon/servers.hpp"
#include "mastodon/words.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <utility>

namespace crier::mastodon {

namespace json = boost::json;

namespace {

/// The most that is believed of a limit; beyond it memory would be promised on somebody's word.
constexpr std::size_t most_characters = 1'000'000;
constexpr std::size_t most_media = 100;
constexpr std::size_t most_per_url = 1000;
constexpr std::uint64_t most_bytes = std::uint64_t{4} << 30U;

template <class Number>
void read_number(const json::value* value, Number& number, Number most) {
    if (value == nullptr)
        return;
    boost::system::error_code error;
    const auto read = value->is_number() ? value->to_number<Number>(error) : Number{};
    if (value->is_number() && !error && read > 0)
        number = std::min(read, most);
}

} // namespace

std::optional<PublishedStatus> read_status(std::string_view body) {
    const auto value = parse_json(body);
    if (!value)
        return std::nullopt;
    PublishedStatus status;
    status.id = id_of(at(*value, {"id"}));
    // A ScheduledStatus has `params` and no `uri` or `content`: nothing is published yet.
    const bool is_status = at(*value, {"uri"}) != nullptr || at(*value, {"content"}) != nullptr;
    if (status.id.empty() || !is_status)
        return std::nullopt;
    status.url = text_of(at(*value, {"url"}));
    if (status.url.empty())
        status.url = text_of(at(*value, {"uri"}));
    status.visibility = text_of(at(*value, {"visibility"}));
    status.account_id = id_of(at(*value, {"account", "id"}));
    status.account_name = text_of(at(*value, {"account", "acct"}));
    if (status.account_name.empty())
        status.account_name = text_of(at(*value, {"account", "username"}));
    // Of one's own server the name stands alone; some say the server too.
    status.account_name = status.account_name.substr(0, status.account_name.find('@'));
    if (const json::value* media = at(*value, {"media_attachments"}); media != nullptr && media->is_array())
        status.media = media->get_array().size();
    status.created = from_rfc3339(text_of(at(*value, {"created_at"})));
    status.application = text_of(at(*value, {"application", "name"}));
    return status;
}

std::optional<Attachment> read_attachment(std::string_view body) {
    const auto value = parse_json(body);
    if (!value)
        return std::nullopt;
    Attachment attachment;
    attachment.id = id_of(at(*value, {"id"}));
    if (attachment.id.empty())
        return std::nullopt;
    attachment.has_address = !text_of(at(*value, {"url"})).empty();
    return attachment;
}

std::vector<std::string> read_scopes(std::string_view body) {
    std::vector<std::string> scopes;
    const auto value = parse_json(body);
    const json::value* list = value ? at(*value, {"scopes"}) : nullptr;
    if (list != nullptr && list->is_array())
        for (const json::value& scope : list->get_array())
            for (std::string& word : parse_scopes(text_of(&scope))) // some write all of them into one
                if (scopes.size() < 100)
                    scopes.push_back(std::move(word));
    return scopes;
}

std::string read_application(std::string_view body) {
    const auto value = parse_json(body);
    return value ? bounded_line(text_of(at(*value, {"name"}))) : std::string{};
}

std::optional<ServerProfile> read_instance(std::string_view body) {
    const auto value = parse_json(body);
    if (!value || !value->is_object())
        return std::nullopt;
    const std::string version = text_of(at(*value, {"version"}));
    if (version.empty() && at(*value, {"configuration"}) == nullptr)
        return std::nullopt;
    ServerProfile profile;
    // Pleroma's family says these at the top, and older servers nowhere else.
    read_number(at(*value, {"max_toot_chars"}), profile.max_characters, most_characters);
    read_number(at(*value, {"max_media_attachments"}), profile.max_media, most_media);
    read_number(at(*value, {"description_limit"}), profile.description_limit, most_characters);
    read_number(at(*value, {"upload_limit"}), profile.image_size_limit, most_bytes);
    read_number(at(*value, {"upload_limit"}), profile.video_size_limit, most_bytes);
    const json::value* configuration = at(*value, {"configuration"});
    const json::value none;
    const json::value& says = configuration != nullptr ? *configuration : none;
    read_number(at(says, {"statuses", "max_characters"}), profile.max_characters, most_characters);
    read_number(at(says, {"statuses", "max_media_attachments"}), profile.max_media, most_media);
    read_number(at(says, {"statuses", "characters_reserved_per_url"}), profile.per_url, most_per_url);
    read_number(at(says, {"media_attachments", "description_limit"}), profile.description_limit,
                most_characters);
    read_number(at(says, {"media_attachments", "image_size_limit"}), profile.image_size_limit, most_bytes);
    read_number(at(says, {"media_attachments", "video_size_limit"}), profile.video_size_limit, most_bytes);
    const json::value* types = at(says, {"media_attachments", "supported_mime_types"});
    if (types != nullptr && types->is_array())
        for (const json::value& type : types->get_array())
            if (type.is_string())
                profile.mime_types.emplace_back(type.get_string());
    std::string marks = text_of(at(*value, {"source_url"}));
    // GoToSocial's version is a bare number, and its v1 document has no address of the source.
    if (at(says, {"accounts", "allow_custom_css"}) != nullptr ||
        at(says, {"emojis", "emoji_size_limit"}) != nullptr)
        marks += " gotosocial";
    apply_kind(profile, version, marks);
    return profile;
}

} // namespace crier::mastodon
