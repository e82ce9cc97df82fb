#include "engine/fuse_check.hpp"

#include <algorithm>
#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

/// How far back an origin's habits go.
constexpr Duration habit_length = std::chrono::hours{24 * 31};

/// Of an origin's past as much as tells its habit.
constexpr std::size_t most_habit = 20'000;

/// An occurrence counts at the time that it was for, not when it was made nor when it may leave: so catching
/// up, jitter and quiet hours bunch nothing.
Instant counts_at(OriginKind kind, Instant created, const std::string& item) {
    return kind == OriginKind::entry ? from_rfc3339(item).value_or(created) : created;
}

std::vector<fuse::One> wanted_of(const FuseCheck& check) {
    std::vector<fuse::One> wanted;
    wanted.reserve(check.posts.size());
    for (const Post& post : check.posts) {
        fuse::One one;
        one.when = counts_at(check.kind, post.created, post.origin.item);
        if (!check.one_link)
            one.link = post.link;
        if (!check.fixed_text && !post.content.status.empty())
            one.text = digest_of(post.content.status);
        wanted.push_back(one);
    }
    return wanted;
}

fuse::Verdict verdict_of(const FuseCheck& check, const fuse::Past& past) {
    return fuse::judge(check.limits, check.within, past, wanted_of(check), check.kind == OriginKind::source);
}

MadeQuery query_of(const FuseCheck& check) {
    MadeQuery query;
    query.kind = check.kind;
    query.name = check.name;
    query.account = check.account;
    return query;
}

/// Nothing is asked for what cannot trip anything.
bool asks(const FuseCheck& check) {
    return check.limits.on && !check.posts.empty();
}

} // namespace

std::string origin_text(OriginKind kind, std::string_view name) {
    return std::string{to_text(kind)} + ":" + std::string{name};
}

std::string fuse_action(OriginKind kind, std::string_view name) {
    const std::string origin = origin_text(kind, name);
    return "look with `crier outbox list --origin " + origin + " --state held`; `crier resume " + origin +
           "` lets them go, `crier outbox cancel --origin " + origin +
           " --reason fuse` drops them; if so many are meant, give it a `fuse` of its own";
}

void tell_tripped(Log& log, Alerts& alerts, OriginKind kind, const std::string& name,
                  const fuse::State& state) {
    log.error("fuse.tripped",
              origin_text(kind, name) + ": " + state.why + "; its posts are held from now on. " +
                  fuse_action(kind, name),
              {{to_text(kind), name}});
    raise_fuse(alerts, kind, name, state);
}

void raise_fuse(Alerts& alerts, OriginKind kind, const std::string& name, const fuse::State& state) {
    const std::string origin = origin_text(kind, name);
    alerts.raise(AlertKind::fuse, origin,
                 "the fuse of " + origin + " has tripped: " + state.why + "; its posts are held",
                 fuse_action(kind, name));
}

asio::awaitable<Result<>> read_pasts(Store& store, std::vector<FuseCheck>& checks) {
    std::vector<MadeQuery> recent;
    std::vector<FuseCheck*> asked;
    for (FuseCheck& check : checks) {
        if (!asks(check))
            continue;
        Instant oldest = Instant::max();
        for (const Post& post : check.posts)
            oldest = std::min(oldest, counts_at(check.kind, post.created, post.origin.item));
        MadeQuery query = query_of(check);
        query.since = std::max(oldest - check.within, check.after);
        recent.push_back(std::move(query));
        asked.push_back(&check);
    }
    if (asked.empty())
        co_return Result<>{};
    const Result<std::vector<std::vector<MadePost>>> made = co_await store.made(std::move(recent));
    if (!made)
        co_return made.error();
    std::vector<MadeQuery> older;
    std::vector<FuseCheck*> surprised;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        FuseCheck& check = *asked[i];
        for (const MadePost& post : (*made)[i]) {
            fuse::One one;
            one.when = counts_at(check.kind, post.created, post.item);
            if (!check.one_link)
                one.link = post.link;
            if (!check.fixed_text)
                one.text = post.text;
            check.past.recent.push_back(one);
        }
        if (!verdict_of(check, check.past).too_many)
            continue;
        MadeQuery query = query_of(check);
        query.since = std::max(check.posts.back().created - check.within - habit_length, check.after);
        query.limit = most_habit;
        older.push_back(std::move(query));
        surprised.push_back(&check);
    }
    if (surprised.empty())
        co_return Result<>{};
    const Result<std::vector<std::vector<MadePost>>> habits = co_await store.made(std::move(older));
    if (!habits)
        co_return habits.error();
    for (std::size_t i = 0; i < surprised.size(); ++i)
        for (const MadePost& post : (*habits)[i])
            surprised[i]->past.habit.push_back(counts_at(surprised[i]->kind, post.created, post.item));
    co_return Result<>{};
}

bool heed_fuse(FuseCheck& check, fuse::State& state, Instant now) {
    std::size_t held_from = 0;
    bool trips = false;
    if (!state.open()) {
        if (!asks(check))
            return false;
        // A person has let go what was made until then: it is what the origin is used to. (One that lies
        // ahead was said when the clock stood in the future.)
        const Instant reset = state.reset > now ? Instant{} : state.reset;
        const auto before = [&](Instant when) { return when <= reset; };
        fuse::Past past = check.past;
        const Instant window =
            counts_at(check.kind, check.posts.front().created, check.posts.front().origin.item) -
            check.within;
        std::erase_if(past.recent, [&](const fuse::One& one) { return before(one.when); });
        std::erase_if(past.habit, [&](Instant when) { return when > window && !before(when); });
        const fuse::Verdict verdict = verdict_of(check, past);
        held_from = verdict.held_from;
        trips = !verdict.why.empty();
        if (!trips)
            return false;
        state.why = verdict.why;
        state.tripped = now;
    }
    for (std::size_t i = held_from; i < check.posts.size(); ++i) {
        Post& post = check.posts[i];
        if (post.state != PostState::waiting && post.state != PostState::ready)
            continue; // held already, for what it lacks
        hold_by_fuse(post, check.kind, check.name, state);
    }
    return trips;
}

void hold_by_fuse(Post& post, OriginKind kind, const std::string& name, const fuse::State& state) {
    post.state = PostState::held;
    post.code = ReasonCode::fuse;
    post.reason = "the fuse of " + origin_text(kind, name) + " tripped at " + to_rfc3339(state.tripped) +
                  ": " + state.why + ". `crier resume " + origin_text(kind, name) + "` lets it go";
}

} // namespace crier::engine
