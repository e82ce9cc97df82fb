#include "admin/watched_store.hpp"

#include <cstddef>
#include <utility>

namespace crier::admin {

namespace asio = boost::asio;

namespace {

/// What those who look on may see of it. Posts to be inserted come first, in their order: they have no number
/// yet.
std::vector<Change> changes_of(const Batch& batch) {
    std::vector<Change> changes;
    for (const Post& post : batch.insert)
        changes.emplace_back(post);
    for (const Post& post : batch.update)
        changes.emplace_back(post);
    for (const auto* amendments : {&batch.amendments, &batch.amended})
        for (const Amendment& amendment : *amendments) {
            Change change{Change::What::post, amendment.account};
            change.post = amendment.post;
            changes.push_back(std::move(change));
        }
    for (const AccountState& account : batch.accounts)
        changes.emplace_back(Change::What::account, account.account);
    for (const SourceState& source : batch.sources)
        changes.emplace_back(Change::What::source, source.source);
    for (const Subscription& subscription : batch.subscriptions)
        changes.emplace_back(Change::What::source, subscription.source);
    for (const EntryState& entry : batch.entries)
        changes.emplace_back(Change::What::entry, entry.entry);
    if (!batch.alerts.empty() || !batch.alerts_ended.empty())
        changes.emplace_back(Change::What::alert);
    if (!batch.renames.empty())
        changes.emplace_back(Change::What::all);
    return changes;
}

} // namespace

asio::awaitable<Result<Applied>> WatchedStore::apply(Batch batch) {
    return events_.wanted() ? apply_and_tell(std::move(batch)) : store_.apply(std::move(batch));
}

asio::awaitable<Result<Applied>> WatchedStore::apply_and_tell(Batch batch) {
    std::vector<Change> changes = changes_of(batch);
    Result<Applied> applied = co_await store_.apply(std::move(batch));
    if (!applied)
        co_return applied;
    for (std::size_t i = 0; i < applied->inserted.size() && i < changes.size(); ++i)
        changes[i].post = applied->inserted[i];
    for (const Change& change : changes)
        if (change.what != Change::What::post || change.post != 0) // 0: its key was known, nothing was made
            events_.tell(change);
    co_return applied;
}

} // namespace crier::admin
