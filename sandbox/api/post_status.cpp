// POST /api/v1/statuses: the checks in the server's order, and the Idempotency-Key.
#include "sandbox/api/draft.hpp"
#include "sandbox/api/endpoints.hpp"
#include "sandbox/api/entities.hpp"
#include "sandbox/api/reply.hpp"

#include <optional>
#include <utility>

namespace crier::sandbox {
namespace {

constexpr std::chrono::seconds lock_wait{10}; ///< how long a request waits for the one in flight

/// What a key that was seen leads to; nothing: go on.
std::optional<Response> replay(Call& call, const std::string& key) {
    const std::string& account = call.account->id;
    if (call.replay == ReplayMode::ignore)
        return std::nullopt;
    const bool locks = call.replay == ReplayMode::wait_503 || call.replay == ReplayMode::error_500;
    if (locks && call.world.idempotency.in_flight(account, key)) {
        call.ask_again = call.request.waited < lock_wait;
        return error_reply(call, 503, "There was a temporary problem serving your request, please try again");
    }
    const IdempotencyMap::Known* const known = call.world.idempotency.find(account, key, call.now);
    if (known == nullptr || (known->id.empty() && call.replay != ReplayMode::refused))
        return std::nullopt;
    call.status_id = known->id;
    if (call.replay == ReplayMode::refused)
        return error_reply(call, 400, "Duplicate idempotency key.");
    if (call.replay == ReplayMode::error_500)
        return exception_reply(call, 500);
    const Status* const status = call.world.statuses.find(known->id);
    if (status == nullptr) // deleted meanwhile, or the id of a scheduled one
        return not_found(call);
    return json_reply(status_json(call.world, *status));
}

void remember(Call& call, const std::string& key, const std::string& id) {
    if (key.empty() || call.replay == ReplayMode::ignore || call.replay == ReplayMode::errors ||
        call.replay == ReplayMode::refused)
        return;
    IdempotencyMap& map = call.world.idempotency;
    IdempotencyMap::Known known;
    known.id = id;
    known.until = call.now + std::chrono::seconds{call.world.settings.facts().key_seconds};
    map.begin(call.account->id, key, call.request.number);
    if (call.replay == ReplayMode::inflight_duplicate)
        map.keep_when_over(call.request.number, std::move(known));
    else
        map.keep(call.account->id, key, std::move(known), call.now);
}

Response publish_now(Call& call, Draft draft, const std::string& key) {
    World& world = call.world;
    if (auto refused = check_draft(call, draft))
        return std::move(*refused);
    const RateLimit family{"statuses", world.settings.statuses_per_3_hours, std::chrono::hours{3}};
    if (call.family && call.family->exceeded) {
        call.rates = {*call.family};
        return error_reply(call, 429, "Too many requests");
    }
    if (world.statuses.full())
        return error_reply(call, 503, "The sandbox is full: POST /sandbox/reset empties it");
    Status status;
    static_cast<Draft&>(status) = std::move(draft);
    status.id = world.ids.next(call.now, world.settings.facts().ids);
    status.account = call.account->id;
    status.app = call.token->app;
    status.key = key;
    status.created = call.now;
    const Status& made = publish(world, std::move(status));
    if (call.family)
        call.family = world.rates.count(family, call.account->id, call.now);
    remember(call, key, made.id);
    call.status_id = made.id;
    Response response = json_reply(status_json(world, made));
    const Facts& facts = world.settings.facts();
    if (facts.quiet_failure && !has_word(facts.visibilities, made.visibility))
        response.body.clear(); // it fails on its own post when it shows it
    return response;
}

Response schedule(Call& call, Draft draft, Time at, const std::string& key) {
    World& world = call.world;
    const Scheduling manner = world.settings.facts().scheduling;
    if (manner == Scheduling::refused)
        return error_reply(call, 501, "scheduled statuses are not yet supported");
    switch (judge_schedule(world.statuses.scheduled(), call.account->id, at, call.now)) {
    case ScheduleVerdict::too_soon:
        return manner == Scheduling::lenient ? publish_now(call, std::move(draft), key)
                                             : refusal(call, words::scheduled_too_soon);
    case ScheduleVerdict::over_day:
        return refusal(call, words::scheduled_over_day);
    case ScheduleVerdict::over_total:
        return refusal(call, words::scheduled_over_total);
    case ScheduleVerdict::now:
    case ScheduleVerdict::ok:
        break;
    }
    if (check_draft(call, draft)) // it does not say what is wrong
        return refusal(call, words::record_invalid);
    Scheduled scheduled;
    scheduled.id = world.ids.next(call.now, world.settings.facts().ids);
    scheduled.account = call.account->id;
    scheduled.app = call.token->app;
    scheduled.at = at;
    scheduled.draft = std::move(draft);
    for (const std::string& id : scheduled.draft.media)
        if (Attachment* const attachment = world.media.find(id))
            attachment->attached_to = scheduled.id;
    if (world.settings.mastodon(403) || !world.settings.mastodon()) // before 4.3 the key was ignored
        remember(call, key, scheduled.id);
    return json_reply(scheduled_json(world, world.statuses.schedule(std::move(scheduled))));
}

Response post(Call& call, const std::string& key) {
    Draft draft;
    if (auto refused = read_parents(call, draft))
        return std::move(*refused);
    if (!key.empty())
        if (auto replayed = replay(call, key))
            return std::move(*replayed);
    if (auto refused = read_media(call, nullptr, draft))
        return std::move(*refused);
    read_fields(call, draft);
    const std::string at = call.params.text("scheduled_at").value_or("");
    const auto when = parse_rfc3339(at);
    if (!at.empty() && !when)
        return refusal(call, words::record_invalid);
    if (when && *when > call.now && call.world.settings.facts().scheduling != Scheduling::at_once)
        return schedule(call, std::move(draft), *when, key);
    return publish_now(call, std::move(draft), key);
}

/// Pixelfed spends a key once the fields are found in order, whatever comes of the post.
void spend(Call& call, const std::string& key, int status) {
    if (call.replay != ReplayMode::refused || key.empty() || status == 422)
        return;
    if (call.world.idempotency.find(call.account->id, key, call.now) != nullptr)
        return;
    IdempotencyMap::Known known;
    known.id = call.status_id;
    known.until = call.now + std::chrono::seconds{call.world.settings.facts().key_seconds};
    call.world.idempotency.keep(call.account->id, key, std::move(known), call.now);
}

} // namespace

Response post_status(Call& call) {
    const std::string key = without_edges(call.request.header("Idempotency-Key"));
    Response response = post(call, key);
    spend(call, key, response.status);
    return response;
}

} // namespace crier::sandbox
