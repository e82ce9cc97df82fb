// The instance documents: limits as this kind of server tells them.
#include "sandbox/api/endpoints.hpp"
#include "sandbox/api/entities.hpp"
#include "sandbox/api/reply.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <limits>
#include <string>
#include <utility>

namespace crier::sandbox {

namespace json = boost::json;

namespace {

json::array as_list(std::string_view words) {
    json::array list;
    for (const std::string& word : split_words(words))
        list.emplace_back(word);
    return list;
}

/// Where nothing is limited, some say the largest number (GoToSocial), others nothing.
void put_pixels(json::object& media, const char* name, std::int64_t pixels, const Facts& facts) {
    if (pixels > 0)
        media[name] = pixels;
    else if (facts.errors == ErrorShape::gotosocial)
        media[name] = std::numeric_limits<std::int64_t>::max();
}

json::object media_configuration(const Settings& settings, bool v2) {
    const Facts& facts = settings.facts();
    json::object media;
    media["supported_mime_types"] = as_list(facts.media_types);
    media["image_size_limit"] = settings.image_bytes;
    media["video_size_limit"] = settings.video_bytes;
    put_pixels(media, "image_matrix_limit", settings.image_pixels, facts);
    put_pixels(media, "video_matrix_limit", settings.video_pixels, facts);
    const bool misskey = facts.ids == IdStyle::short_word;
    media[misskey ? "video_frame_limit" : "video_frame_rate_limit"] = settings.frame_rate;
    if (v2 && settings.tell_description_limit)
        media["description_limit"] = settings.description_limit;
    return media;
}

json::object configuration(const Settings& settings, bool v2) {
    const Facts& facts = settings.facts();
    json::object statuses;
    statuses["max_characters"] = settings.characters;
    statuses["max_media_attachments"] = settings.media_limit;
    statuses["characters_reserved_per_url"] = settings.characters_per_url;
    const bool told = facts.mastodon != 0 || facts.errors == ErrorShape::gotosocial;
    if (told && !facts.content_types.empty())
        statuses["supported_mime_types"] = as_list(facts.content_types);
    json::object polls;
    polls["max_options"] = settings.poll_options;
    polls["max_characters_per_option"] = settings.poll_option_characters;
    polls["min_expiration"] = settings.poll_least_seconds;
    polls["max_expiration"] = settings.poll_most_seconds;
    json::object body;
    body["statuses"] = std::move(statuses);
    body["media_attachments"] = media_configuration(settings, v2);
    body["polls"] = std::move(polls);
    json::object accounts;
    accounts["max_featured_tags"] = 10;
    if (settings.mastodon(403) || facts.errors == ErrorShape::pleroma)
        accounts["max_pinned_statuses"] = settings.pins;
    if (facts.errors == ErrorShape::gotosocial)
        accounts["allow_custom_css"] = true;
    body["accounts"] = std::move(accounts);
    if (v2 && settings.mastodon(404))
        body["limited_federation"] = settings.limited_federation;
    return body;
}

json::object pleroma_object(const Facts& facts) {
    json::object metadata;
    metadata["features"] = {"pleroma_api", "mastodon_api", "polls", "editing", "quote_posting"};
    metadata["post_formats"] = as_list(facts.content_types);
    json::object body;
    body["metadata"] = std::move(metadata);
    return body;
}

/// What some have at the top of v1, beside or in place of a configuration.
void put_old_limits(const Settings& settings, json::object& body) {
    const Facts& facts = settings.facts();
    if (facts.max_toot_chars)
        body["max_toot_chars"] = settings.characters;
    if (facts.poll_limits) {
        json::object polls;
        polls["max_options"] = settings.poll_options;
        polls["max_option_chars"] = settings.poll_option_characters;
        polls["min_expiration"] = settings.poll_least_seconds;
        polls["max_expiration"] = settings.poll_most_seconds;
        body["poll_limits"] = std::move(polls);
    }
    if (facts.upload_limits) {
        body["upload_limit"] = settings.image_bytes;
        body["description_limit"] = settings.description_limit;
        if (facts.v1_configuration) // Akkoma has none
            body["max_media_attachments"] = settings.media_limit;
    }
}

std::string domain(const World& world) {
    return world.base_url.substr(world.base_url.find("//") + 2);
}

Response cacheable(const json::object& body) {
    Response response = json_reply(body);
    response.set("Cache-Control", "max-age=300, public, stale-while-revalidate=30, stale-if-error=86400");
    return response;
}

} // namespace

Response get_instance_v2(Call& call) {
    const Settings& settings = call.world.settings;
    if (!settings.instance_v2)
        return exception_reply(call, 404);
    json::object body;
    body["domain"] = domain(call.world);
    body["title"] = "crier-sandbox";
    body["version"] = settings.facts().version;
    body["source_url"] = settings.facts().source;
    body["description"] = "A server on this machine to try things on.";
    body["languages"] = json::array{"en"};
    body["configuration"] = configuration(settings, true);
    json::object registrations;
    registrations["enabled"] = false;
    body["registrations"] = std::move(registrations);
    if (settings.facts().api_version != 0) {
        json::object versions;
        versions["mastodon"] = settings.facts().api_version;
        body["api_versions"] = std::move(versions);
    }
    if (settings.facts().pleroma_object)
        body["pleroma"] = pleroma_object(settings.facts());
    body["rules"] = json::array{};
    return cacheable(body);
}

Response get_instance_v1(Call& call) {
    const Settings& settings = call.world.settings;
    json::object body;
    body["uri"] = domain(call.world);
    body["title"] = "crier-sandbox";
    body["short_description"] = body["description"] = "A server on this machine to try things on.";
    body["version"] = settings.facts().version;
    body["languages"] = json::array{"en"};
    body["registrations"] = false;
    put_old_limits(settings, body);
    if (settings.facts().pleroma_object)
        body["pleroma"] = pleroma_object(settings.facts());
    if (settings.facts().v1_configuration)
        body["configuration"] = configuration(settings, false);
    Response response = cacheable(body);
    if (settings.mastodon(404))
        response.set("Deprecation", "@1668384000");
    return response;
}

} // namespace crier::sandbox
