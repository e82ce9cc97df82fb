#include "engine/profile_text.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>
#include <boost/json/value_to.hpp>

namespace crier::engine {

namespace json = boost::json;

std::string profile_to_text(const ServerProfile& profile) {
    json::object object;
    object["software"] = profile.software;
    object["version"] = profile.version;
    object["idempotent"] = profile.idempotent;
    object["locks_key"] = profile.locks_key;
    object["hides_attached"] = profile.hides_attached;
    object["max_characters"] = profile.max_characters;
    object["per_url"] = profile.per_url;
    object["max_media"] = profile.max_media;
    object["description_limit"] = profile.description_limit;
    object["image_size_limit"] = profile.image_size_limit;
    object["video_size_limit"] = profile.video_size_limit;
    object["image_pixels"] = profile.image_pixels;
    object["video_pixels"] = profile.video_pixels;
    object["video_frame_rate"] = profile.video_frame_rate;
    object["mime_types"] = json::value_from(profile.mime_types);
    object["poll_options"] = profile.polls.options;
    object["poll_characters"] = profile.polls.characters;
    object["poll_shortest"] = profile.polls.shortest.count();
    object["poll_longest"] = profile.polls.longest.count();
    object["poll_with_media"] = profile.polls.with_media;
    object["quotes"] = profile.quotes;
    object["quote_policies"] = profile.quote_policies;
    object["local_only"] = profile.local_only;
    object["edits"] = profile.edits;
    object["pins"] = profile.pins;
    object["content_types"] = json::value_from(profile.content_types);
    return json::serialize(object);
}

std::optional<ServerProfile> profile_from_text(std::string_view text) {
    boost::system::error_code error;
    const json::value value = json::parse({text.data(), text.size()}, error);
    if (error || !value.is_object())
        return std::nullopt;
    try {
        const json::object& object = value.get_object();
        ServerProfile profile;
        profile.known = true;
        profile.software = json::value_to<std::string>(object.at("software"));
        profile.version = json::value_to<std::string>(object.at("version"));
        profile.idempotent = object.at("idempotent").as_bool();
        profile.locks_key = object.at("locks_key").as_bool();
        profile.hides_attached = object.at("hides_attached").as_bool();
        profile.max_characters = object.at("max_characters").to_number<std::size_t>();
        profile.per_url = object.at("per_url").to_number<std::size_t>();
        profile.max_media = object.at("max_media").to_number<std::size_t>();
        profile.description_limit = object.at("description_limit").to_number<std::size_t>();
        profile.image_size_limit = object.at("image_size_limit").to_number<std::uint64_t>();
        profile.video_size_limit = object.at("video_size_limit").to_number<std::uint64_t>();
        profile.image_pixels = object.at("image_pixels").to_number<std::uint64_t>();
        profile.video_pixels = object.at("video_pixels").to_number<std::uint64_t>();
        profile.video_frame_rate = object.at("video_frame_rate").to_number<int>();
        profile.mime_types = json::value_to<std::vector<std::string>>(object.at("mime_types"));
        profile.polls.options = object.at("poll_options").to_number<std::size_t>();
        profile.polls.characters = object.at("poll_characters").to_number<std::size_t>();
        profile.polls.shortest = Duration{object.at("poll_shortest").to_number<std::int64_t>()};
        profile.polls.longest = Duration{object.at("poll_longest").to_number<std::int64_t>()};
        profile.polls.with_media = object.at("poll_with_media").as_bool();
        profile.quotes = object.at("quotes").as_bool();
        profile.quote_policies = object.at("quote_policies").as_bool();
        profile.local_only = object.at("local_only").as_bool();
        profile.edits = object.at("edits").as_bool();
        profile.pins = object.at("pins").as_bool();
        profile.content_types = json::value_to<std::vector<std::string>>(object.at("content_types"));
        return profile;
    } catch (const std::exception&) {
        return std::nullopt; // read anew from the server
    }
}

} // namespace crier::engine
