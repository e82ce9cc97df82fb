#include "core/delivery/foreign.hpp"
#include "engine/lane.hpp"

#include <algorithm>
#include <utility>

/// Who else posts on the account: the plan of its limits supposes that nobody does.
namespace crier::engine {

namespace asio = boost::asio;

/// Of a page that was read anyway, each status once. What may be one of ours whose fate is open is left for a
/// later look.
asio::awaitable<void> Lane::note_foreign(const Timeline& page, const std::set<std::string>& ours,
                                         Instant until) {
    std::vector<const SeenStatus*> foreign =
        delivery::foreign_statuses(page, ours, state_.foreign_newest, until);
    if (foreign.empty())
        co_return;
    PostQuery query;
    query.account = settings_->name;
    query.states = {PostState::sending, PostState::doubt, PostState::retrying, PostState::held,
                    PostState::failed};
    query.in_doubt = true;
    query.limit = 1000;
    const Result<std::vector<Post>> open = co_await world_.store.find(std::move(query));
    if (!open)
        co_return; // the next page shows them, too
    std::erase_if(foreign, [&](const SeenStatus* status) {
        return std::any_of(open->begin(), open->end(),
                           [&](const Post& post) { return delivery::may_be(*status, page, post, rules()); });
    });
    if (foreign.empty())
        co_return;
    const SeenStatus& newest = *foreign.front();
    state_.foreign += static_cast<int>(foreign.size());
    state_.foreign_newest = *newest.created;
    outbox_.add(state_);
    world_.log.warning("account.foreign_seen",
                       settings_->name + ": " + std::to_string(foreign.size()) +
                           " on its page that crier did not post, the newest " + newest.url +
                           ": the limits are planned as if nobody else posted there",
                       {{"account", settings_->name},
                        {"count", std::to_string(foreign.size())},
                        {"newest", to_rfc3339(*newest.created)}});
}

} // namespace crier::engine
