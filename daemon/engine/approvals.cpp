#include "engine/approvals.hpp"

#include "engine/restraint.hpp"
#include "engine/threads.hpp"

#include <algorithm>
#include <iterator>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

/// Until what could not be read or written is tried again.
constexpr Duration store_pause = std::chrono::minutes{1};

/// Of those that wait for approval so many are looked at.
constexpr std::size_t most_held = 100'000;

/// In one transaction.
constexpr std::size_t expired_at_once = 200;

Post expired(Post post, Duration waited) {
    post.state = PostState::expired;
    post.code = ReasonCode::expired;
    post.reason = "nobody approved it within " + crier::to_text(waited);
    return post;
}

} // namespace

Approvals::Approvals(Configuration settings, World& world)
    : settings_(std::move(settings))
    , world_(world)
    , alarm_(world.clock.make_alarm()) {
    index();
}

void Approvals::index() {
    own_.clear();
    some_wait_ = false;
    const auto note = [this](OriginKind kind, const std::string& name, const Approval& approval) {
        some_wait_ = some_wait_ || approval.within > Duration{};
        if (approval != Approval{})
            own_.emplace(std::pair{kind, name}, approval);
    };
    for (const SourceSettings& source : settings_->sources)
        note(OriginKind::source, source.name, source.approval);
    for (const EntrySettings& entry : settings_->schedule)
        if (entry.approval)
            note(OriginKind::entry, entry.name, *entry.approval);
    for (const auto& [name, account] : settings_->accounts)
        some_wait_ = some_wait_ || account.approval.within > Duration{};
}

const Approval* Approvals::own_of(const Origin& origin) const {
    if (own_.empty())
        return nullptr;
    const auto found = own_.find({origin.kind, origin.name});
    return found == own_.end() ? nullptr : &found->second;
}

bool Approvals::needed(const Post& post) const {
    const auto account = settings_->accounts.find(post.account);
    return needs_approval(account == settings_->accounts.end() ? nullptr : &account->second,
                          own_of(post.origin));
}

std::optional<Instant> Approvals::until(const Post& post) const {
    Duration within{};
    if (const Approval* own = own_of(post.origin))
        within = own->within;
    const auto account = settings_->accounts.find(post.account);
    if (within == Duration{} && account != settings_->accounts.end())
        within = account->second.approval.within;
    if (within == Duration{})
        return std::nullopt;
    return std::max(post.created, post.due) + within;
}

void Approvals::heed() {
    if (some_wait_)
        alarm_->ring();
}

void Approvals::follow(Configuration settings) {
    settings_ = std::move(settings);
    index();
    alarm_->ring();
}

void Approvals::stop() {
    stopping_ = true;
    alarm_->ring();
}

/// What it says of the parts behind is recorded with it. False: the store did not take it, or it was changed
/// by somebody at this moment. `next`: when the next one has waited too long.
asio::awaitable<bool> Approvals::expire(std::optional<Instant>& next) {
    PostQuery query;
    query.states = {PostState::held};
    query.code = ReasonCode::approval;
    query.limit = most_held;
    Result<std::vector<Post>> held = co_await world_.store.find(std::move(query));
    if (!held)
        co_return false;
    const Instant now = world_.clock.now();
    Batch batch;
    batch.now = now;
    std::vector<Post> told;
    for (Post& post : *held) {
        const std::optional<Instant> last = until(post);
        if (!last)
            continue;
        if (*last > now || told.size() == expired_at_once) {
            next = std::min(next.value_or(*last), *last);
            continue;
        }
        const Duration waited = *last - std::max(post.created, post.due);
        Post over = expired(std::move(post), waited);
        Result<std::vector<Post>> behind = co_await parts_behind(world_.store, over, now);
        if (!behind)
            co_return false;
        told.push_back(over);
        batch.update.push_back(std::move(over));
        std::move(behind->begin(), behind->end(), std::back_inserter(batch.update));
    }
    if (told.empty())
        co_return true;
    const Result<Applied> applied = co_await world_.store.apply(std::move(batch));
    if (!applied)
        co_return false;
    for (const Post& post : told) {
        world_.log.warning("post.expired", "post " + std::to_string(post.id) + ": " + post.reason,
                           {{"account", post.account}, {"post", std::to_string(post.id)}});
        world_.tally.note_end(post);
        if (on_expired)
            on_expired(post);
    }
    co_return true;
}

asio::awaitable<void> Approvals::run() {
    while (!stopping_) {
        if (!some_wait_) {
            co_await alarm_->wait();
            continue;
        }
        std::optional<Instant> next;
        if (!co_await expire(next))
            co_await alarm_->wait_for(store_pause);
        else if (next)
            co_await alarm_->wait_until(*next);
        else
            co_await alarm_->wait();
    }
}

} // namespace crier::engine
