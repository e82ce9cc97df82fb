#include "sandbox/api/draft.hpp"
#include "sandbox/api/reply.hpp"

namespace crier::sandbox {
namespace {

const Status* seen(const Call& call, const std::string& id) {
    const Status* const status = call.world.statuses.find(id);
    return status != nullptr && visible(*status, call.viewer_of(*status)) ? status : nullptr;
}

/// Nothing: it is posted without it.
std::optional<Response> missing(const Call& call, int status, const Words& words) {
    if (status == 0)
        return std::nullopt;
    if (status == 404 && call.world.settings.facts().errors != ErrorShape::mastodon)
        return not_found(call);
    return error_reply(call, status, words);
}

std::string quoted_id(const Call& call) {
    for (const std::string& field : split_words(call.world.settings.facts().quote_fields))
        if (auto id = call.params.text(field); id && !id->empty())
            return *id;
    return {};
}

} // namespace

std::optional<Response> read_parents(const Call& call, Draft& draft) {
    const Settings& settings = call.world.settings;
    const Facts& facts = settings.facts();
    draft.in_reply_to = call.params.text("in_reply_to_id").value_or("");
    if (!draft.in_reply_to.empty() && seen(call, draft.in_reply_to) == nullptr) {
        // Before 4.3 it was any record that is not there.
        const bool old = settings.mastodon() && !settings.mastodon(403);
        if (auto refused =
                missing(call, facts.missing_reply, old ? words::record_missing : words::reply_missing))
            return refused;
        draft.in_reply_to.clear();
    }
    draft.quoted = quoted_id(call);
    if (draft.quoted.empty())
        return std::nullopt;
    const Status* const quoted = call.world.statuses.find(draft.quoted);
    if (quoted == nullptr || !quotable(*quoted, call.viewer_of(*quoted))) {
        if (auto refused = missing(call, facts.missing_quote, words::quote_missing))
            return refused;
        draft.quoted.clear();
    }
    return std::nullopt;
}

} // namespace crier::sandbox
