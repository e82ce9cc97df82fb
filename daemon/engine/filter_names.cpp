#include "engine/filter_names.hpp"

#include "core/nearest.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

Failure unknown(std::string_view what, const std::string& name, const std::vector<std::string_view>& known) {
    const std::string near = nearest(name, known);
    return Failure{Cause::usage, "there is no " + std::string{what} + " named " + name,
                   near.empty() ? "the configuration has the names, and `crier outbox list` those of before"
                                : "did you mean " + near + "?"};
}

bool has_origin(const Settings& settings, const PostQuery& query) {
    const bool source = query.origin_kind.value_or(OriginKind::source) == OriginKind::source;
    const bool entry = query.origin_kind.value_or(OriginKind::entry) == OriginKind::entry;
    return (source && find_source(settings, query.origin) != nullptr) ||
           (entry && find_entry(settings, query.origin) != nullptr);
}

asio::awaitable<Result<bool>> has_posts(Store& store, PostQuery query) {
    query.limit = 1;
    const Result<std::vector<Post>> found = co_await store.find(std::move(query));
    if (!found)
        co_return found.error();
    co_return !found->empty();
}

} // namespace

asio::awaitable<Result<>> check_names(Store& store, const Settings& settings, PostQuery query) {
    if (!query.account.empty() && settings.accounts.count(query.account) == 0) {
        PostQuery of_account;
        of_account.account = query.account;
        const Result<bool> known = co_await has_posts(store, std::move(of_account));
        if (!known)
            co_return known.error();
        if (!*known) {
            std::vector<std::string_view> names;
            for (const auto& [name, account] : settings.accounts)
                names.push_back(name);
            co_return unknown("account", query.account, names);
        }
    }
    if (!query.origin.empty() && !has_origin(settings, query)) {
        PostQuery of_origin;
        of_origin.origin = query.origin;
        of_origin.origin_kind = query.origin_kind;
        const Result<bool> known = co_await has_posts(store, std::move(of_origin));
        if (!known)
            co_return known.error();
        if (!*known) {
            std::vector<std::string_view> names;
            for (const SourceSettings& source : settings.sources)
                names.push_back(source.name);
            for (const EntrySettings& entry : settings.schedule)
                names.push_back(entry.name);
            co_return unknown("source or entry", query.origin, names);
        }
    }
    co_return Result<>{};
}

} // namespace crier::engine
