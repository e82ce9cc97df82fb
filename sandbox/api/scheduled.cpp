// /api/v1/scheduled_statuses: reading needs read:statuses, which a write-only token has not.
#include "sandbox/api/endpoints.hpp"
#include "sandbox/api/entities.hpp"
#include "sandbox/api/reply.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace crier::sandbox {

namespace json = boost::json;

namespace {

Scheduled* own_scheduled(Call& call) {
    Scheduled* const found = call.world.statuses.find_scheduled(call.captures.at(0));
    return found != nullptr && found->account == call.account->id ? found : nullptr;
}

} // namespace

Response get_scheduled_list(Call& call) {
    const auto limit =
        static_cast<std::size_t>(std::clamp<std::int64_t>(call.params.integer("limit").value_or(20), 1, 40));
    json::array list;
    const auto& all = call.world.statuses.scheduled();
    for (auto one = all.rbegin(); one != all.rend() && list.size() < limit; ++one)
        if (one->second.account == call.account->id)
            list.push_back(scheduled_json(call.world, one->second));
    return json_reply(std::move(list));
}

Response get_scheduled(Call& call) {
    const Scheduled* const one = own_scheduled(call);
    return one == nullptr ? not_found(call) : json_reply(scheduled_json(call.world, *one));
}

Response put_scheduled(Call& call) {
    Scheduled* const one = own_scheduled(call);
    if (one == nullptr)
        return not_found(call);
    const auto at = parse_rfc3339(call.params.text("scheduled_at").value_or(""));
    if (!at)
        return refusal(call, words::record_invalid);
    // It does not compete with itself for the day's places.
    auto others = call.world.statuses.scheduled();
    others.erase(one->id);
    switch (judge_schedule(others, call.account->id, *at, call.now)) {
    case ScheduleVerdict::now:
    case ScheduleVerdict::too_soon:
        return refusal(call, words::scheduled_too_soon);
    case ScheduleVerdict::over_day:
        return refusal(call, words::scheduled_over_day);
    case ScheduleVerdict::over_total:
        return refusal(call, words::scheduled_over_total);
    case ScheduleVerdict::ok:
        break;
    }
    one->at = *at;
    return json_reply(scheduled_json(call.world, *one));
}

Response delete_scheduled(Call& call) {
    const Scheduled* const one = own_scheduled(call);
    if (one == nullptr)
        return not_found(call);
    for (const std::string& id : one->draft.media) {
        if (Attachment* const attachment = call.world.media.find(id)) {
            attachment->attached_to.clear();
            attachment->free_since = call.now;
        }
    }
    call.world.statuses.unschedule(one->id);
    return json_reply(json::object{});
}

} // namespace crier::sandbox
