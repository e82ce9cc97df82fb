// GET, PUT and DELETE /api/v1/statuses/:id.
#include "sandbox/api/draft.hpp"
#include "sandbox/api/endpoints.hpp"
#include "sandbox/api/entities.hpp"
#include "sandbox/api/media_fields.hpp"
#include "sandbox/api/reply.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <tuple>
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
           status.language == draft.language && status.poll == draft.poll &&
           status.content_type == draft.content_type && status.quote_policy == draft.quote_policy;
}

/// `media_attributes[]`: other descriptions and focal points for media that stay. Whether one changed.
bool describe_media(Call& call, const Draft& draft) {
    const json::value* const list = call.params.tree.if_contains("media_attributes");
    if (list == nullptr || !list->is_array())
        return false;
    bool changed = false;
    for (const json::value& one : list->get_array()) {
        if (!one.is_object())
            continue;
        Params fields;
        fields.tree = one.get_object();
        const std::string id = fields.text("id").value_or("");
        const bool kept = std::find(draft.media.begin(), draft.media.end(), id) != draft.media.end();
        Attachment* const attachment = kept ? call.world.media.find(id) : nullptr;
        if (attachment == nullptr)
            continue;
        const auto before =
            std::make_tuple(attachment->description, attachment->focus_x, attachment->focus_y);
        attachment->description = fields.text("description").value_or(attachment->description);
        read_focus(fields, *attachment);
        changed = changed || before != std::make_tuple(attachment->description, attachment->focus_x,
                                                       attachment->focus_y);
    }
    return changed;
}

} // namespace

Response get_status(Call& call) {
    const Status* const status = visible_status(call, call.captures.at(0));
    return status == nullptr ? not_found(call) : json_reply(status_json(call.world, *status));
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
        return not_found(call);
    json::object body;
    body["id"] = status->id;
    body["text"] = status->text;
    body["spoiler_text"] = status->spoiler_text;
    if (!call.world.settings.facts().content_types.empty())
        body["content_type"] = status->content_type.empty() ? "text/plain" : status->content_type;
    return json_reply(body);
}

/// Replaces everything: what is left out is empty afterwards. Visibility and parents stay.
Response put_status(Call& call) {
    Status* const status = own_status(call);
    if (status == nullptr)
        return not_found(call);
    Draft draft;
    if (auto refused = read_media(call, status, draft))
        return std::move(*refused);
    draft.quoted = status->quoted;
    read_fields(call, draft);
    draft.visibility = status->visibility;
    draft.in_reply_to = status->in_reply_to;
    draft.local_only = status->local_only;
    draft.interaction_policy = status->interaction_policy;
    if (draft.quote_policy.empty())
        draft.quote_policy = status->quote_policy;
    if (auto refused = check_draft(call, draft))
        return std::move(*refused);
    call.status_id = status->id;
    if (!describe_media(call, draft) && same(*status, draft))
        return json_reply(status_json(call.world, *status));
    if (call.family && call.family->exceeded) {
        call.rates = {*call.family};
        return error_reply(call, 429, "Too many requests");
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

/// Its media become free again, as for delete-and-redraft, unless they are to go too.
Response delete_status(Call& call) {
    Status* const status = own_status(call);
    if (status == nullptr)
        return not_found(call);
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
