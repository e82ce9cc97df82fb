// Uploads and what becomes of them.
#include "sandbox/api/access.hpp"
#include "sandbox/api/endpoints.hpp"
#include "sandbox/api/entities.hpp"
#include "sandbox/api/media_fields.hpp"
#include "sandbox/api/reply.hpp"
#include "sandbox/content/image.hpp"
#include "sandbox/content/length.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <utility>

namespace crier::sandbox {
namespace {

constexpr std::string_view processing_failed = "Error processing thumbnail for uploaded media";

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
    const LengthRules rules{0, Counting::code_points};
    return counted_length({}, description, rules) > call.world.settings.description_limit;
}

Response description_refusal(const Call& call) {
    return refusal(call, words::description_too_long, std::to_string(call.world.settings.description_limit));
}

/// "16 MB": as Rails writes sizes.
std::string human_size(std::size_t bytes) {
    constexpr std::size_t kilo = 1024;
    if (bytes % (kilo * kilo) == 0)
        return std::to_string(bytes / (kilo * kilo)) + " MB";
    return bytes % kilo == 0 ? std::to_string(bytes / kilo) + " KB" : std::to_string(bytes) + " Bytes";
}

bool taken(const Facts& facts, std::string_view type) {
    return has_word(facts.media_types, "application/octet-stream") || has_word(facts.media_types, type);
}

/// Too many pixels; empty: good.
std::string pixel_fault(const Settings& settings, const ImageInfo& info, std::string_view bytes) {
    const std::int64_t pixels = static_cast<std::int64_t>(info.width) * info.height;
    const std::string size = std::to_string(info.width) + "x" + std::to_string(info.height);
    const auto over = [&](std::int64_t most) { return most > 0 && pixels > most; };
    const std::string_view type = type_of(info, bytes);
    if (type == "gifv" && over(settings.gif_pixels))
        return size + " GIF files are not supported";
    if (type == "image" && over(settings.image_pixels))
        return size + " images are not supported";
    return type == "video" && over(settings.video_pixels) ? size + " videos are not supported" : "";
}

/// What a server refuses to take before it decodes anything, and what it cannot decode. The bytes say what
/// the file is; its name and the type that comes with it say nothing.
std::optional<Response> check_file(const Call& call, const Upload& file,
                                   const std::optional<ImageInfo>& info) {
    const Settings& settings = call.world.settings;
    const Facts& facts = settings.facts();
    if (!info && facts.errors == ErrorShape::gotosocial)
        return error_reply(call, 422, "error processing media");
    if (info ? !taken(facts, info->type) : !begins_as_media(file.bytes))
        return refusal(call, words::file_type);
    const bool picture = info ? info->type.starts_with("image/") : file.content_type.starts_with("image/");
    const std::size_t most = picture ? settings.image_bytes : settings.video_bytes;
    if (file.bytes.size() > most)
        return refusal(call, words::file_size, human_size(most));
    if (!info)
        return error_reply(call, 500, processing_failed);
    const std::string fault = pixel_fault(settings, *info, file.bytes);
    return fault.empty() ? std::nullopt : std::optional{error_reply(call, facts.refusal, fault)};
}

/// A custom one is for films and sounds only (src: app/models/media_attachment.rb).
std::optional<Response> read_thumbnail(const Call& call, Attachment& attachment) {
    const Upload* const file = call.params.file("thumbnail");
    if (file == nullptr || !call.world.settings.facts().thumbnails)
        return std::nullopt;
    if (attachment.type != "video" && attachment.type != "audio")
        return refusal(call, words::thumbnail_wrong);
    const auto info = inspect_media(file->bytes);
    if (!info || !info->type.starts_with("image/"))
        return refusal(call, words::thumbnail_type);
    attachment.thumbnail = file->bytes;
    attachment.thumbnail_type = info->type;
    return std::nullopt;
}

/// When it is ready: at once, after the server's time, or as a fault wants it.
void start_processing(const Call& call, Attachment& attachment, bool wait) {
    const Settings& settings = call.world.settings;
    const Pace pace = settings.facts().pace;
    attachment.created = attachment.ready_at = attachment.free_since = call.now;
    const bool later = pace == Pace::films_later && attachment.type != "image";
    if (later && !wait)
        attachment.ready_at += std::chrono::seconds{settings.processing_seconds};
    if (!call.fault || call.fault->what != "media_pending")
        return;
    attachment.looks_left = call.fault->polls;
    attachment.fails = call.fault->failed;
    attachment.ready_at += std::chrono::microseconds{static_cast<std::int64_t>(call.fault->wait * 1e6)};
}

/// snac gives an upload the ending of its file's name (mastoapi.c).
std::string media_id(Call& call, const Upload& file) {
    World& world = call.world;
    std::string id = world.ids.next(call.now, world.settings.facts().ids);
    if (!world.settings.facts().bare_media)
        return id;
    const auto dot = file.filename.rfind('.');
    return "post-" + id.substr(id.size() - 32) + (dot == std::string::npos ? "" : file.filename.substr(dot));
}

Response upload(Call& call, bool wait) {
    const Facts& facts = call.world.settings.facts();
    const Upload* const file = call.params.file("file");
    if (file == nullptr)
        return call.params.has("file") ? refusal(call, words::file_type) : refusal(call, words::file_blank);
    auto info = inspect_media(file->bytes);
    if (facts.checks_media)
        if (auto refused = check_file(call, *file, info))
            return std::move(*refused);
    if (!info)
        info = ImageInfo{file->content_type, 0, 0};
    Attachment attachment;
    attachment.description = call.params.text("description").value_or("");
    if (facts.checks_media && too_long(call, attachment.description))
        return description_refusal(call);
    read_focus(call.params, attachment);
    attachment.type = facts.bare_media ? "image" : type_of(*info, file->bytes);
    if (auto refused = read_thumbnail(call, attachment))
        return std::move(*refused);
    World& world = call.world;
    attachment.id = media_id(call, *file);
    attachment.account = call.account->id;
    attachment.content_type = info->type;
    attachment.bytes = file->bytes;
    attachment.width = info->width;
    attachment.height = info->height;
    start_processing(call, attachment, wait);
    const Attachment& kept = world.media.add(std::move(attachment));
    const bool pending = kept.processing(call.now) == Processing::running;
    const int always = wait ? 0 : facts.upload_status;
    boost::json::object body = media_json(world, kept, call.now);
    if (facts.url_later && !wait)
        body["url"] = nullptr;
    return json_reply(body, always != 0 ? always : pending ? 202 : 200);
}

/// Null: unknown, somebody else's, or attached already.
Attachment* own_free(Call& call) {
    Attachment* const attachment = call.world.media.find(call.captures.at(0));
    const bool own = attachment != nullptr && attachment->account == call.account->id;
    const MediaView view = call.world.settings.facts().media_view;
    const bool free = own && (view == MediaView::always ||
                              (view == MediaView::until_attached && attachment->attached_to.empty()));
    return free ? attachment : nullptr;
}

Response state_of(Call& call, const Attachment& attachment) {
    switch (attachment.processing(call.now)) {
    case Processing::failed:
        return error_reply(call, 422, processing_failed);
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
        return exception_reply(call, 404);
    return upload(call, false);
}

Response get_media(Call& call) {
    if (auto refused = refuse_access(call, Access::user, call.world.settings.facts().media_scope))
        return std::move(*refused);
    Attachment* const attachment = own_free(call);
    if (attachment == nullptr)
        return not_found(call);
    Response response = state_of(call, *attachment);
    if (attachment->looks_left > 0)
        --attachment->looks_left;
    return response;
}

Response put_media(Call& call) {
    Attachment* const attachment = own_free(call);
    if (attachment == nullptr)
        return not_found(call);
    const std::string description = call.params.text("description").value_or(attachment->description);
    if (too_long(call, description))
        return description_refusal(call);
    if (auto refused = read_thumbnail(call, *attachment))
        return std::move(*refused);
    attachment->description = description;
    read_focus(call.params, *attachment);
    return state_of(call, *attachment);
}

Response delete_media(Call& call) {
    if (!call.world.settings.mastodon(404))
        return exception_reply(call, 404);
    const Attachment* const attachment = call.world.media.find(call.captures.at(0));
    if (attachment == nullptr || attachment->account != call.account->id)
        return not_found(call);
    if (!attachment->attached_to.empty())
        return error_reply(call, 422, "Media attachment is currently used by a status");
    call.world.media.erase(attachment->id);
    return json_reply(boost::json::object{});
}

} // namespace crier::sandbox
