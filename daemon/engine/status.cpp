#include "engine/status.hpp"

#include "engine/profile_text.hpp"

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

asio::awaitable<Result<Status>> status_of(Engine& engine) {
    Status status;
    status.timezone = engine.settings().timezone;
    const std::map<std::string, Instant> scheduled = engine.next_by_account();
    for (const LaneView& view : engine.lanes()) {
        AccountStatus account =
            account_status(engine.settings().accounts.find(view.state.account)->second, view.state);
        account.next_due = view.next;
        const auto next = scheduled.find(view.state.account);
        if (next != scheduled.end() && (!account.next_due || next->second < *account.next_due))
            account.next_due = next->second;
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
    if (const Result<> counted = co_await count_gone(engine, status); !counted)
        co_return counted.error();
    co_return status;
}

} // namespace crier::engine
