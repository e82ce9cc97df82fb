// The instance documents: limits as this kind of server tells them.
#include "sandbox/api/endpoints.hpp"
#include "sandbox/api/entities.hpp"
#include "sandbox/api/reply.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace crier::sandbox {

namespace json = boost::json;

namespace {

json::object configuration(const Settings& settings, bool v2) {
    json::object statuses;
    statuses["max_characters"] = settings.characters;
    statuses["max_media_attachments"] = settings.media_limit;
    statuses["characters_reserved_per_url"] = settings.characters_per_url;
    json::object media;
    media["supported_mime_types"] = {"image/jpeg", "image/png", "image/gif",  "image/webp",
                                     "video/webm", "video/mp4", "audio/mpeg", "audio/ogg"};
    media["image_size_limit"] = 16'777'216;
    media["image_matrix_limit"] = 33'177'600;
    media["video_size_limit"] = 103'809'024;
    media["video_frame_rate_limit"] = 120;
    media["video_matrix_limit"] = 8'294'400;
    if (v2 && settings.tell_description_limit)
        media["description_limit"] = settings.description_limit;
    json::object polls;
    polls["max_options"] = 4;
    polls["max_characters_per_option"] = 50;
    polls["min_expiration"] = 300;
    polls["max_expiration"] = 2'629'746;
    json::object body;
    body["statuses"] = std::move(statuses);
    body["media_attachments"] = std::move(media);
    body["polls"] = std::move(polls);
    if (settings.kind == Kind::gotosocial) {
        json::object accounts;
        accounts["allow_custom_css"] = true;
        body["accounts"] = std::move(accounts);
    }
    if (v2)
        body["limited_federation"] = settings.limited_federation;
    return body;
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
        return exception_reply(call.request, 404);
    json::object body;
    body["domain"] = domain(call.world);
    body["title"] = "crier-sandbox";
    body["version"] = version_of(settings.kind);
    body["source_url"] = settings.kind == Kind::gotosocial
                             ? "https://codeberg.org/superseriousbusiness/gotosocial"
                         : settings.kind == Kind::pleroma ? "https://git.pleroma.social/pleroma/pleroma"
                                                          : "https://github.com/mastodon/mastodon";
    body["description"] = "A server on this machine to try things on.";
    body["languages"] = {"en"};
    body["configuration"] = configuration(settings, true);
    json::object registrations;
    registrations["enabled"] = false;
    body["registrations"] = std::move(registrations);
    if (settings.mastodon() && settings.since_4_3()) {
        json::object versions;
        versions["mastodon"] = settings.kind == Kind::mastodon_4_6 ? 10 : 7;
        body["api_versions"] = std::move(versions);
    }
    body["rules"] = json::array{};
    return cacheable(body);
}

Response get_instance_v1(Call& call) {
    const Settings& settings = call.world.settings;
    json::object body;
    body["uri"] = domain(call.world);
    body["title"] = "crier-sandbox";
    body["short_description"] = body["description"] = "A server on this machine to try things on.";
    body["version"] = version_of(settings.kind);
    body["languages"] = {"en"};
    body["registrations"] = false;
    if (!settings.mastodon())
        body["max_toot_chars"] = settings.characters;
    body["configuration"] = configuration(settings, false);
    Response response = cacheable(body);
    if (settings.mastodon() && settings.since_4_3())
        response.set("Deprecation", "@1668384000");
    return response;
}

} // namespace crier::sandbox
