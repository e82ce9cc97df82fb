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

/// Of those that are held so many are read at once.
constexpr std::size_t listed_at_once = 1000;

/// A post that is held is so in the store.
constexpr Duration recorded_within = std::chrono::seconds{5};

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

void Approvals::heed(const Post& post) {
    if (!some_wait_ || post.state != PostState::held || post.code != ReasonCode::approval)
        return;
    // Its lane records that in a moment.
    if (const std::optional<Instant> last = until(post))
        waiting_.emplace(std::max(*last, world_.clock.now() + recorded_within), post.id);
    alarm_->ring();
}

void Approvals::wait_for(const Post& post) {
    if (const std::optional<Instant> last = until(post))
        waiting_.emplace(*last, post.id);
}

void Approvals::follow(Configuration settings) {
    settings_ = std::move(settings);
    index();
    waiting_.clear();
    listed_ = false;
    alarm_->ring();
}

void Approvals::stop() {
    stopping_ = true;
    alarm_->ring();
}

/// What was held before this life, or under another configuration. False: the store does not say.
asio::awaitable<bool> Approvals::list() {
    listed_ = true; // unless another configuration comes meanwhile
    std::optional<PostCursor> after;
    do {
        PostQuery query;
        query.states = {PostState::held};
        query.code = ReasonCode::approval;
        query.limit = listed_at_once;
        query.after = after;
        const Result<std::vector<Post>> held = co_await world_.store.find(std::move(query));
        if (!held) {
            listed_ = false;
            co_return false;
        }
        for (const Post& post : *held)
            wait_for(post);
        after.reset();
        if (held->size() == listed_at_once)
            after = PostCursor{held->back().due, held->back().id};
    } while (after && !stopping_);
    co_return true;
}

/// Those that have waited too long, as they are now. What is no longer held, or has more time by now, is not
/// among them.
asio::awaitable<Result<std::vector<Post>>> Approvals::take_due(Instant now) {
    std::vector<PostId> due;
    while (!waiting_.empty() && waiting_.begin()->first <= now && due.size() < expired_at_once) {
        due.push_back(waiting_.begin()->second);
        waiting_.erase(waiting_.begin());
    }
    std::vector<Post> late;
    for (const PostId id : due) {
        PostQuery query;
        query.id = id;
        Result<std::vector<Post>> found = co_await world_.store.find(std::move(query));
        if (!found) {
            for (const PostId again : due)
                waiting_.emplace(now, again);
            co_return found.error();
        }
        if (found->empty() || found->front().state != PostState::held ||
            found->front().code != ReasonCode::approval)
            continue;
        if (const std::optional<Instant> last = until(found->front()); last && *last <= now)
            late.push_back(std::move(found->front()));
        else
            wait_for(found->front());
    }
    co_return late;
}

/// What it says of the parts behind is recorded with it. False: the store did not take it, or it was changed
/// by somebody at this moment.
asio::awaitable<bool> Approvals::expire() {
    const Instant now = world_.clock.now();
    Result<std::vector<Post>> late = co_await take_due(now);
    if (!late)
        co_return false;
    Batch batch;
    batch.now = now;
    std::vector<Post> told;
    for (Post& post : *late) {
        waiting_.emplace(now, post.id); // until it is recorded
        Post over = expired(post, now - std::max(post.created, post.due));
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
        waiting_.erase({now, post.id});
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
        bool good = true; // one await to a statement: docs/ARCHITECTURE.md, "Traps"
        if (!listed_)
            good = co_await list();
        if (good)
            good = co_await expire();
        if (!good)
            co_await alarm_->wait_for(store_pause);
        else if (listed_ && waiting_.empty())
            co_await alarm_->wait();
        else if (listed_ && waiting_.begin()->first > world_.clock.now())
            co_await alarm_->wait_until(waiting_.begin()->first);
    }
}

} // namespace crier::engine
