#include "ports/leases.hpp"

#include <algorithm>
#include <utility>

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

boost::asio::awaitable<std::map<std::string, std::string>> who_works_on(Leases& leases,
                                                                        std::vector<std::string> accounts) {
    std::vector<std::string> things;
    things.reserve(accounts.size());
    for (const std::string& account : accounts)
        things.push_back(account_of(account));
    const auto holders = co_await leases.holders(std::move(things));
    std::map<std::string, std::string> daemons;
    for (std::string& account : accounts) {
        const std::string thing = account_of(account);
        std::string& daemon = daemons[std::move(account)];
        if (!holders)
            continue;
        if (const auto holder = holders->find(thing); holder != holders->end())
            daemon = holder->second;
    }
    co_return daemons;
}

} // namespace crier
