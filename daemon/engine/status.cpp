#include "engine/status.hpp"

#include "engine/profile_text.hpp"

#include <algorithm>
#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

AccountStatus account_status(const AccountSettings& settings, AccountState state) {
    AccountStatus status;
    status.server = settings.server;
    status.mode = settings.mode;
    if (const auto profile = profile_from_text(state.profile))
        status.kind = profile->software + " " + profile->version;
    status.state = std::move(state);
    return status;
}

SourceStatus source_status(const SourceSettings& settings, SourceState state) {
    SourceStatus status;
    status.plugin = settings.plugin;
    const bool moved = !state.url.empty() && state.moved_from == settings.url;
    status.url = moved ? state.url : settings.url;
    status.poll = settings.poll;
    if (settings.hook)
        status.hears = settings.hook->path;
    status.state = std::move(state);
    return status;
}

} // namespace

namespace {

/// Posts of accounts that are no longer in the configuration: no lane takes them.
asio::awaitable<Result<>> count_gone(Engine& engine, Status& status) {
    for (const std::string& account : engine.gone_accounts()) {
        const Result<std::map<PostState, std::int64_t>> counts = co_await engine.store().counts(account);
        if (!counts)
            co_return counts.error();
        std::int64_t resting = 0;
        for (const auto& [state, count] : *counts)
            if (!is_final(state) && state != PostState::failed)
                resting += count;
        if (resting > 0)
            status.gone_accounts.emplace(account, resting);
    }
    co_return Result<>{};
}

} // namespace

namespace {

/// What those who work on them have recorded.
asio::awaitable<Result<>> tell_of_others(Engine& engine, Status& status) {
    const auto& others = engine.settings().elsewhere.accounts;
    if (others.empty())
        co_return Result<>{};
    const Result<States> known = co_await engine.store().load();
    if (!known)
        co_return known.error();
    std::map<std::string_view, const AccountState*> states;
    for (const AccountState& state : known->accounts)
        states.emplace(state.account, &state);
    for (const auto& [name, settings] : others) {
        AccountState state;
        state.account = name;
        if (const auto found = states.find(name); found != states.end())
            state = *found->second;
        AccountStatus account = account_status(settings, std::move(state));
        account.token = "ok"; // where it is not, the state says so
        account.elsewhere = true;
        if (status.sharing)
            if (const auto holder = status.sharing->elsewhere.find(name);
                holder != status.sharing->elsewhere.end())
                account.daemon = holder->second;
        status.accounts.push_back(std::move(account));
    }
    co_return Result<>{};
}

} // namespace

asio::awaitable<Result<std::map<std::string, Leaving>>> leaving_of(Engine& engine) {
    std::vector<std::string> names;
    for (const auto& [name, account] : engine.settings().accounts)
        names.push_back(name);
    co_return co_await engine.store().leaving(std::move(names), engine.now());
}

std::map<std::string, Instant> next_to_leave(const Engine& engine,
                                             const std::map<std::string, Leaving>& outbox) {
    std::map<std::string, Instant> next = engine.next_by_account();
    for (const auto& [account, posts] : outbox) {
        if (!posts.next)
            continue;
        const auto [known, is_new] = next.emplace(account, *posts.next);
        known->second = std::min(known->second, *posts.next);
    }
    return next;
}

asio::awaitable<Result<Status>> status_of(Engine& engine) {
    Status status;
    status.timezone = engine.settings().timezone;
    const Result<std::map<std::string, Leaving>> leaving = co_await leaving_of(engine);
    if (!leaving)
        co_return leaving.error();
    const std::map<std::string, Instant> next = next_to_leave(engine, *leaving);
    for (const LaneView& view : engine.lanes()) {
        AccountStatus account =
            account_status(engine.settings().accounts.find(view.state.account)->second, view.state);
        if (const auto first = next.find(view.state.account); first != next.end())
            account.next_due = first->second;
        account.waits = view.waits;
        account.waits_why = view.waits_why;
        account.token = view.token;
        account.token_note = view.token_note;
        account.waits_until = view.waits_until;
        account.budgets = view.budgets;
        status.accounts.push_back(std::move(account));
    }
    // Those that are drawn from on demand have none.
    for (SourceState& state : engine.sources())
        if (const SourceSettings* source = find_source(engine.settings(), state.source))
            status.sources.push_back(source_status(*source, std::move(state)));
    for (SourceStatus& source : status.sources)
        if (const Subscription* hub = engine.subscription_of(source.state.source))
            source.hub = *hub;
    const Result<std::vector<Deletions>> deletions = co_await engine.deletions({});
    if (!deletions)
        co_return deletions.error();
    for (const Deletions& waiting : *deletions)
        for (AccountStatus& account : status.accounts)
            if (account.state.account == waiting.account)
                account.deletions = waiting;
    status.paused_entries = engine.paused_entries();
    status.tripped_entries = engine.tripped_entries();
    Result<std::map<PostState, std::int64_t>> counts = co_await engine.store().counts({});
    if (!counts)
        co_return counts.error();
    status.outbox = std::move(*counts);
    status.store = engine.store_trouble();
    status.restart = engine.tally().reloads.restart;
    status.sharing = co_await engine.sharing();
    if (const Result<> told = co_await tell_of_others(engine, status); !told)
        co_return told.error();
    if (const Result<> counted = co_await count_gone(engine, status); !counted)
        co_return counted.error();
    co_return status;
}

} // namespace crier::engine
