#include "engine/adopt.hpp"

#include "core/identity.hpp"
#include "core/text/plain.hpp"
#include "engine/engine.hpp"
#include "engine/verdict.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

/// Moving over from another bot.
namespace crier::engine {

namespace asio = boost::asio;

namespace {

/// As much of a status as is kept to know an item's title in it.
constexpr std::size_t kept_words = 300;

bool posts_to(const SourceSettings& source, const std::string& account) {
    return std::any_of(source.targets.begin(), source.targets.end(),
                       [&](const PostTarget& target) { return target.account == account; });
}

SeenItem adopted_item(const AdoptOrder::Link& from, Instant now) {
    Item item;
    item.link = from.link;
    const ItemIdentity identity = identify(item);
    SeenItem seen;
    seen.item = identity.item;
    seen.link = identity.link;
    seen.title = text::first_graphemes(text::one_line(from.words), kept_words);
    seen.address = from.link;
    seen.verdict = verdict::because(verdict::adopted, "on the account's page before");
    seen.seen = now;
    return seen;
}

} // namespace

Result<std::vector<std::string>> sources_to_adopt(const Settings& settings, const std::string& account,
                                                  const std::string& source) {
    std::vector<std::string> names;
    bool there = false;
    for (const SourceSettings& one : settings.sources) {
        there = there || one.name == source;
        if ((source.empty() || one.name == source) && posts_to(one, account))
            names.push_back(one.name);
    }
    if (!source.empty() && !there)
        return Failure{Cause::usage, "there is no source " + source, "`crier status` lists them"};
    if (names.empty())
        return Failure{Cause::usage,
                       (source.empty() ? "no source posts to " : source + " does not post to ") + account,
                       "links are adopted for the sources that will find them: put the source into the "
                       "configuration first"};
    return names;
}

asio::awaitable<Result<Adopted>> adopt_links(Store& store, const Settings& settings, Instant now,
                                             AdoptOrder order) {
    const Result<const AccountSettings*> account = account_of(settings, order.account);
    if (!account)
        co_return account.error();
    Result<std::vector<std::string>> sources = sources_to_adopt(settings, (*account)->name, order.source);
    if (!sources)
        co_return sources.error();
    std::vector<SeenItem> items;
    std::unordered_set<Digest> links;
    for (const AdoptOrder::Link& link : order.links)
        if (SeenItem item = adopted_item(link, now); item.link != Digest{} && links.insert(item.link).second)
            items.push_back(std::move(item));
    std::unordered_set<Digest> fresh;
    for (const std::string& source : *sources) {
        SeenQuery query;
        query.source = source;
        query.account = (*account)->name;
        query.links.assign(links.begin(), links.end());
        const Result<std::vector<SeenItem>> known = co_await store.seen(std::move(query));
        if (!known)
            co_return known.error();
        std::unordered_set<Digest> has;
        for (const SeenItem& item : *known)
            has.insert(item.link);
        Batch batch;
        batch.now = now;
        for (const SeenItem& item : items) {
            if (has.count(item.link) > 0)
                continue;
            batch.seen.push_back(item);
            batch.seen.back().source = source;
            batch.seen.back().account = (*account)->name;
            fresh.insert(item.link);
        }
        if (batch.seen.empty())
            continue;
        const Result<Applied> applied = co_await store.apply(std::move(batch));
        if (!applied)
            co_return applied.error();
    }
    Adopted adopted;
    adopted.adopted = fresh.size();
    adopted.known = items.size() - fresh.size();
    adopted.sources = std::move(*sources);
    co_return adopted;
}

asio::awaitable<Result<Adopted>> Engine::adopt(AdoptOrder order) {
    if (const Result<> can = ready(); !can)
        co_return can.error();
    if (const Result<> written = co_await write_pending(); !written)
        co_return written.error();
    const Result<const AccountSettings*> account = account_of(*settings_, order.account);
    if (account && is_elsewhere(*settings_, (*account)->name))
        co_return works_elsewhere("account:" + (*account)->name);
    Result<Adopted> adopted =
        co_await adopt_links(world_.store, *settings_, world_.clock.now(), std::move(order));
    if (adopted && adopted->adopted > 0)
        world_.log.info("account.links_adopted",
                        text::counted(adopted->adopted, "link", "links") +
                            " of the account's page adopted: no item with one of them is posted",
                        {{"account", account ? (*account)->name : std::string{}}});
    co_return adopted;
}

} // namespace crier::engine
