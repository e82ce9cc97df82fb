// GET, PUT and DELETE /api/v1/statuses/:id.
#include "sandbox/api/draft.hpp"
#include "sandbox/api/endpoints.hpp"
#include "sandbox/api/entities.hpp"
#include "sandbox/api/reply.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <utility>

namespace crier::sandbox {

namespace json = boost::json;

namespace {

/// Null: there is none, or it is not for this reader.
const Status* visible_status(const Call& call, const std::string& id) {
    const Status* const status = call.world.statuses.find(id);
    return status != nullptr && visible(*status, call.viewer_of(*status)) ? status : nullptr;
}

Status* own_status(Call& call) {
    Status* const status = call.world.statuses.find(call.captures.at(0));
    return status != nullptr && status->account == call.account->id ? status : nullptr;
}

json::object with_source(const Call& call, const Status& status) {
    json::object body = status_json(call.world, status);
    body["text"] = status.text;
    return body;
}

bool same(const Status& status, const Draft& draft) {
    return status.text == draft.text && status.spoiler_text == draft.spoiler_text &&
           status.sensitive == draft.sensitive && status.media == draft.media &&
           status.language == draft.language && status.poll.has_value() == draft.poll.has_value();
}

/// `media_attributes[]`: other descriptions for media that stay.
void describe_media(Call& call, const Draft& draft) {
    const json::value* const list = call.params.tree.if_contains("media_attributes");
    if (list == nullptr || !list->is_array())
        return;
    for (const json::value& one : list->get_array()) {
        if (!one.is_object())
            continue;
        Params fields;
        fields.tree = one.get_object();
        const std::string id = fields.text("id").value_or("");
        const bool kept = std::find(draft.media.begin(), draft.media.end(), id) != draft.media.end();
        Attachment* const attachment = kept ? call.world.media.find(id) : nullptr;
        if (attachment != nullptr)
            attachment->description = fields.text("description").value_or(attachment->description);
    }
}

} // namespace

Response get_status(Call& call) {
    const Status* const status = visible_status(call, call.captures.at(0));
    return status == nullptr ? not_found() : json_reply(status_json(call.world, *status));
}

Response get_statuses(Call& call) {
    json::array list;
    for (const std::string& id : call.params.list("id").value_or(std::vector<std::string>{}))
        if (const Status* const status = visible_status(call, id); status != nullptr && list.size() < 20)
            list.push_back(status_json(call.world, *status));
    return json_reply(std::move(list));
}

Response get_source(Call& call) {
    const Status* const status = own_status(call);
    if (status == nullptr)
        return not_found();
    json::object body;
    body["id"] = status->id;
    body["text"] = status->text;
    body["spoiler_text"] = status->spoiler_text;
    return json_reply(body);
}

/// Replaces everything: what is left out is empty afterwards. Visibility and parents stay.
Response put_status(Call& call) {
    Status* const status = own_status(call);
    if (status == nullptr)
        return not_found();
    Draft draft;
    if (auto refused = read_media(call, status, draft))
        return std::move(*refused);
    read_fields(call, draft);
    draft.visibility = status->visibility;
    draft.in_reply_to = status->in_reply_to;
    if (auto refused = check_draft(call, draft))
        return std::move(*refused);
    call.status_id = status->id;
    describe_media(call, draft);
    if (same(*status, draft))
        return json_reply(status_json(call.world, *status));
    if (call.family && call.family->exceeded) {
        call.rates = {*call.family};
        return error_reply(429, "Too many requests");
    }
    if (call.family) {
        const RateLimit limit{"statuses", call.world.settings.statuses_per_3_hours, std::chrono::hours{3}};
        call.family = call.world.rates.count(limit, call.account->id, call.now);
    }
    for (const std::string& id : draft.media)
        if (Attachment* const attachment = call.world.media.find(id))
            attachment->attached_to = status->id;
    static_cast<Draft&>(*status) = std::move(draft);
    status->edited = call.now;
    return json_reply(status_json(call.world, *status));
}

namespace {

/// Five, as Mastodon has it.
constexpr std::ptrdiff_t most_pinned = 5;

Response set_pinned(Call& call, bool pinned) {
    Status* const status = own_status(call);
    if (status == nullptr)
        return not_found();
    call.status_id = status->id;
    const auto& all = call.world.statuses.all();
    const auto count = std::count_if(all.begin(), all.end(), [&](const Status& other) {
        return other.account == status->account && other.pinned && !other.deleted;
    });
    if (pinned && !status->pinned && count >= most_pinned)
        return error_reply(422, "Validation failed: You have already pinned the maximum number of posts");
    status->pinned = pinned ? std::optional{status->pinned.value_or(call.now)} : std::nullopt;
    return json_reply(status_json(call.world, *status));
}

} // namespace

Response pin_status(Call& call) {
    return set_pinned(call, true);
}

Response unpin_status(Call& call) {
    return set_pinned(call, false);
}

/// Its media become free again, as for delete-and-redraft, unless they are to go too.
Response delete_status(Call& call) {
    Status* const status = own_status(call);
    if (status == nullptr)
        return not_found();
    call.status_id = status->id;
    const json::object body = with_source(call, *status);
    const bool media_too = call.params.boolean("delete_media").value_or(false);
    call.world.statuses.remove(*status);
    for (const std::string& id : status->media) {
        Attachment* const attachment = call.world.media.find(id);
        if (attachment == nullptr)
            continue;
        attachment->attached_to.clear();
        attachment->free_since = call.now;
        if (media_too)
            call.world.media.erase(id);
    }
    return json_reply(body);
}

} // namespace crier::sandbox
