#include "ports/leases.hpp"

#include <algorithm>

namespace crier {

namespace {

std::string account_of(const std::string& name) {
    return "account:" + name;
}

} // namespace

std::vector<std::string> things_of(const Batch& batch) {
    std::vector<std::string> things;
    for (const AccountState& state : batch.accounts)
        things.push_back(account_of(state.account));
    // An attempt, and what became of one, is a lane's.
    if (!batch.attempts.empty() || !batch.amended.empty())
        for (const Post& post : batch.update)
            things.push_back(account_of(post.account));
    for (const Amendment& amendment : batch.amended)
        things.push_back(account_of(amendment.account));
    for (const SourceState& state : batch.sources)
        things.push_back("source:" + state.source);
    for (const SourceAccount& state : batch.source_accounts)
        things.push_back("source:" + state.source);
    for (const SeenItem& item : batch.seen)
        things.push_back("source:" + item.source);
    for (const EntryState& state : batch.entries)
        things.push_back("entry:" + state.entry);
    for (const DrawnItem& item : batch.drawn)
        things.push_back("entry:" + item.entry);
    std::sort(things.begin(), things.end());
    things.erase(std::unique(things.begin(), things.end()), things.end());
    return things;
}

} // namespace crier
