#include "engine/shown_items.hpp"

#include "engine/item_post.hpp"
#include "engine/verdict.hpp"
#include "engine/why_tell.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

asio::awaitable<Result<std::optional<Post>>> post_of(Engine& engine, SeenItem seen) {
    ItemOf of;
    of.source = seen.source;
    of.identity = engine.origins().identity(OriginKind::source, seen.source);
    if (const SourceSettings* source = find_source(engine.settings(), seen.source))
        of.edition = source->edition;
    of.account = seen.account;
    of.item = seen.item;
    co_return co_await post_of_item(engine.store(), engine.settings(), std::move(of));
}

asio::awaitable<Result<std::vector<ShownItem>>> last_items(Engine& engine, const SourceSettings& source,
                                                           std::size_t limit) {
    std::set<std::string> accounts;
    for (const PostTarget& target : source.targets)
        accounts.insert(target.account);
    const std::string name = source.name;
    std::vector<SeenItem> rows;
    for (const std::string& account : accounts) {
        NewestSeen query;
        query.source = name;
        query.account = account;
        query.limit = limit;
        Result<std::vector<SeenItem>> seen = co_await engine.store().newest_seen(std::move(query));
        if (!seen)
            co_return seen.error();
        std::move(seen->begin(), seen->end(), std::back_inserter(rows));
    }
    // Another name of an item that is known is no item.
    std::erase_if(rows, [](const SeenItem& row) { return row.verdict.starts_with(verdict::other_name); });
    std::stable_sort(rows.begin(), rows.end(),
                     [](const SeenItem& a, const SeenItem& b) { return a.seen > b.seen; });
    std::vector<ShownItem> items;
    std::map<Digest, std::size_t> places;
    for (SeenItem& row : rows) {
        const auto known = places.find(row.item);
        if (known == places.end() && items.size() == limit)
            continue;
        const std::size_t place = known == places.end() ? items.size() : known->second;
        if (known == places.end()) {
            places.emplace(row.item, place);
            ShownItem item;
            item.item = row.item;
            item.title = row.title;
            item.link = row.address;
            item.seen = row.seen;
            items.push_back(std::move(item));
        }
        ShownItem::On on;
        on.account = row.account;
        on.verdict = verdict_words(row);
        Result<std::optional<Post>> post = co_await post_of(engine, std::move(row));
        if (!post)
            co_return post.error();
        if (post->has_value())
            on.post = (*post)->id;
        items[place].on.push_back(std::move(on));
    }
    co_return items;
}

} // namespace crier::engine
