#include "engine/changes.hpp"

#include "core/text/plain.hpp"
#include "engine/accept.hpp"

#include <algorithm>
#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

/// How many posts one transaction changes.
constexpr std::size_t changed_at_once = 500;

std::string named(const Origin& origin) {
    return std::string{to_text(origin.kind)} + " " + origin.name;
}

Post held_without_origin(Post post) {
    post.state = PostState::held;
    post.code = ReasonCode::origin_removed;
    post.reason = "the " + named(post.origin) +
                  " is no longer in the configuration: put it back, or `crier outbox release` or `cancel`";
    return post;
}

Post cancelled_by_schedule(Post post) {
    post.state = PostState::cancelled;
    post.code = ReasonCode::schedule_changed;
    post.reason = "schedule changed: the " + named(post.origin) + " no longer fires at " + post.origin.item;
    return post;
}

Post on_its_way_again(Post post, Instant now) {
    post.state = post.due > now ? PostState::waiting : PostState::ready;
    post.code = ReasonCode::none;
    post.reason.clear();
    post.next = std::max(post.due, now);
    return post;
}

class Settling {
public:
    Settling(const Settings& settings, const Origins& origins, Store& store, Clock& clock, Log& log)
        : settings_(settings)
        , configured_(settings)
        , origins_(origins)
        , store_(store)
        , clock_(clock)
        , log_(log) {}

    asio::awaitable<Result<>> run() {
        for (const Origin& origin : origins_.gone())
            if (Result<> done = co_await hold_all_of(origin); !done)
                co_return done;
        if (Result<> done = co_await let_go_on(); !done)
            co_return done;
        co_return co_await cancel_unplanned();
    }

private:
    /// What is held leaves what is asked for, so the same question finds the next. The further parts of a
    /// thread go by the first: one that has begun is brought to its end.
    asio::awaitable<Result<>> hold_all_of(Origin origin) {
        PostQuery query;
        query.origin_kind = origin.kind;
        query.origin = origin.name;
        query.untried = true;
        std::size_t held = 0;
        for (std::size_t passed_over = 0;;) {
            PostQuery copy = query;
            copy.limit = changed_at_once + passed_over;
            Result<std::vector<Post>> posts = co_await store_.find(std::move(copy));
            if (!posts)
                co_return posts.error();
            Batch batch;
            for (Post& post : *posts)
                if (!post.approved && post.part == 0 &&
                    !is_elsewhere(settings_, post.account)) // or a person let it go all the same
                    batch.update.push_back(held_without_origin(std::move(post)));
            if (batch.update.empty())
                break;
            passed_over = posts->size() - batch.update.size();
            held += batch.update.size();
            if (Result<> written = co_await write(std::move(batch)); !written)
                co_return written;
        }
        if (held > 0)
            log_.warning("origin.removed",
                         "the " + named(origin) + " is no longer in the configuration: " +
                             text::counted(held, "post that was", "posts that were") +
                             " not sent yet, held; put it back, or `crier outbox release` or `cancel`",
                         {{std::string{to_text(origin.kind)}, origin.name}});
        co_return Result<>{};
    }

    asio::awaitable<Result<>> let_go_on() {
        PostQuery query;
        query.states = {PostState::held};
        query.code = ReasonCode::origin_removed;
        query.limit = 1'000'000;
        Result<std::vector<Post>> posts = co_await store_.find(std::move(query));
        if (!posts)
            co_return posts.error();
        Batch batch;
        for (Post& post : *posts) {
            if (!configured_.has(post.origin) || is_elsewhere(settings_, post.account))
                continue;
            batch.update.push_back(on_its_way_again(std::move(post), clock_.now()));
            if (batch.update.size() == changed_at_once) {
                if (Result<> written = co_await write(std::exchange(batch, Batch{})); !written)
                    co_return written;
            }
        }
        co_return co_await write(std::move(batch));
    }

    asio::awaitable<Result<>> cancel_unplanned() {
        PostQuery query;
        query.origin_kind = OriginKind::entry;
        query.untried = true;
        query.limit = 1'000'000;
        Result<std::vector<Post>> posts = co_await store_.find(std::move(query));
        if (!posts)
            co_return posts.error();
        std::vector<Post> unplanned;
        for (Post& post : *posts) { // what a person let go, or moved, is no longer the rule's
            if (post.approved || post.planned || post.part != 0 || is_still_planned(post))
                continue;
            unplanned.push_back(cancelled_by_schedule(std::move(post)));
            if (unplanned.size() < changed_at_once)
                continue;
            if (Result<> cancelled = co_await cancel(std::exchange(unplanned, {})); !cancelled)
                co_return cancelled;
        }
        co_return co_await cancel(std::move(unplanned));
    }

    /// Told of when it is so.
    asio::awaitable<Result<>> cancel(std::vector<Post> posts) {
        Batch batch;
        batch.update = posts;
        if (Result<> written = co_await write(std::move(batch)); !written)
            co_return written;
        for (const Post& post : posts)
            log_.warning(
                "post.cancelled", "post " + std::to_string(post.id) + ": " + post.reason,
                {{"account", post.account}, {"post", std::to_string(post.id)}, {"entry", post.origin.name}});
        co_return Result<>{};
    }

    /// Does the entry still have the instant of this post, under its present edition? Posts of all else: yes.
    [[nodiscard]] bool is_still_planned(const Post& post) const {
        if (post.origin.kind != OriginKind::entry)
            return true;
        const EntrySettings* entry = configured_.entry(post.origin.name);
        const auto account = settings_.accounts.find(post.account);
        const std::optional<Instant> nominal = from_rfc3339(post.origin.item);
        if (entry == nullptr || account == settings_.accounts.end() || !nominal)
            return true; // not the schedule's business
        const schedule::Zone zone = schedule::Zone::find_or_utc(entry->timezone);
        if (!schedule::fires_at(entry->when, zone, *nominal))
            return false;
        Acceptance acceptance;
        acceptance.origin = post.origin;
        acceptance.identity = origins_.identity(OriginKind::entry, entry->name);
        acceptance.part = post.part;
        // Not by the present key alone: an account's server may have changed, and that is no edition.
        for (acceptance.revision = 0; acceptance.revision < entry->edition; ++acceptance.revision)
            if (key_of(account->second, acceptance) == post.key)
                return false;
        return true;
    }

    asio::awaitable<Result<>> write(Batch batch) {
        if (batch.empty())
            co_return Result<>{};
        batch.now = clock_.now();
        const Result<Applied> applied = co_await store_.apply(std::move(batch));
        if (!applied)
            co_return applied.error();
        co_return Result<>{};
    }

    const Settings& settings_;
    Configured configured_;
    const Origins& origins_;
    Store& store_;
    Clock& clock_;
    Log& log_;
};

} // namespace

asio::awaitable<Result<>> settle_changes(const Settings& settings, const Origins& origins, Store& store,
                                         Clock& clock, Log& log) {
    Settling settling{settings, origins, store, clock, log};
    co_return co_await settling.run();
}

} // namespace crier::engine
