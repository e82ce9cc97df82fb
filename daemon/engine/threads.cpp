#include "engine/threads.hpp"

#include "core/delivery/thread.hpp"

#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

asio::awaitable<Result<std::vector<Post>>> rows_behind(Store& store, Digest key) {
    std::vector<Post> rows;
    for (;;) {
        PostQuery query;
        query.parent = key;
        Result<std::vector<Post>> found = co_await store.find(std::move(query));
        if (!found)
            co_return found.error();
        if (found->empty())
            co_return rows;
        key = found->front().key;
        rows.push_back(std::move(found->front()));
    }
}

asio::awaitable<Result<std::vector<Post>>> parts_behind(Store& store, Post before, Instant now) {
    std::vector<Post> changed;
    while (delivery::has_follower(before)) {
        PostQuery query;
        query.parent = before.key;
        Result<std::vector<Post>> found = co_await store.find(std::move(query));
        if (!found)
            co_return found.error();
        if (found->empty())
            break;
        std::optional<Post> part = delivery::after(std::move(found->front()), before, now);
        if (!part)
            break;
        before = *part;
        changed.push_back(std::move(*part));
    }
    co_return changed;
}

asio::awaitable<Result<>> settle_threads(const Settings& settings, Store& store, Instant now) {
    PostQuery behind;
    behind.behind = true;
    behind.oldest_first = true;
    behind.limit = 1'000'000;
    Result<std::vector<Post>> waiting = co_await store.find(std::move(behind));
    if (!waiting)
        co_return waiting.error();
    for (const Post& part : *waiting) {
        if (is_elsewhere(settings, part.account))
            continue;
        PostQuery query;
        query.key = part.parent;
        Result<std::vector<Post>> before = co_await store.find(std::move(query));
        if (!before)
            co_return before.error();
        if (before->empty())
            continue;
        Result<std::vector<Post>> changed = co_await parts_behind(store, std::move(before->front()), now);
        if (!changed)
            co_return changed.error();
        if (changed->empty())
            continue;
        Batch batch;
        batch.now = now;
        batch.update = std::move(*changed);
        const Result<Applied> applied = co_await store.apply(std::move(batch));
        if (!applied)
            co_return applied.error();
    }
    co_return Result<>{};
}

} // namespace crier::engine
