#include "engine/fates.hpp"

#include "engine/item_post.hpp"
#include "engine/verdict.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

/// What an item came to on all accounts so far.
struct Sum {
    Fate fate;
    bool over = true;
    bool any_published = false;
    bool all_published = true;

    void add(bool published, const std::string& words, Instant at) {
        any_published = any_published || published;
        all_published = all_published && published;
        if (!fate.words.empty())
            fate.words += '\n';
        fate.words += words;
        fate.at = std::max(fate.at, at);
    }
};

bool has_post(const SeenItem& row) {
    return row.verdict.starts_with(verdict::accepted) || row.verdict.starts_with(verdict::held);
}

void add_post(Sum& sum, const std::string& account, const Post& post) {
    const Instant at = std::max(post.last_attempt.value_or(post.created), post.created);
    switch (post.state) {
    case PostState::published:
    case PostState::deleted:
        sum.add(true, account + ": " + (post.status_url.empty() ? post.status_id : post.status_url), at);
        return;
    case PostState::failed:
    case PostState::expired:
    case PostState::cancelled:
        sum.add(false,
                account + ": post " + std::to_string(post.id) + " " + std::string{to_text(post.state)} +
                    (post.reason.empty() ? "" : ": " + post.reason),
                at);
        return;
    default:
        sum.over = false;
    }
}

/// What was noted of each item; of one that goes by another name since, under its first one.
asio::awaitable<Result<std::unordered_map<Digest, SeenItem>>>
noted(Store& store, std::string source, std::string account, const ShownItems& items) {
    SeenQuery query;
    query.source = source;
    query.account = account;
    for (const auto& [id, item] : items)
        query.items.push_back(item);
    const Result<std::vector<SeenItem>> seen = co_await store.seen(std::move(query));
    if (!seen)
        co_return seen.error();
    SeenQuery first;
    first.source = std::move(source);
    first.account = std::move(account);
    std::vector<std::pair<Digest, Digest>> renamed;
    std::unordered_map<Digest, SeenItem> rows;
    for (const SeenItem& row : *seen) {
        rows.emplace(row.item, row);
        if (const std::optional<Digest> name = verdict::first_name(row.verdict)) {
            first.items.push_back(*name);
            renamed.emplace_back(row.item, *name);
        }
    }
    if (renamed.empty())
        co_return rows;
    const Result<std::vector<SeenItem>> firsts = co_await store.seen(std::move(first));
    if (!firsts)
        co_return firsts.error();
    for (const auto& [now, name] : renamed)
        for (const SeenItem& row : *firsts)
            if (row.item == name)
                rows[now] = row;
    co_return rows;
}

} // namespace

asio::awaitable<Result<std::vector<Fate>>> fates_of(Store& store, const Settings& settings,
                                                    const SourceSettings& source, std::string identity,
                                                    ShownItems items) {
    std::vector<Sum> sums(items.size());
    for (const PostTarget& target : source.targets) {
        const Result<std::unordered_map<Digest, SeenItem>> rows =
            co_await noted(store, source.name, target.account, items);
        if (!rows)
            co_return rows.error();
        for (std::size_t i = 0; i < items.size(); ++i) {
            const auto row = rows->find(items[i].second);
            if (row == rows->end()) {
                sums[i].over = false;
                continue;
            }
            if (!has_post(row->second)) {
                sums[i].add(false, target.account + ": " + row->second.verdict, row->second.seen);
                continue;
            }
            ItemOf of{source, identity, target.account, row->second.item};
            const Result<ItemThread> thread = co_await thread_of_item(store, settings, std::move(of));
            if (!thread)
                co_return thread.error();
            for (std::size_t part = 0; part < thread->parts(); ++part)
                add_post(sums[i], target.account, thread->rows[part]);
            if (thread->rows.empty()) // its row was trimmed: that was long ago
                sums[i].add(true, target.account + ": posted", row->second.seen);
        }
    }
    std::vector<Fate> fates;
    for (std::size_t i = 0; i < items.size(); ++i) {
        Sum& sum = sums[i];
        if (!sum.over)
            continue;
        sum.fate.id = items[i].first;
        sum.fate.published = sum.any_published && sum.all_published;
        fates.push_back(std::move(sum.fate));
    }
    co_return fates;
}

} // namespace crier::engine
