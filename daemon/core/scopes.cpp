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

bool has_pin(const PostTemplate& post) {
    return post.pin || std::any_of(post.turns.begin(), post.turns.end(), has_pin);
}

void note(const std::vector<PostTarget>& targets, std::map<std::string, Scopes, std::less<>>& needed) {
    for (const PostTarget& target : targets) {
        const auto account = needed.find(target.account.str());
        if (!target.post || account == needed.end())
            continue;
        const auto want = [&](bool wanted, const char* scope) {
            if (wanted && !is_one_of(scope, account->second))
                account->second.emplace_back(scope);
        };
        want(has_media(*target.post), scope_of_media);
        want(has_pin(*target.post), scope_of_pins);
    }
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

std::map<std::string, Scopes, std::less<>> needed_scopes(const Settings& settings) {
    std::map<std::string, Scopes, std::less<>> needed;
    for (const auto& [name, account] : settings.accounts) {
        Scopes& scopes = needed[name];
        scopes.emplace_back(scope_of_posts);
        if (account.defaults && has_media(*account.defaults)) // of `crier post`
            scopes.emplace_back(scope_of_media);
    }
    for (const EntrySettings& entry : settings.schedule)
        note(entry.targets, needed);
    for (const SourceSettings& source : settings.sources)
        note(source.targets, needed);
    return needed;
}

Scopes needed_scopes(const Settings& settings, std::string_view account) {
    const auto needed = needed_scopes(settings);
    const auto found = needed.find(account);
    return found == needed.end() ? Scopes{scope_of_posts} : found->second;
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
