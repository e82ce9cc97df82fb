#include "support/model_server.hpp"

#include <algorithm>

/// What the model server shows to those whom it does not know.
namespace crier::test {
namespace {

template <class Kind>
Kind answered(Sight sight, int http) {
    Kind kind;
    kind.sight = sight;
    kind.http = http;
    if (sight == Sight::closed)
        kind.text = "401 This method requires an authenticated user";
    return kind;
}

SeenStatus shown(const ModelServer::Status& status) {
    SeenStatus seen;
    seen.id = status.id;
    seen.url = "https://model.example/@bot/" + status.id;
    seen.account_id = "a1";
    seen.created = status.created;
    seen.text = status.text;
    seen.spoiler_text = status.spoiler;
    seen.visibility = to_text(status.visibility);
    seen.media = status.media;
    seen.application = status.application;
    return seen;
}

bool is_public(const ModelServer::Status& status) {
    return status.visibility == Visibility::public_ || status.visibility == Visibility::unlisted;
}

} // namespace

Reply ModelServer::media_state(const std::string& id) {
    ++media_looks;
    const bool attached = std::any_of(statuses.begin(), statuses.end(), [&](const Status& status) {
        return std::find(status.media.begin(), status.media.end(), id) != status.media.end();
    });
    Reply reply{Verdict::media_ready, 200, {}};
    if (attached && server.hides_attached) {
        reply = Reply{Verdict::media_gone, 404, "Record not found"};
        reply.by_api = true;
    }
    reply.media_id = id;
    const auto ready = ready_.find(id);
    if (ready == ready_.end() || reply.verdict != Verdict::media_ready)
        return reply;
    if (time_.now() < ready->second)
        reply = Reply{Verdict::media_pending, 206, {}};
    else if (processing_fails)
        reply = Reply{Verdict::media_failed, 422, "Error processing thumbnail for uploaded media"};
    reply.media_id = id;
    return reply;
}

AccountSight ModelServer::find_account(const std::string& handle) {
    ++looks;
    if (!readable)
        return answered<AccountSight>(Sight::closed, 401);
    if (handle != account_name)
        return answered<AccountSight>(Sight::gone, 404);
    AccountSight sight = answered<AccountSight>(Sight::seen, 200);
    sight.id = "a1";
    return sight;
}

Timeline ModelServer::timeline(const std::string& account, Instant since) {
    ++looks;
    if (!readable)
        return answered<Timeline>(Sight::closed, 401);
    if (account != "a1")
        return answered<Timeline>(Sight::gone, 404);
    if (page_troubles > 0) {
        --page_troubles;
        return answered<Timeline>(Sight::later, 503);
    }
    Timeline page = answered<Timeline>(Sight::seen, 200);
    page.stale = page_stale;
    page.ahead = Duration::zero();
    page.reaches_back = true;
    for (auto status = statuses.rbegin(); status != statuses.rend(); ++status) {
        if (status->created > time_.now() - page_age || !is_public(*status) || hidden.count(status->id) > 0)
            continue;
        if (page.statuses.size() == page_length) {
            page.reaches_back = page.statuses.back().created < since;
            break;
        }
        page.statuses.push_back(shown(*status));
    }
    return page;
}

StatusSight ModelServer::status(const std::string& id) {
    ++looks;
    if (!readable)
        return answered<StatusSight>(Sight::closed, 401);
    const auto found =
        std::find_if(statuses.begin(), statuses.end(), [&](const Status& status) { return status.id == id; });
    if (found == statuses.end() || !is_public(*found) || hidden.count(id) > 0)
        return answered<StatusSight>(Sight::gone, 404);
    StatusSight sight = answered<StatusSight>(Sight::seen, 200);
    sight.status = shown(*found);
    return sight;
}

} // namespace crier::test
