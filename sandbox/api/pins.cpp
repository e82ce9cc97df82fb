// POST /api/v1/statuses/:id/pin and /unpin.
#include "sandbox/api/endpoints.hpp"
#include "sandbox/api/entities.hpp"
#include "sandbox/api/reply.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace crier::sandbox {
namespace {

std::size_t pinned_by(const World& world, const std::string& account) {
    const auto& all = world.statuses.all();
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const Status& status) {
        return status.pinned && !status.deleted && status.account == account;
    }));
}

/// GoToSocial says each in its own words (internal/processing/status/pin.go).
Response pin_refusal(const Call& call, int status, const Words& words, const std::string& gotosocial) {
    if (call.world.settings.facts().errors == ErrorShape::gotosocial)
        return error_reply(call, 422, gotosocial);
    return error_reply(call, status, words);
}

/// What stands against it, but for the number.
std::optional<Response> refuse_pin(const Call& call, const Status& status) {
    if (status.account != call.account->id)
        return pin_refusal(call, 422, words::pin_foreign,
                           "status " + status.id + " does not belong to account " + call.account->id);
    const bool pleroma = call.world.settings.facts().errors == ErrorShape::pleroma;
    if (status.visibility == "direct" || (pleroma && status.visibility == "private"))
        return pin_refusal(call, 422, words::pin_direct, "cannot pin direct messages");
    return std::nullopt;
}

Status* known_status(Call& call) {
    Status* const status = call.world.statuses.find(call.captures.at(0));
    return status != nullptr && visible(*status, call.viewer_of(*status)) ? status : nullptr;
}

} // namespace

Response pin_status(Call& call) {
    Status* const status = known_status(call);
    if (status == nullptr)
        return not_found(call);
    if (auto refused = refuse_pin(call, *status))
        return std::move(*refused);
    call.status_id = status->id;
    const Settings& settings = call.world.settings;
    const ErrorShape shape = settings.facts().errors;
    if (status->pinned && shape == ErrorShape::gotosocial)
        return error_reply(call, 422, "status already pinned");
    if (status->pinned && shape == ErrorShape::mastodon)
        return error_reply(422, "Duplicate record");
    const std::size_t count = pinned_by(call.world, call.account->id);
    if (!status->pinned && settings.pins > 0 && count >= settings.pins)
        return pin_refusal(call, shape == ErrorShape::pleroma || shape == ErrorShape::misskey ? 400 : 422,
                           words::pin_limit,
                           "status pin limit exceeded, you've already pinned " + std::to_string(count) +
                               " status(es) out of " + std::to_string(settings.pins));
    status->pinned = call.now;
    return json_reply(status_json(call.world, *status));
}

/// What is not pinned stays so, with success.
Response unpin_status(Call& call) {
    Status* const status = known_status(call);
    if (status == nullptr)
        return not_found(call);
    if (status->account != call.account->id) {
        if (call.world.settings.mastodon())
            return json_reply(status_json(call.world, *status));
        return *refuse_pin(call, *status);
    }
    call.status_id = status->id;
    status->pinned.reset();
    return json_reply(status_json(call.world, *status));
}

} // namespace crier::sandbox
