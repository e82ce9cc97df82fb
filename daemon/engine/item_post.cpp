#include "engine/item_post.hpp"

#include "engine/accept.hpp"
#include "engine/threads.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

std::size_t ItemThread::parts() const noexcept {
    return rows.empty() ? 0 : std::min(rows.size(), static_cast<std::size_t>(rows.front().parts));
}

asio::awaitable<Result<ItemThread>> thread_of_item(Store& store, const Settings& settings, ItemOf of) {
    ItemThread thread;
    const auto account = settings.accounts.find(of.account);
    if (account == settings.accounts.end())
        co_return thread;
    Acceptance acceptance;
    acceptance.origin.kind = OriginKind::source;
    acceptance.origin.name = of.source;
    acceptance.origin.item = of.item.hex();
    acceptance.identity = of.identity;
    for (acceptance.revision = of.edition; acceptance.revision >= 0; --acceptance.revision) {
        PostQuery query;
        query.key = key_of(account->second, acceptance);
        Result<std::vector<Post>> found = co_await store.find(std::move(query));
        if (!found)
            co_return found.error();
        if (found->empty())
            continue;
        thread.edition = acceptance.revision;
        thread.rows.push_back(std::move(found->front()));
        Result<std::vector<Post>> behind = co_await rows_behind(store, thread.rows.front().key);
        if (!behind)
            co_return behind.error();
        std::move(behind->begin(), behind->end(), std::back_inserter(thread.rows));
        break;
    }
    co_return thread;
}

asio::awaitable<Result<std::optional<Post>>> post_of_item(Store& store, const Settings& settings, ItemOf of) {
    Result<ItemThread> thread = co_await thread_of_item(store, settings, std::move(of));
    if (!thread)
        co_return thread.error();
    if (thread->rows.empty())
        co_return std::nullopt;
    co_return std::move(thread->rows.front());
}

} // namespace crier::engine
