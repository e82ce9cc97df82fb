#include "core/identity.hpp"
#include "engine/shown_items.hpp"
#include "engine/verdict.hpp"
#include "engine/why_tell.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

/// All ways in which an item may be known by these words: as its id, its link, or the digest in its posts.
SeenQuery query_of(const std::string& about) {
    Item by_id;
    by_id.id = about;
    Item by_link;
    by_link.link = about;
    const ItemIdentity linked = identify(by_link);
    SeenQuery query;
    query.items = {identify(by_id).item, linked.item, Digest::from_hex(about)};
    query.links.push_back(linked.link);
    return query;
}

/// Whose eyes: each source for each account, of the configuration and of what the store remembers.
asio::awaitable<Result<std::set<std::pair<std::string, std::string>>>> lookouts(Engine& engine) {
    const Result<States> states = co_await engine.store().load();
    if (!states)
        co_return states.error();
    std::set<std::pair<std::string, std::string>> all;
    for (const SourceAccount& known : states->source_accounts)
        all.emplace(known.source, known.account);
    for (const SourceSettings& source : engine.settings().sources)
        for (const PostTarget& target : source.targets)
            all.emplace(source.name, target.account);
    co_return all;
}

bool is_other_name(const SeenItem& item) {
    return item.verdict.starts_with(verdict::other_name);
}

/// The item's own row in the place of its other names.
asio::awaitable<Result<std::vector<SeenItem>>> own_rows(Store& store, SeenQuery query) {
    Result<std::vector<SeenItem>> seen = co_await store.seen(query);
    if (!seen)
        co_return seen.error();
    const auto other = std::find_if(seen->begin(), seen->end(), is_other_name);
    if (other == seen->end())
        co_return seen;
    Item linked;
    linked.link = other->address;
    query.links.push_back(identify(linked).link);
    if (const std::optional<Digest> first = verdict::first_name(other->verdict))
        query.items.push_back(*first);
    seen = co_await store.seen(std::move(query));
    if (seen && seen->size() > 1)
        std::erase_if(*seen, is_other_name);
    co_return seen;
}

asio::awaitable<Result<>> tell_seen(Asked asked, SeenItem seen, Why& why) {
    WhyStep& sight = add_step(why, "seen", seen.seen,
                              "seen by source:" + seen.source + ": " + seen.title + " " + seen.address);
    sight.account = seen.account;
    const Result<std::optional<Post>> post = co_await post_of(asked.engine, seen);
    if (!post)
        co_return post.error();
    WhyStep& judged = add_step(why, "verdict", seen.seen, verdict_words(seen));
    judged.account = seen.account;
    if (post->has_value()) {
        judged.post = (*post)->id;
        co_return co_await tell_post(asked, **post, why);
    }
    if (!seen.verdict.starts_with(verdict::accepted) && !seen.verdict.starts_with(verdict::held))
        judged.action = "the verdict stays; to post it all the same: crier items " + seen.source +
                        " --post " + (seen.address.empty() ? "ID" : seen.address) + " --account " +
                        seen.account;
    co_return Result<>{};
}

} // namespace

asio::awaitable<Result<>> tell_item(Asked asked, std::string about, Why& why) {
    const auto all = co_await lookouts(asked.engine);
    if (!all)
        co_return all.error();
    std::set<std::string> seen_by;
    std::set<std::pair<std::string, std::string>> seen_for;
    for (const auto& [source, account] : *all) {
        SeenQuery query = query_of(about);
        query.source = source;
        query.account = account;
        const Result<std::vector<SeenItem>> seen = co_await own_rows(asked.engine.store(), std::move(query));
        if (!seen)
            co_return seen.error();
        for (const SeenItem& item : *seen) {
            if (why.name.empty())
                why.name = item.address.empty() ? about : item.address;
            seen_by.insert(source);
            seen_for.emplace(source, account);
            if (Result<> told = co_await tell_seen(asked, item, why); !told)
                co_return told;
        }
    }
    for (const SourceSettings& source : asked.engine.settings().sources)
        for (const PostTarget& target : source.targets)
            if (seen_by.count(source.name) > 0 && seen_for.count({source.name, target.account}) == 0)
                add_step(why, "not seen", std::nullopt,
                         "source:" + source.name + " has not seen it for this account")
                    .account = target.account;
    co_return Result<>{};
}

} // namespace crier::engine
