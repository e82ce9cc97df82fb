#include "engine/profile_text.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>
#include <boost/json/value_to.hpp>

namespace crier::engine {

namespace json = boost::json;

namespace {

using text::LengthUnit;

std::string_view unit_name(LengthUnit unit) {
    switch (unit) {
    case LengthUnit::code_point:
        return "code_point";
    case LengthUnit::utf16:
        return "utf16";
    case LengthUnit::grapheme:
        break;
    }
    return "grapheme";
}

/// How it counts was not always kept. Where links counted in full, all else did: the larger number will do
/// until the server is asked again.
void read_counting(const json::object& object, ServerProfile& profile) {
    const bool in_full = profile.per_url == 0;
    profile.length_unit = in_full ? LengthUnit::code_point : LengthUnit::grapheme;
    profile.local_mentions = !in_full;
    if (const json::value* unit = object.if_contains("length_unit"))
        for (const LengthUnit one : {LengthUnit::grapheme, LengthUnit::code_point, LengthUnit::utf16})
            if (unit->as_string() == unit_name(one))
                profile.length_unit = one;
    if (const json::value* mentions = object.if_contains("local_mentions"))
        profile.local_mentions = mentions->as_bool();
    if (const json::value* warning = object.if_contains("counts_warning"))
        profile.counts_warning = warning->as_bool();
}

} // namespace

std::string profile_to_text(const ServerProfile& profile) {
    json::object object;
    object["software"] = profile.software;
    object["version"] = profile.version;
    object["idempotent"] = profile.idempotent;
    object["locks_key"] = profile.locks_key;
    object["keeps_errors"] = profile.keeps_errors;
    object["hides_attached"] = profile.hides_attached;
    object["max_characters"] = profile.max_characters;
    object["per_url"] = profile.per_url;
    object["length_unit"] = unit_name(profile.length_unit);
    object["local_mentions"] = profile.local_mentions;
    object["counts_warning"] = profile.counts_warning;
    object["max_media"] = profile.max_media;
    object["films_alone"] = profile.films_alone;
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
    object["needs_media"] = profile.needs_media;
    object["local_mark"] = profile.local_mark;
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
        profile.keeps_errors = object.at("keeps_errors").as_bool();
        profile.hides_attached = object.at("hides_attached").as_bool();
        profile.max_characters = object.at("max_characters").to_number<std::size_t>();
        profile.per_url = object.at("per_url").to_number<std::size_t>();
        read_counting(object, profile);
        profile.max_media = object.at("max_media").to_number<std::size_t>();
        profile.films_alone = object.at("films_alone").as_bool();
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
        profile.needs_media = object.at("needs_media").as_bool();
        profile.local_mark = json::value_to<std::string>(object.at("local_mark"));
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
