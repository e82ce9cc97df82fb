#include "engine/shares.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace crier::engine {

namespace {

/// Things by their names, and which belong together: a forest, each tree a group.
class Groups {
public:
    std::size_t add(std::string thing) {
        const auto [place, fresh] = places_.try_emplace(std::move(thing), above_.size());
        if (fresh)
            above_.push_back(place->second);
        return place->second;
    }
    void join(std::size_t a, std::size_t b) {
        a = root_of(a);
        b = root_of(b);
        above_[std::max(a, b)] = std::min(a, b);
    }

    /// In the order in which the first of each was added.
    [[nodiscard]] std::vector<Share> shares() {
        std::vector<Share> all;
        std::vector<std::size_t> place_of(above_.size(), above_.size());
        std::vector<const std::string*> names(above_.size());
        for (const auto& [name, place] : places_)
            names[place] = &name;
        for (std::size_t i = 0; i < above_.size(); ++i) {
            std::size_t& place = place_of[root_of(i)];
            if (place == above_.size()) {
                place = all.size();
                all.emplace_back();
            }
            all[place].things.push_back(*names[i]);
        }
        for (Share& share : all)
            std::sort(share.things.begin(), share.things.end());
        return all;
    }

private:
    std::size_t root_of(std::size_t i) {
        while (above_[i] != i)
            i = above_[i] = above_[above_[i]];
        return i;
    }

    std::unordered_map<std::string, std::size_t> places_;
    std::vector<std::size_t> above_; ///< a root is above itself
};

std::string thing(std::string_view kind, std::string_view name) {
    return std::string{kind} + ":" + std::string{name};
}

/// Accounts that post with one token share what its server allows it.
using TokenKey = std::tuple<std::string, TokenRef::Kind, std::string>;

void group_targets(Groups& groups, std::size_t origin, const std::vector<PostTarget>& targets) {
    for (const PostTarget& target : targets)
        groups.join(origin, groups.add(thing("account", std::string_view{target.account})));
}

template <class Named>
std::vector<Named> some_of(const std::vector<Named>& all, std::string_view kind,
                           const std::unordered_set<std::string_view>& held,
                           std::set<std::string, std::less<>>& others) {
    std::vector<Named> some;
    for (const Named& one : all)
        if (held.count(thing(kind, one.name)) > 0)
            some.push_back(one);
        else
            others.insert(one.name);
    return some;
}

} // namespace

std::vector<Share> shares_of(const Settings& settings) {
    Groups groups;
    std::map<TokenKey, std::size_t> tokens;
    for (const auto& [name, account] : settings.accounts) {
        const std::size_t place = groups.add(thing("account", name));
        const TokenKey token{account.server, account.token.kind, account.token.name};
        groups.join(place, tokens.try_emplace(token, place).first->second);
    }
    for (const SourceSettings& source : settings.sources)
        group_targets(groups, groups.add(thing("source", source.name)), source.targets);
    for (const EntrySettings& entry : settings.schedule) {
        const std::size_t place = groups.add(thing("entry", entry.name));
        group_targets(groups, place, entry.targets);
        if (entry.draw)
            groups.join(place, groups.add(thing("source", entry.draw->from)));
    }
    return groups.shares();
}

Settings part_of(const Settings& whole, const std::vector<Share>& shares,
                 const std::vector<std::size_t>& held) {
    std::unordered_set<std::string_view> names;
    for (const std::size_t place : held)
        names.insert(shares[place].things.begin(), shares[place].things.end());
    Settings part;
    static_cast<CommonSettings&>(part) = whole;
    for (const auto& [name, account] : whole.accounts)
        if (names.count(thing("account", name)) > 0)
            part.accounts.emplace_hint(part.accounts.end(), name, account);
        else
            part.elsewhere.accounts.emplace_hint(part.elsewhere.accounts.end(), name, account);
    part.sources = some_of(whole.sources, "source", names, part.elsewhere.sources);
    part.schedule = some_of(whole.schedule, "entry", names, part.elsewhere.entries);
    index_names(part);
    return part;
}

} // namespace crier::engine
