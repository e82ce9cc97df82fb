// Uploads and what becomes of them.
#include "sandbox/api/endpoints.hpp"
#include "sandbox/api/entities.hpp"
#include "sandbox/api/reply.hpp"
#include "sandbox/content/image.hpp"
#include "sandbox/content/length.hpp"

#include <boost/json/object.hpp>

#include <charconv>
#include <utility>

namespace crier::sandbox {
namespace {

constexpr std::size_t most_image_bytes = 16'777'216;
constexpr std::size_t most_film_bytes = 103'809'024;
constexpr long most_image_pixels = 33'177'600;
constexpr long most_gif_pixels = 921'600;
constexpr std::chrono::seconds processing_time{2}; ///< of films and sounds, on the server's clock

/// A GIF with more than one picture becomes a film.
bool animated_gif(const ImageInfo& info, std::string_view bytes) {
    if (info.type != "image/gif")
        return false;
    constexpr std::string_view mark{"\x21\xF9\x04", 3};
    const auto first = bytes.find(mark);
    return first != std::string_view::npos && bytes.find(mark, first + 1) != std::string_view::npos;
}

std::string_view type_of(const ImageInfo& info, std::string_view bytes) {
    if (info.type.starts_with("image/"))
        return animated_gif(info, bytes) ? "gifv" : "image";
    return info.type.starts_with("audio/") ? "audio" : "video";
}

bool too_long(const Call& call, const std::string& description) {
    LengthRules rules;
    rules.plain = true;
    return counted_length({}, description, rules) > call.world.settings.description_limit;
}

Response description_refusal(const Call& call) {
    return refusal(call, words::description_too_long, std::to_string(call.world.settings.description_limit));
}

void read_focus(const Params& params, Attachment& attachment) {
    const std::string text = params.text("focus").value_or("");
    const auto comma = text.find(',');
    if (comma == std::string::npos)
        return;
    std::from_chars(text.data(), text.data() + comma, attachment.focus_x);
    std::from_chars(text.data() + comma + 1, text.data() + text.size(), attachment.focus_y);
}

/// What a server refuses to take before it decodes anything, and what it cannot decode.
std::optional<Response> check_file(const Call& call, const Upload& file,
                                   const std::optional<ImageInfo>& info) {
    const bool picture =
        file.content_type.starts_with("image/") || (info && info->type.starts_with("image/"));
    const bool known =
        picture || file.content_type.starts_with("video/") || file.content_type.starts_with("audio/");
    if (!known && !info)
        return refusal(call, words::file_type);
    const std::size_t most = picture ? most_image_bytes : most_film_bytes;
    if (file.bytes.size() > most)
        return refusal(call, words::file_size, picture ? "16 MB" : "99 MB");
    if (!info) {
        if (call.world.settings.kind == Kind::gotosocial)
            return error_reply(422, "Unprocessable Entity: error processing media");
        return error_reply(500, "Error processing thumbnail for uploaded media");
    }
    const long pixels = static_cast<long>(info->width) * info->height;
    const std::string size = std::to_string(info->width) + "x" + std::to_string(info->height);
    if (animated_gif(*info, file.bytes) && pixels > most_gif_pixels)
        return error_reply(422, size + " GIF files are not supported");
    if (info->type.starts_with("image/") && pixels > most_image_pixels)
        return error_reply(422, size + " images are not supported");
    return std::nullopt;
}

Response upload(Call& call, bool wait) {
    const Upload* const file = call.params.file("file");
    if (file == nullptr)
        return call.params.has("file") ? refusal(call, words::file_type) : refusal(call, words::file_blank);
    const auto info = inspect_media(file->bytes);
    if (auto refused = check_file(call, *file, info))
        return std::move(*refused);
    Attachment attachment;
    attachment.description = call.params.text("description").value_or("");
    if (too_long(call, attachment.description))
        return description_refusal(call);
    read_focus(call.params, attachment);
    World& world = call.world;
    attachment.id = world.ids.next(call.now, world.settings.ids());
    attachment.account = call.account->id;
    attachment.type = type_of(*info, file->bytes);
    attachment.content_type = info->type;
    attachment.bytes = file->bytes;
    attachment.width = info->width;
    attachment.height = info->height;
    attachment.created = attachment.ready_at = attachment.free_since = call.now;
    if (attachment.type != "image" && !wait && world.settings.kind != Kind::gotosocial)
        attachment.ready_at += processing_time;
    if (call.fault && call.fault->what == "media_pending") {
        attachment.looks_left = call.fault->polls;
        attachment.fails = call.fault->failed;
    }
    const Attachment& kept = world.media.add(std::move(attachment));
    const bool pending = kept.processing(call.now) == Processing::running;
    return json_reply(media_json(world, kept, call.now), pending ? 202 : 200);
}

/// Null: unknown, somebody else's, or attached already.
Attachment* own_free(Call& call) {
    Attachment* const attachment = call.world.media.find(call.captures.at(0));
    const bool own = attachment != nullptr && attachment->account == call.account->id;
    const bool free =
        own && (attachment->attached_to.empty() || call.world.settings.kind == Kind::gotosocial);
    return free ? attachment : nullptr;
}

Response state_of(Call& call, const Attachment& attachment) {
    switch (attachment.processing(call.now)) {
    case Processing::failed:
        return error_reply(422, "Error processing thumbnail for uploaded media");
    case Processing::running:
        return json_reply(media_json(call.world, attachment, call.now), 206);
    case Processing::done:
        break;
    }
    return json_reply(media_json(call.world, attachment, call.now));
}

} // namespace

Response post_media_v1(Call& call) {
    return upload(call, true);
}

Response post_media_v2(Call& call) {
    if (!call.world.settings.media_v2)
        return exception_reply(call.request, 404);
    return upload(call, false);
}

Response get_media(Call& call) {
    Attachment* const attachment = own_free(call);
    if (attachment == nullptr)
        return not_found();
    Response response = state_of(call, *attachment);
    if (attachment->looks_left > 0)
        --attachment->looks_left;
    return response;
}

Response put_media(Call& call) {
    Attachment* const attachment = own_free(call);
    if (attachment == nullptr)
        return not_found();
    const std::string description = call.params.text("description").value_or(attachment->description);
    if (too_long(call, description))
        return description_refusal(call);
    attachment->description = description;
    read_focus(call.params, *attachment);
    return state_of(call, *attachment);
}

Response delete_media(Call& call) {
    if (call.world.settings.kind == Kind::mastodon_4_2) // came with 4.4
        return exception_reply(call.request, 404);
    const Attachment* const attachment = call.world.media.find(call.captures.at(0));
    if (attachment == nullptr || attachment->account != call.account->id)
        return not_found();
    if (!attachment->attached_to.empty())
        return error_reply(422, "Media attachment is currently used by a status");
    call.world.media.erase(attachment->id);
    return json_reply(boost::json::object{});
}

} // namespace crier::sandbox
