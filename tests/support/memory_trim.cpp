#include "support/memory_tables.hpp"

#include <algorithm>

/// What the model forgets: as store/tables_trim.cpp does. Rows that are gone keep their place, with the id 0.
namespace crier::test {
namespace {

constexpr Duration left_after = std::chrono::hours{24 * 60};

} // namespace

/// The last time that the feed showed anything; and this item, when that is known.
std::pair<Instant, std::optional<Instant>> MemoryTables::shown(const Post& post, Instant now) const {
    std::pair<Instant, std::optional<Instant>> told;
    const auto index = seen_.find({post.origin.name, post.account});
    if (index == seen_.end())
        return told;
    for (const auto& [item, place] : index->second.by_item) {
        if (items_[place].shown <= now)
            told.first = std::max(told.first, items_[place].shown);
        if (item == Digest::from_hex(post.origin.item))
            told.second = items_[place].shown;
    }
    return told;
}

bool MemoryTables::may_go(const Post& post, const TrimQuery& query) const {
    const Instant last = std::max(post.due, post.last_attempt.value_or(Instant{}));
    if (!is_final(post.state) || post.receipt || last >= query.posts_before)
        return false;
    for (const Post& other : posts_) {
        if (other.id == 0)
            continue;
        const bool unsettled = other.state == PostState::sending || other.state == PostState::doubt;
        if ((unsettled && other.account == post.account) ||
            (other.parent == post.key && !is_final(other.state)))
            return false;
    }
    const auto [latest, item] = shown(post, query.now);
    return post.origin.kind != OriginKind::source || !item || *item <= latest - left_after;
}

Trimmed MemoryTables::trim(const TrimQuery& query) {
    Trimmed done;
    std::vector<const Post*> old;
    for (const Post& post : posts_)
        if (post.id != 0 && post.id < static_cast<PostId>(posts_.size()) &&
            post.created < query.posts_before &&
            std::pair{post.created, post.id} > std::pair{query.after, query.after_id})
            old.push_back(&post);
    std::sort(old.begin(), old.end(), [](const Post* a, const Post* b) {
        return std::pair{a->created, a->id} < std::pair{b->created, b->id};
    });
    done.more = old.size() >= query.limit;
    old.resize(std::min(old.size(), query.limit));
    for (const Post* post : old) {
        done.after = post->created;
        done.after_id = post->id;
        if (!may_go(*post, query))
            continue;
        tombstones_[post->key] =
            query.now + (post->origin.kind == OriginKind::entry ? query.occurrences : query.items);
        forget(post->id);
        ++done.posts;
    }
    if (done.more)
        return done;
    for (auto& [key, index] : seen_) {
        Instant latest{};
        for (const auto& [item, place] : index.by_item)
            if (items_[place].shown <= query.now)
                latest = std::max(latest, items_[place].shown);
        done.items += std::erase_if(
            index.by_item, [&](const auto& one) { return items_[one.second].shown < latest - query.items; });
        for (auto& [link, places] : index.by_link)
            std::erase_if(places, [&](std::size_t at) { return items_[at].shown < latest - query.items; });
    }
    std::erase_if(stories_, [&](const auto& one) { return one.second.told < query.now - query.stories; });
    done.keys = std::erase_if(tombstones_, [&](const auto& one) { return one.second < query.now; });
    return done;
}

void MemoryTables::forget(PostId id) {
    Post& row = posts_.at(static_cast<std::size_t>(id - 1));
    by_key_.erase(row.key);
    if (!row.status_id.empty())
        accounts_[row.account].by_status.erase(row.status_id);
    if (row.pin_next)
        accounts_[row.account].pins.erase({*row.pin_next, id});
    std::erase_if(made_[{row.origin.kind, row.origin.name, row.account}],
                  [id](const auto& made) { return made.first == id; });
    attempts_of_.erase(id);
    amendments_.erase(id);
    row = Post{};
}

} // namespace crier::test
