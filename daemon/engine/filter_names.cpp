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

/// What is in the configuration no more may well have posts from then.
asio::awaitable<Result<>> has_posts(Store& store, PostQuery query, Failure otherwise) {
    query.limit = 1;
    const Result<std::vector<Post>> found = co_await store.find(std::move(query));
    if (!found)
        co_return found.error();
    co_return found->empty() ? Result<>{std::move(otherwise)} : Result<>{};
}

Failure unknown_account(const Settings& settings, const std::string& name) {
    std::vector<std::string_view> names;
    for (const auto& [known, account] : settings.accounts)
        names.push_back(known);
    return unknown("account", name, names);
}

Failure unknown_origin(const Settings& settings, const std::string& name) {
    std::vector<std::string_view> names;
    for (const SourceSettings& source : settings.sources)
        names.push_back(source.name);
    for (const EntrySettings& entry : settings.schedule)
        names.push_back(entry.name);
    return unknown("source or entry", name, names);
}

} // namespace

asio::awaitable<Result<>> check_names(Store& store, const Settings& settings, PostQuery query) {
    if (!query.account.empty() && settings.accounts.count(query.account) == 0) {
        PostQuery of_account;
        of_account.account = query.account;
        Failure unknown = unknown_account(settings, query.account);
        if (Result<> known = co_await has_posts(store, std::move(of_account), std::move(unknown)); !known)
            co_return known;
    }
    if (!query.origin.empty() && !has_origin(settings, query)) {
        PostQuery of_origin;
        of_origin.origin = query.origin;
        of_origin.origin_kind = query.origin_kind;
        Failure unknown = unknown_origin(settings, query.origin);
        if (Result<> known = co_await has_posts(store, std::move(of_origin), std::move(unknown)); !known)
            co_return known;
    }
    co_return Result<>{};
}

} // namespace crier::engine
