#include "core/scopes.hpp"

#include "core/ascii.hpp"

#include <algorithm>

namespace crier {

namespace {

bool is_one_of(std::string_view scope, const Scopes& scopes) {
    return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
}

bool has_media(const PostTemplate& post) {
    return post.most_media() > 0 ||
           std::any_of(post.replies.begin(), post.replies.end(),
                       [](const PostTemplate& part) { return part.most_media() > 0; });
}

bool any_media(const std::vector<PostTarget>& targets, std::string_view account) {
    return std::any_of(targets.begin(), targets.end(), [&](const PostTarget& target) {
        return target.account == account && target.post && has_media(*target.post);
    });
}

} // namespace

Scopes parse_scopes(std::string_view text) {
    Scopes scopes;
    for (const std::string_view word : ascii::split(text, " ,+\t\r\n"))
        if (!word.empty() && !is_one_of(word, scopes))
            scopes.emplace_back(word);
    return scopes;
}

std::string join_scopes(const Scopes& scopes) {
    std::string text;
    for (const std::string& scope : scopes)
        text += (text.empty() ? "" : " ") + scope;
    return text;
}

bool covers(const Scopes& scopes, std::string_view wanted) {
    if (is_one_of(wanted, scopes))
        return true;
    for (auto colon = wanted.rfind(':'); colon != std::string_view::npos; colon = wanted.rfind(':')) {
        wanted = wanted.substr(0, colon);
        if (is_one_of(wanted, scopes))
            return true;
    }
    return false;
}

bool is_admin_scope(std::string_view scope) {
    return scope == "admin" || scope.starts_with("admin:");
}

Scopes needed_scopes(const Settings& settings, std::string_view account) {
    const auto posts = [&](const auto& origin) { return any_media(origin.targets, account); };
    const auto known = settings.accounts.find(account);
    const bool by_default =
        known != settings.accounts.end() && known->second.defaults && has_media(*known->second.defaults);
    Scopes needed{scope_of_posts};
    if (by_default || std::any_of(settings.schedule.begin(), settings.schedule.end(), posts) ||
        std::any_of(settings.sources.begin(), settings.sources.end(), posts))
        needed.emplace_back(scope_of_media);
    return needed;
}

Scopes usual_scopes() {
    return {scope_of_posts, scope_of_media};
}

ScopeVerdict judge_scopes(const Scopes& scopes, const Scopes& needed) {
    ScopeVerdict verdict;
    for (const std::string& scope : scopes)
        if (is_admin_scope(scope))
            verdict.admin.push_back(scope);
        else if (!is_one_of(scope, needed) && scope != scope_of_posts && scope != scope_of_media &&
                 scope != scope_of_name)
            verdict.surplus.push_back(scope);
    for (const std::string& scope : needed)
        if (!covers(scopes, scope))
            verdict.missing.push_back(scope);
    return verdict;
}

} // namespace crier
