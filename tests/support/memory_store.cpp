#include "support/memory_store.hpp"

#include "core/ascii.hpp"

#include <algorithm>
#include <tuple>

namespace crier::test {

namespace asio = boost::asio;

namespace {

template <class Row, class Same>
void put(std::vector<Row>& rows, const Row& row, Same same) {
    const auto known = std::find_if(rows.begin(), rows.end(), [&](const Row& r) { return same(r, row); });
    if (known == rows.end())
        rows.push_back(row);
    else
        *known = row;
}

bool open(PostState state) {
    return !is_final(state) && state != PostState::held && state != PostState::failed;
}

bool unfinished(PostState state) {
    return open(state) && state != PostState::waiting && state != PostState::ready;
}

} // namespace

asio::awaitable<Result<Applied>> MemoryStore::apply(Batch batch) {
    co_await time_.pass(latency);
    if (!failures.empty()) {
        Failure failure = failures.front();
        failures.pop_front();
        co_return failure;
    }
    for (const Post& update : batch.update)
        if (update.version != post(update.id).version)
            co_return Failure{Cause::conflict, "version"};
    ++commits;
    Applied applied;
    for (Post& insert : batch.insert) {
        const bool known =
            std::any_of(posts.begin(), posts.end(), [&](const Post& p) { return p.key == insert.key; });
        if (!known) {
            insert.id = static_cast<PostId>(posts.size() + 1);
            insert.version = 1;
            posts.push_back(insert);
        }
        applied.inserted.push_back(known ? 0 : insert.id);
    }
    for (const Post& update : batch.update) {
        Post& row = posts.at(static_cast<std::size_t>(update.id - 1));
        row = update;
        ++row.version;
    }
    for (const Attempt& attempt : batch.attempts)
        put(all_attempts, attempt,
            [](const Attempt& a, const Attempt& b) { return a.post == b.post && a.number == b.number; });
    for (const SeenItem& seen : batch.seen)
        if (std::none_of(items.begin(), items.end(), [&](const SeenItem& s) {
                return s.source == seen.source && s.account == seen.account && s.item == seen.item;
            }))
            items.push_back(seen);
    for (const SourceState& state : batch.sources)
        put(states.sources, state, [](const auto& a, const auto& b) { return a.source == b.source; });
    for (const SourceAccount& state : batch.source_accounts)
        put(states.source_accounts, state,
            [](const auto& a, const auto& b) { return a.source == b.source && a.account == b.account; });
    for (const EntryState& state : batch.entries)
        put(states.entries, state, [](const auto& a, const auto& b) { return a.entry == b.entry; });
    for (const AccountState& state : batch.accounts)
        put(states.accounts, state, [](const auto& a, const auto& b) { return a.account == b.account; });
    states.last_alive = std::max(states.last_alive, batch.now);
    co_return applied;
}

asio::awaitable<Result<States>> MemoryStore::load() {
    co_await time_.pass(latency);
    co_return states;
}

asio::awaitable<Result<LaneWork>> MemoryStore::lane(LaneQuery query) {
    co_await time_.pass(latency);
    LaneWork work;
    for (const Post& post : posts) {
        if (post.account != query.account || !open(post.state))
            continue;
        if (post.next <= query.now)
            work.posts.push_back(post);
        else if (!work.next || post.next < *work.next)
            work.next = post.next;
    }
    std::stable_sort(work.posts.begin(), work.posts.end(), [](const Post& a, const Post& b) {
        return std::make_tuple(!unfinished(a.state), static_cast<int>(a.priority), a.due, a.id) <
               std::make_tuple(!unfinished(b.state), static_cast<int>(b.priority), b.due, b.id);
    });
    if (work.posts.size() > query.limit)
        work.posts.resize(query.limit);
    if (!work.posts.empty())
        work.next.reset();
    co_return work;
}

asio::awaitable<Result<std::vector<Post>>> MemoryStore::find(PostQuery query) {
    co_await time_.pass(latency);
    std::vector<Post> found;
    for (const Post& post : posts) {
        if ((query.id && post.id != *query.id) || (query.key && post.key != *query.key))
            continue;
        if (!query.account.empty() && post.account != query.account)
            continue;
        if (!query.states.empty() &&
            std::find(query.states.begin(), query.states.end(), post.state) == query.states.end())
            continue;
        if (!query.origin.empty() && post.origin.name != query.origin)
            continue;
        if (query.since && post.created < *query.since)
            continue;
        if (!query.grep.empty() &&
            ascii::lower(post.content.status).find(ascii::lower(query.grep)) == std::string::npos)
            continue;
        found.push_back(post);
    }
    if (query.oldest_first)
        std::stable_sort(found.begin(), found.end(),
                         [](const Post& a, const Post& b) { return a.due < b.due; });
    else
        std::reverse(found.begin(), found.end());
    if (found.size() > query.limit)
        found.resize(query.limit);
    co_return found;
}

asio::awaitable<Result<std::vector<Attempt>>> MemoryStore::attempts(PostId post) {
    co_await time_.pass(latency);
    std::vector<Attempt> found;
    for (const Attempt& attempt : all_attempts)
        if (attempt.post == post)
            found.push_back(attempt);
    co_return found;
}

asio::awaitable<Result<std::vector<SeenItem>>> MemoryStore::seen(SeenQuery query) {
    co_await time_.pass(latency);
    std::vector<SeenItem> found;
    const auto in = [](const std::vector<Digest>& list, const Digest& digest) {
        return std::find(list.begin(), list.end(), digest) != list.end();
    };
    for (const SeenItem& item : items)
        if (item.source == query.source && item.account == query.account &&
            (in(query.items, item.item) || (item.link != Digest{} && in(query.links, item.link))))
            found.push_back(item);
    co_return found;
}

asio::awaitable<Result<std::map<PostState, std::int64_t>>> MemoryStore::counts(std::string account) {
    co_await time_.pass(latency);
    std::map<PostState, std::int64_t> counted;
    for (const Post& post : posts)
        if (account.empty() || post.account == account)
            ++counted[post.state];
    co_return counted;
}

} // namespace crier::test
