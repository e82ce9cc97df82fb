#include "engine/item_post.hpp"

#include "engine/accept.hpp"

#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

asio::awaitable<Result<std::optional<Post>>> post_of_item(Store& store, const Settings& settings, ItemOf of) {
    const auto account = settings.accounts.find(of.account);
    if (account == settings.accounts.end())
        co_return std::nullopt;
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
        if (!found->empty())
            co_return std::move(found->front());
    }
    co_return std::nullopt;
}

} // namespace crier::engine
