#include "config/targets.hpp"

#include "config/words.hpp"
#include "core/nearest.hpp"
#include "core/text/plain.hpp"

#include <algorithm>
#include <utility>

namespace crier::config {
namespace {

/// Whether there is such an account; reports it when there is not.
bool known_account(Scope& scope, std::string_view name, Ref at, Position where, const Path& path) {
    if (scope.accounts.find(name) != scope.accounts.end())
        return true;
    if (scope.files.incomplete())
        return false;
    std::vector<std::string_view> names;
    for (const auto& [known, layer] : scope.accounts)
        names.push_back(known);
    const std::string near = nearest(name, names);
    constexpr std::size_t most_listed = 8;
    std::string hint;
    if (!near.empty())
        hint = "did you mean '" + near + "'?";
    else if (!names.empty() && names.size() <= most_listed)
        hint = "accounts here: " + text::enumerate(names, "and");
    scope.problems().error_at(path, at, where, "there is no account " + quoted(name), std::move(hint));
    return false;
}

} // namespace

std::vector<Target> read_targets(Scope& scope, const GivenText& account, const GivenNode& accounts, Ref owner,
                                 const Section& section, const Material& material, const Path& path,
                                 const FilterLayer* filter) {
    std::vector<Target> targets;
    Problems& problems = scope.problems();
    if (account && accounts) {
        problems.error_at(Path{&path, "accounts"}, accounts.at, accounts.at.key_position(),
                          "account and accounts exclude each other", "name them all under accounts");
        return targets;
    }
    if (!account && !accounts) {
        problems.error(path, owner, "nothing says which account posts it",
                       scope.accounts.empty() ? "for example account: news"
                                              : "for example account: " + scope.accounts.begin()->first);
        return targets;
    }
    const auto add = [&](std::string_view name, Ref at, Position where, const Path& at_path) -> Target* {
        if (name.empty() || !known_account(scope, name, at, where, at_path))
            return nullptr;
        const bool twice = std::any_of(targets.begin(), targets.end(),
                                       [&](const Target& target) { return target.account == name; });
        if (twice) {
            problems.error_at(at_path, at, where, "the account " + quoted(name) + " is named twice");
            return nullptr;
        }
        Target target;
        target.account = name;
        targets.push_back(std::move(target));
        return &targets.back();
    };
    if (account) {
        (void)add(account.value, account.at, account.at.position(), Path{&path, "account"});
        return targets;
    }
    const Ref given = accounts.value;
    if (!given)
        return targets;
    const Path below{&path, "accounts"};
    if (given.size() == 0)
        problems.error(below, given, "names no account");
    int index = 0;
    for (const Ref child : given) {
        if (given.is(Kind::list)) {
            const Path at{&below, {}, index++};
            if (child.is(Kind::scalar))
                (void)add(child.text(), child, child.position(), at);
            else
                problems.error(at, child, "expected an account's name, found " + found(child),
                               "what differs goes into a mapping: accounts: {news: {}, art: {post: {...}}}");
            continue;
        }
        const Path at{&below, child.key()};
        Target* const target = add(child.key(), child, child.key_position(), at);
        TargetDraft said;
        scope.reader.fill(section, &said, child, at);
        if (target == nullptr)
            continue;
        if (said.post)
            target->post = read_layer(scope, said.post.value, material, Path{&at, "post"});
        if (said.filter && said.filter.value)
            target->filter = read_filter(scope, said.filter.value, filter, Path{&at, "filter"});
    }
    return targets;
}

} // namespace crier::config
