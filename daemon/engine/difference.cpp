#include "engine/difference.hpp"

#include "core/text/plain.hpp"
#include "engine/provider.hpp"

#include <string_view>
#include <tuple>
#include <unordered_map>

namespace crier::engine {

namespace {

bool same(const EntrySettings& a, const EntrySettings& b) {
    const auto rest = [](const EntrySettings& entry) {
        return std::tie(entry.was, entry.edition, entry.when_quiet, entry.targets, entry.timezone,
                        entry.missed, entry.expires_after, entry.jitter, entry.draw, entry.run, entry.only_if,
                        entry.quiet, entry.approval, entry.fuse);
    };
    return rest(a) == rest(b) && rule_text(a) == rule_text(b);
}

bool same(const SourceSettings& a, const SourceSettings& b) {
    return a == b;
}

template <class Named>
Difference::Names names_of(const std::vector<Named>& before, const std::vector<Named>& next) {
    std::unordered_map<std::string_view, const Named*> known;
    known.reserve(before.size());
    for (const Named& one : before)
        known.emplace(one.name, &one);
    Difference::Names names;
    for (const Named& one : next) {
        const auto found = known.find(one.name);
        if (found == known.end()) {
            names.added.push_back(one.name);
            continue;
        }
        if (!same(*found->second, one))
            names.changed.push_back(one.name);
        known.erase(found);
    }
    for (const Named& one : before) // in their order
        if (known.count(one.name) > 0)
            names.removed.push_back(one.name);
    return names;
}

void tell(std::string& text, std::string_view one, std::string_view many,
          const std::vector<std::string>& names, std::string_view what) {
    if (names.empty())
        return;
    text += text.empty() ? "" : ", ";
    if (names.size() == 1)
        text += std::string{one} + " " + names.front();
    else
        text += text::counted(names.size(), one, many);
    text += " " + std::string{what};
}

void tell(std::string& text, std::string_view one, std::string_view many, const Difference::Names& names) {
    tell(text, one, many, names.added, "added");
    tell(text, one, many, names.removed, "removed");
    tell(text, one, many, names.changed, "changed");
}

} // namespace

Difference difference_of(const Settings& before, const Settings& next) {
    Difference difference;
    for (const auto& [name, account] : next.accounts) {
        const auto found = before.accounts.find(name);
        if (found == before.accounts.end()) {
            difference.accounts.added.push_back(name);
            continue;
        }
        const AccountSettings& was = found->second;
        if (!(was == account))
            difference.accounts.changed.push_back(name);
        if (was.server != account.server || was.handle != account.handle)
            difference.moved.push_back(name);
    }
    for (const auto& [name, account] : before.accounts)
        if (next.accounts.count(name) == 0)
            difference.accounts.removed.push_back(name);
    difference.sources = names_of(before.sources, next.sources);
    difference.entries = names_of(before.schedule, next.schedule);
    const auto others = [](const Settings& settings) {
        return std::tie(settings.timezone, settings.log, settings.fuse, settings.alerts, settings.dedupe,
                        settings.keep);
    };
    difference.others = !(others(before) == others(next));
    return difference;
}

std::string to_text(const Difference& difference) {
    std::string text;
    tell(text, "account", "accounts", difference.accounts);
    tell(text, "source", "sources", difference.sources);
    tell(text, "entry", "entries", difference.entries);
    if (difference.others)
        text += text.empty() ? "what is said for all changed" : ", what is said for all changed";
    return text.empty() ? "nothing" : text;
}

} // namespace crier::engine
