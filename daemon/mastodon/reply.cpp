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

constexpr std::uint64_t most_pixels = std::uint64_t{1} << 40U;
constexpr std::size_t most_options = 1000;
constexpr std::int64_t most_seconds = std::int64_t{100} * 366 * 86400;

template <class Number>
void read_number(const json::value* value, Number& number, Number most) {
    if (value == nullptr)
        return;
    boost::system::error_code error;
    const auto read = value->is_number() ? value->to_number<Number>(error) : Number{};
    if (value->is_number() && !error && read > 0)
        number = std::min(read, most);
}

void read_seconds(const json::value* value, Duration& duration) {
    std::int64_t seconds = 0;
    read_number(value, seconds, most_seconds);
    if (seconds > 0)
        duration = std::chrono::seconds{seconds};
}

std::vector<std::string> read_texts(const json::value* value, std::size_t most) {
    std::vector<std::string> texts;
    if (value != nullptr && value->is_array())
        for (const json::value& one : value->get_array())
            if (one.is_string() && texts.size() < most)
                texts.emplace_back(one.get_string());
    return texts;
}

void read_polls(const json::value* says, std::string_view option_characters, PollLimits& polls) {
    if (says == nullptr)
        return;
    read_number(at(*says, {"max_options"}), polls.options, most_options);
    read_number(at(*says, {option_characters}), polls.characters, most_characters);
    read_seconds(at(*says, {"min_expiration"}), polls.shortest);
    read_seconds(at(*says, {"max_expiration"}), polls.longest);
}

void read_media_limits(const json::value* says, ServerProfile& profile) {
    if (says == nullptr)
        return;
    read_number(at(*says, {"description_limit"}), profile.description_limit, most_characters);
    read_number(at(*says, {"image_size_limit"}), profile.image_size_limit, most_bytes);
    read_number(at(*says, {"video_size_limit"}), profile.video_size_limit, most_bytes);
    read_number(at(*says, {"image_matrix_limit"}), profile.image_pixels, most_pixels);
    read_number(at(*says, {"video_matrix_limit"}), profile.video_pixels, most_pixels);
    read_number(at(*says, {"video_frame_rate_limit"}), profile.video_frame_rate, 10'000);
    profile.mime_types = read_texts(at(*says, {"supported_mime_types"}), 1000);
}

/// Glitch and GoToSocial say them with the statuses, Pleroma's family among its own.
std::vector<std::string> read_content_types(const json::value& document, const json::value& configuration) {
    std::vector<std::string> types = read_texts(at(configuration, {"statuses", "supported_mime_types"}), 20);
    if (types.empty())
        types = read_texts(at(document, {"pleroma", "metadata", "post_formats"}), 20);
    types.erase(std::remove(types.begin(), types.end(), "text/plain"), types.end());
    return types;
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
    if (const json::value* poll = at(*value, {"poll"}); poll != nullptr)
        status.poll = poll->is_object();
    if (const json::value* sensitive = at(*value, {"sensitive"}); sensitive != nullptr)
        status.sensitive = sensitive->is_bool() && sensitive->get_bool();
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
    profile.known = true;
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
    read_media_limits(at(says, {"media_attachments"}), profile);
    read_polls(at(*value, {"poll_limits"}), "max_option_chars", profile.polls);
    read_polls(at(says, {"polls"}), "max_characters_per_option", profile.polls);
    profile.content_types = read_content_types(*value, says);
    std::string marks = text_of(at(*value, {"source_url"}));
    // GoToSocial's version is a bare number, and its v1 document has no address of the source.
    if (at(says, {"accounts", "allow_custom_css"}) != nullptr ||
        at(says, {"emojis", "emoji_size_limit"}) != nullptr)
        marks += " gotosocial";
    apply_kind(profile, version, marks);
    const ServerKind& kind = kind_named(profile.software);
    if (kind.alt_limit > 0 && at(*value, {"description_limit"}) == nullptr &&
        at(says, {"media_attachments", "description_limit"}) == nullptr)
        profile.description_limit = kind.alt_limit;
    // Mastodon's bounds hold for Mastodon; of others only what they say.
    const bool mastodon = kind.is_mastodon;
    if (!mastodon && at(says, {"media_attachments", "image_matrix_limit"}) == nullptr)
        profile.image_pixels = 0;
    if (!mastodon && at(says, {"media_attachments", "video_matrix_limit"}) == nullptr)
        profile.video_pixels = 0;
    if (!mastodon && at(says, {"media_attachments", "video_frame_rate_limit"}) == nullptr)
        profile.video_frame_rate = 0;
    return profile;
}

} // namespace crier::mastodon
