#include "sandbox/state/scopes.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace crier::sandbox {
namespace {

constexpr std::array top_level{"read", "write", "follow", "push", "profile", "admin:read", "admin:write"};
constexpr std::array read_parts{"accounts", "blocks",   "bookmarks", "collections", "favourites",
                                "filters",  "follows",  "lists",     "mutes",       "notifications",
                                "search",   "statuses", "media"};
constexpr std::array write_parts{"accounts",   "blocks",        "bookmarks", "collections", "conversations",
                                 "favourites", "filters",       "follows",   "lists",       "media",
                                 "mutes",      "notifications", "reports",   "statuses"};
constexpr std::array admin_parts{"accounts",
                                 "reports",
                                 "domain_allows",
                                 "domain_blocks",
                                 "ip_blocks",
                                 "email_domain_blocks",
                                 "canonical_email_blocks"};

template <class Names>
bool one_of(std::string_view name, const Names& names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace

Scopes parse_scopes(std::string_view text) {
    Scopes scopes;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find_first_of(" +", at), text.size());
        if (end > at && !one_of(text.substr(at, end - at), scopes))
            scopes.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return scopes;
}

std::string join_scopes(const Scopes& scopes) {
    std::string text;
    for (const std::string& scope : scopes)
        text += (text.empty() ? "" : " ") + scope;
    return text;
}

Scopes families_of(const Scopes& scopes) {
    Scopes families;
    for (const std::string& scope : scopes)
        if (std::string family = scope.substr(0, scope.find(':')); !one_of(family, families))
            families.push_back(std::move(family));
    return families;
}

bool known_scope(std::string_view scope) {
    if (one_of(scope, top_level))
        return true;
    const auto colon = scope.rfind(':');
    if (colon == std::string_view::npos)
        return false;
    const std::string_view parent = scope.substr(0, colon);
    const std::string_view part = scope.substr(colon + 1);
    return (parent == "read" && one_of(part, read_parts)) ||
           (parent == "write" && one_of(part, write_parts)) ||
           ((parent == "admin:read" || parent == "admin:write") && one_of(part, admin_parts));
}

bool includes(const Scopes& scopes, std::string_view wanted) {
    if (one_of(wanted, scopes))
        return true;
    const auto colon = wanted.rfind(':');
    return colon != std::string_view::npos && one_of(wanted.substr(0, colon), scopes);
}

bool includes_all(const Scopes& scopes, const Scopes& wanted) {
    return std::all_of(wanted.begin(), wanted.end(),
                       [&](const std::string& scope) { return includes(scopes, scope); });
}

} // namespace crier::sandbox
