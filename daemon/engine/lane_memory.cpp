#include "core/delivery/unknown_status.hpp"
#include "engine/lane.hpp"
#include "engine/memory.hpp"

#include <utility>

/// Before the first post after an absence: does the account's page show what this store knows nothing of?
namespace crier::engine {

namespace asio = boost::asio;
using delivery::LaneEffect;

namespace {

/// A page that cannot be had does not hold up the posts for ever.
constexpr int most_page_tries = 5;

constexpr std::size_t most_unpublished = 1000;

} // namespace

AccountMemory Lane::believe(AccountMemory memory) {
    AccountMemory before = std::exchange(state_.memory, memory);
    if (memory.restored && state_.state != "held") {
        hold_restored(state_, "the store was put back", world_.clock.now());
        queue_.clear();
    }
    return before;
}

bool Lane::must_compare(const Post& post) const {
    return state_.memory.knows_until && !state_.memory.restored && post.state != PostState::sending &&
           settings_->mode != Mode::dry;
}

/// What tells of another life, in words; empty: nothing does.
asio::awaitable<Result<std::string>> Lane::unknown_on(Timeline page) {
    const std::optional<std::set<std::string>> ours = co_await ours_among(page, 0);
    if (!ours)
        co_return Failure{Cause::temporary, "the store cannot be read"};
    const Instant alive = state_.memory.knows_until.value_or(world_.clock.now());
    const auto unknown = delivery::unknown_statuses(page, alive, *ours, settings_->delivery);
    if (unknown.empty())
        co_return std::string{};
    PostQuery query;
    query.account = settings_->name;
    query.states = {PostState::waiting,  PostState::ready,    PostState::uploading, PostState::sending,
                    PostState::retrying, PostState::doubt,    PostState::held,      PostState::failed,
                    PostState::expired,  PostState::cancelled};
    query.limit = most_unpublished;
    const Result<std::vector<Post>> posts = co_await world_.store.find(std::move(query));
    if (!posts)
        co_return posts.error();
    const SeenStatus* status = delivery::telling(unknown, state_.application, *posts);
    co_return status == nullptr ? std::string{}
                                : "the account shows " + status->url + " of " + to_rfc3339(*status->created) +
                                      ", which the store does not know";
}

/// True: the lane may go on, for nothing speaks against it or nothing can be known. The look is debited
/// before it is made.
asio::awaitable<bool> Lane::compare_with_page() {
    const bool has_way = !state_.account_id.empty() || !settings_->handle.empty();
    Timeline page;
    if (has_way) {
        const rates::Needs needs = needs_of_look();
        if (!may(needs))
            co_return false;
        const int look_ups = needs.of(rates::Call::look_up);
        const int pages = needs.of(rates::Call::page);
        budget_.debit(rates::Call::look_up, look_ups);
        budget_.debit(rates::Call::page, pages);
        keep_budget();
        if (co_await outbox_.flush() != OutboxWriter::Written::yes) {
            const LookResult not_made;
            count_looks(rates::Call::look_up, look_ups, 0, not_made);
            count_looks(rates::Call::page, pages, 0, not_made);
            co_return false;
        }
        sieve_.moved();
        page = co_await read_page_since(world_.clock.now());
        keep_budget();
    }
    if (!state_.memory.knows_until || state_.memory.restored)
        co_return !state_.memory.restored; // a person was quicker
    if (page.sight == Sight::later && has_way && ++page_tries_ < most_page_tries) {
        LaneEffect effect;
        effect.kind = LaneEffect::Kind::back_off;
        effect.reason = "the account's page cannot be read after an absence: " + page.text;
        apply(effect);
        co_return false;
    }
    std::string why;
    if (page.sight == Sight::seen) {
        const Result<std::string> unknown = co_await unknown_on(std::move(page));
        if (!unknown) {
            world_.log.error("store.failed", unknown.error().message, {{"account", settings_->name}});
            co_return false;
        }
        why = *unknown;
    }
    if (!state_.memory.knows_until)
        co_return true;
    if (why.empty()) {
        state_.memory.knows_until.reset();
        outbox_.add(state_);
        co_return true;
    }
    AccountState held = state_;
    hold_restored(held, why, world_.clock.now());
    state_.memory = held.memory;
    hold(std::move(held.reason), std::move(held.action), Instant::max());
    co_return false;
}

} // namespace crier::engine
